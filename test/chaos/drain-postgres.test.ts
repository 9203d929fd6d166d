import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BotProcess, startBotProcess } from '../support/bot-process.ts';
import { openWindow, type Window } from '../support/database-window.ts';
import { listPosts, openChannel, untilSays } from '../support/evidence.ts';
import { createPostgresDatabase } from '../support/postgres.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestDatabase } from '../support/store.ts';
import type { TestWorld } from '../support/world.ts';

const PROGRAM = fileURLToPath(new URL('../support/short-lease-process.ts', import.meta.url));
/** No test waits for the end of such a lease: what is taken over was released. */
const LEASE_MS = 60 * 60_000;
const GRACE_MS = 10_000;

let database: TestDatabase;
let world: TestWorld;
let window: Window;
let first: BotProcess;
let second: BotProcess | undefined;

beforeAll(async () => {
  database = await createPostgresDatabase();
  world = await startQuickWorld({ startsBot: false, env: { DATABASE_URL: database.databaseUrl } });
  window = openWindow(database.databaseUrl);
  first = startBotProcess({ ...world.env, LEASE_MS: `${LEASE_MS}` }, PROGRAM);
  await first.untilReady();
});
afterAll(async () => {
  await Promise.all([first, second].map((bot) => bot?.end('SIGKILL')));
  await window.close();
  await world.close();
  await database.remove();
});

function ask(prompt: string) {
  const channel = openChannel(world, prompt.replaceAll(' ', '-'));
  return { prompt, channel, sent: world.anna.command(channel, 'create', { prompt }) };
}

/** Resolves when Discord keeps a request to such a path without an answer. */
async function untilHangs(...parts: readonly string[]): Promise<void> {
  await world.discord.until(() =>
    world.discord.requests.some(
      ({ path, status }) => status === 0 && parts.every((part) => path.includes(part)),
    ),
  );
}

/** A song that is made while nobody answers whether it is. */
async function askForLook() {
  const { musicApi } = world;
  musicApi.nextTask('never');
  const asked = ask('being looked at');
  await untilSays(world, await asked.sent.reply(), 'Being made');
  const { taskId = '' } = musicApi.tasks.at(-1) ?? {};
  const look = musicApi.fault({ method: 'GET', path: new RegExp(`/task/${taskId}$`), answer: 'hang' });
  await expect.poll(() => look.used, { interval: 5 }).toBe(1);
  musicApi.setTask(taskId, []);
  return asked;
}

/** A song whose first upload arrives, which its process never learns. */
async function askForUpload() {
  const asked = ask('being uploaded');
  const { id } = asked.channel;
  const route = new RegExp(`^/channels/${id}/messages$`);
  world.discord.fault({ method: 'POST', route, answer: 'keep-answer' });
  await untilHangs(id);
  return asked;
}

/** A song whose card is never shown. */
async function askForCard() {
  const asked = ask('being shown');
  const { token } = asked.sent.interaction;
  const route = new RegExp(`/${token}/messages/`);
  world.discord.fault({ method: 'PATCH', route, answer: 'hang' });
  await untilHangs(token, '/messages/');
  return asked;
}

/** The columns in which a process says that it works on something, whatever tables there are. */
async function listHeld({ pid }: BotProcess): Promise<readonly string[]> {
  const columns = await window.read<{ readonly table_name: string; readonly column_name: string }>(
    `select table_name, column_name from information_schema.columns
    where table_schema = current_schema() and column_name like '%lease_owner' order by table_name, column_name`,
  );
  const held: string[] = [];
  for (const { table_name: table, column_name: column } of columns) {
    const rows = await window.read(`select id from ${table} where ${column} like ?`, `%-${pid}-%`);
    if (rows.length > 0) held.push(`${table}.${column}`);
  }
  return held;
}

it('SIGTERM on PostgreSQL releases every lease, and another process goes on at once, doubling nothing', async () => {
  const asked = [await askForLook(), await askForUpload(), await askForCard()];
  second = startBotProcess({ ...world.env, ROLE: 'worker' });
  await second.untilReady();
  expect(await listHeld(first)).toEqual([
    'deliveries.lease_owner',
    'tasks.card_lease_owner',
    'tasks.lease_owner',
  ]);

  const { code, tookMs } = await first.end('SIGTERM');
  expect(code, first.complaints).toBe(0);
  // Closing takes its time on a busy machine.
  expect(tookMs).toBeLessThan(GRACE_MS + 1_500);
  expect(await listHeld(first)).toEqual([]);

  for (const { prompt, channel, sent } of asked) {
    const clips = await world.untilClipCards(2, channel);
    expect(clips.map(({ attachments }) => attachments[0]?.title?.slice(-6))).toEqual(['take 1', 'take 2']);
    await untilSays(world, await sent.reply(), 'Done:');
    expect(world.discord.messages(channel)).toHaveLength(3);
    expect(listPosts(world, prompt)).toHaveLength(1);
  }
});
