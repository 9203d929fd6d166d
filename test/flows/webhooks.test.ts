import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { App } from '../../src/app.ts';
import { listPosts, openChannel, untilSays } from '../support/evidence.ts';
import { PATIENCE } from '../support/patience.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

/** So rare that within a test only webhooks bring news. */
const POLL_INTERVAL_MS = 600_000;

let world: TestWorld;
let app: App;
beforeAll(async () => {
  world = await startQuickWorld({
    startsBot: false,
    // A POST that is never answered must not hold the restart up.
    graceMs: 500,
    env: {
      HTTP_PORT: '0',
      PUBLIC_URL: 'https://music.example.org',
      POLL_INTERVAL_MS: String(POLL_INTERVAL_MS),
      BUDGET_MEMBER_DAY: 'unlimited',
      BUDGET_SERVER_DAY: 'unlimited',
    },
  });
  await start();
});
afterEach(() => world.musicApi.setWebhooks({ mode: 'on' }));
afterAll(async () => {
  try {
    for (const { body } of listPosts(world)) {
      const { webhook_secret: secret } = body as { webhook_secret: string };
      expect(secret.length).toBeGreaterThan(40);
      expect(JSON.stringify(world.log)).not.toContain(secret);
    }
  } finally {
    await world.close();
  }
});

async function start(): Promise<void> {
  app = await world.startBot();
  world.musicApi.setWebhooks({ origin: app.httpUrl ?? '' });
}

/** Anna asks for a song in a channel of its own. */
async function ask(prompt: string) {
  const channel = openChannel(world, prompt.replaceAll(' ', '-'));
  const card = await world.anna.command(channel, 'create', { prompt }).reply();
  return { channel, card };
}

/** The latest provider task of a prompt. */
async function untilTaken(prompt: string) {
  return await vi.waitUntil(
    () => world.musicApi.tasks.findLast(({ body }) => JSON.stringify(body).includes(prompt)),
    PATIENCE,
  );
}

function listPolls(providerTaskId: string) {
  return world.musicApi.requests.filter(({ path }) => path.endsWith(providerTaskId));
}

describe('with a public address', () => {
  it('songs are posted as soon as MusicAPI reports them, with one look for each report', async () => {
    const { channel } = await ask('reported by webhook');
    await world.untilClipCards(2, channel);
    const task = await untilTaken('reported by webhook');
    const url = String(task.body.webhook_url);
    expect(url).toMatch(/^https:\/\/music\.example\.org\/webhooks\/musicapi\/\w{26}$/);
    const calls = world.musicApi.webhooks.filter(({ taskId }) => taskId === task.taskId);
    await vi.waitUntil(() => calls.every(({ status }) => status === 200), PATIENCE);
    expect(listPolls(task.taskId).length).toBeLessThanOrEqual(calls.length);
  });

  it('a song whose acceptance was lost turns up after all, once, and its card had said so', async () => {
    world.musicApi.nextTask({ kind: 'slow', factor: 20 });
    world.musicApi.fault({ method: 'POST', path: /\/create$/, answer: 'lose-answer' });
    const { channel, card } = await ask('lost and found');
    await untilSays(world, card, 'If it did, it is posted here as soon as MusicAPI reports it.');
    await world.untilClipCards(2, channel);
    await untilSays(world, card, 'Done:');
    expect(listPosts(world, 'lost and found')).toHaveLength(1);
  });

  it('a report that comes before the answer of the POST is enough', async () => {
    world.musicApi.fault({ method: 'POST', path: /\/create$/, answer: 'keep-answer' });
    const { channel } = await ask('never answered');
    await world.untilClipCards(2, channel);
    expect(listPosts(world, 'never answered')).toHaveLength(1);
  });

  it('repeated reports change nothing', async () => {
    world.musicApi.setWebhooks({ mode: 'repeated' });
    const { channel, card } = await ask('told three times');
    await world.untilClipCards(2, channel);
    await untilSays(world, card, 'Done:');
    const task = await untilTaken('told three times');
    const calls = () => world.musicApi.webhooks.filter(({ taskId }) => taskId === task.taskId);
    await vi.waitUntil(() => calls().length === 6 && calls().every(({ status }) => status === 200), PATIENCE);
    expect(listPolls(task.taskId).length).toBeLessThanOrEqual(2);
    expect(world.clipCards(channel)).toHaveLength(2);
  });

  it.each(['forged', 'late', 'off'] as const)(
    'when reports are %s, looking every now and then still finds the songs',
    async (mode) => {
      world.musicApi.setWebhooks({ mode });
      const prompt = `reports are ${mode}`;
      const { channel, card } = await ask(prompt);
      const task = await untilTaken(prompt);
      const calls = () => world.musicApi.webhooks.filter(({ taskId }) => taskId === task.taskId);
      if (mode !== 'off') {
        const isRefused = () => calls().length === 2 && calls().every(({ status }) => status === 401);
        await vi.waitUntil(isRefused, PATIENCE);
      }
      await untilSays(world, card, 'Being made.');
      expect(listPolls(task.taskId)).toEqual([]);
      world.advance(3 * POLL_INTERVAL_MS);
      await world.untilClipCards(2, channel);
      expect(calls()).toHaveLength(mode === 'off' ? 0 : 2);
    },
  );

  it('a task that was made before a restart is reported to the bot after it', async () => {
    world.musicApi.nextTask({ kind: 'slow', factor: 60 });
    const { channel, card } = await ask('over a restart');
    await untilSays(world, card, 'Being made.');
    await world.stopBot();
    await start();
    await world.untilClipCards(2, channel);
  });

  it('answers within milliseconds, and says that it is ready', async () => {
    const took = world.musicApi.webhooks.flatMap(({ tookMs }) => tookMs ?? []).sort((a, b) => a - b);
    expect(took.length).toBeGreaterThan(5);
    expect(took[Math.floor(took.length / 2)]).toBeLessThan(250);
    const answer = await fetch(`${app.httpUrl}/readyz`);
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { status: 'ready', checks: { gateway: 'ok', database: 'ok', tracker: 'ok' } },
    ]);
  });
});
