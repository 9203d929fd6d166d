import { expect } from 'vitest';
import type { TaskBehaviourInput } from '../../sandbox/musicapi/behaviours.ts';
import type { Asker } from './asker.ts';
import { command, findTaken } from './chapter.ts';

/**
 * A song of which MusicAPI reports that it can be heard, and that it is done: whatever became of the POST's answer, a
 * report that the bot has taken in is enough. A report to a bot that is dead is lost.
 *
 * @param answer - what is wrong with the POST's; `none`: the reports come after it; `keep-answer`: it never comes
 */
export async function playReported(
  asker: Asker,
  prompt: string,
  answer: 'none' | 'keep-answer',
): Promise<boolean> {
  const { lives, world } = asker.stage;
  const { musicApi } = world;
  const plan = musicApi.nextTask('stuck-not-ready');
  const fault = musicApi.fault({ method: 'POST', path: /\/create$/, answer });
  try {
    await asker.begin('create', async () => command(asker, 'create', { prompt }));
    await asker.until(async () => findTaken(asker, prompt) || (await asker.isOver()));
    const taken = findTaken(asker, prompt);
    if (!taken) return await asker.untilOver('succeeded');
    if (answer === 'none') await asker.until(async () => !(await asker.hasAny(['submitting'])));
    const countHeard = () =>
      musicApi.webhooks.filter(({ taskId, status }) => taskId === taken.taskId && status === 200).length;
    const report = async (behaviours: readonly TaskBehaviourInput[]) => {
      await lives.ready();
      const [heard, { deaths }] = [countHeard(), lives];
      musicApi.setTask(taken.taskId, behaviours);
      await asker.until(async () => countHeard() > heard || lives.deaths > deaths);
    };
    const { deaths } = lives;
    await report(['never']); // it can be heard
    await report([]); // it is done
    const isHeard = countHeard() > 0;
    if (lives.deaths - deaths <= 1) expect(isHeard, 'one of two reports finds a bot').toBe(true);
    const isComplete = await asker.untilOver('succeeded');
    if (isHeard) expect(isComplete, 'what was reported is made').toBe(true);
    return isComplete;
  } finally {
    musicApi.clearFault(fault);
    plan.cancel();
  }
}
