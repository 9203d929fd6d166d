import type { Asker } from './asker.ts';
import { command, findTaken } from './chapter.ts';

const TOO_MANY = { status: 429, headers: { 'retry-after': '1' }, body: { error: 'Too many requests.' } };

/** MusicAPI takes the request, but makes nothing of it: what was reserved is given back. */
export async function playFailed(asker: Asker, prompt: string): Promise<boolean> {
  const plan = asker.stage.world.musicApi.nextTask('fail');
  try {
    await asker.begin('create', async () => command(asker, 'create', { prompt }));
    return await asker.untilOver('failed');
  } finally {
    plan.cancel();
  }
}

/**
 * MusicAPI has no time for the request, so it waits in the queue, and **Cancel** takes it back. That the account's next
 * create has to wait is over after a second.
 */
export async function playCancelled(asker: Asker, prompt: string): Promise<boolean> {
  const { musicApi } = asker.stage.world;
  const busy = musicApi.fault({ method: 'POST', path: /\/create$/, times: 'all', answer: TOO_MANY });
  try {
    await asker.begin('create', async () => command(asker, 'create', { prompt }));
    await asker.untilShown(/MusicAPI asked for a pause|not known/);
    await asker.decide('Cancel', ['queued', 'submitting']);
    return await asker.untilOver('cancelled');
  } finally {
    musicApi.clearFault(busy);
  }
}

/** **Stop waiting** for a task that only then comes to its end: its songs stay paid, a failure is given back. */
export async function playAbandoned(
  asker: Asker,
  prompt: string,
  ending: 'succeeded' | 'failed',
): Promise<boolean> {
  const { musicApi } = asker.stage.world;
  const plan = musicApi.nextTask('never');
  try {
    await asker.begin('create', async () => command(asker, 'create', { prompt }));
    await asker.decide('Stop waiting', ['queued', 'submitting', 'running']);
    await asker.untilShown(/stopped waiting: .*20 credits stay spent|not known/);
    const taken = findTaken(asker, prompt);
    if (taken) musicApi.setTask(taken.taskId, ending === 'failed' ? 'fail' : []);
    return await asker.untilOver(ending);
  } finally {
    plan.cancel();
  }
}
