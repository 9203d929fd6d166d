import { expect } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Modal } from '../../sandbox/discord/client-modal.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import type { Sent } from '../../sandbox/discord/sent.ts';
import type { LoggedRequest } from '../../sandbox/musicapi/request-log.ts';
import { parseTime } from '../../src/discord/messages/text.ts';
import type { Task } from '../../src/domain/task.ts';
import { type LedgerSums, sums } from '../../src/store/ledger.ts';
import type { Store } from '../../src/store/open.ts';
import { findTask } from '../../src/store/tasks.ts';
import type { TestWorld } from './world.ts';

/** The creating POSTs that reached MusicAPI, oldest first; those of one prompt when it is named. */
export function listPosts(world: TestWorld, prompt?: string): readonly LoggedRequest[] {
  return world.musicApi.requests.filter(
    ({ method, body }) =>
      method === 'POST' && (prompt === undefined || JSON.stringify(body ?? null).includes(prompt)),
  );
}

/** A channel of its own, so that the tests of one file do not see each other's messages. */
export function openChannel(world: TestWorld, name: string): Channel {
  return world.guild.addChannel({ name });
}

/** The messages of an interaction that only its user sees. */
export function listPrivate(sent: Sent): readonly Message[] {
  return sent.followUps.filter(({ ephemeral }) => ephemeral);
}

/** The private word of an interaction, once it has come. */
export async function untilPrivate({ discord }: TestWorld, sent: Sent): Promise<Message> {
  return await discord.until(() => listPrivate(sent)[0], { what: 'a private word' });
}

/** Waits until a message says something; the error names the text that it says instead. */
export async function untilSays({ discord }: TestWorld, message: Message, words: string): Promise<void> {
  await discord.until(() => message.text.includes(words), {
    what: `"${words}" instead of "${message.text}"`,
  });
}

/** Checks that the person was shown a reference, and that the log has a line with it. Gives the reference. */
export function expectReference({ log }: TestWorld, shown: Message): string {
  const reference = /Reference: (\w+)/.exec(shown.text)?.[1] ?? '(none)';
  expect(log.filter((line) => line.reference === reference)).not.toEqual([]);
  return reference;
}

/** A task with all that its ledger rows come to. */
export interface Account {
  readonly task: Task;
  readonly sums: LedgerSums;
  readonly flagged: boolean;
}

/** Every task of a database with its ledger, in the order of their ids. */
export async function readAccounts(store: Store): Promise<readonly Account[]> {
  const rows = await store.db.selectFrom('tasks').select('id').orderBy('id').execute();
  const accounts: Account[] = [];
  for (const { id } of rows) {
    const task = await findTask(store.db, id);
    if (!task) continue;
    const flags = await store.db.selectFrom('ledger').select('flagged').where('task_id', '=', id).execute();
    accounts.push({
      task,
      sums: await sums(store.db, id),
      flagged: flags.some((row) => row.flagged === 1),
    });
  }
  return accounts;
}

/** What the ledger says about the task of a prompt. The bot has to be stopped. */
export async function readAccount(world: TestWorld, prompt: string): Promise<Account> {
  const store = await world.openStore();
  try {
    const found = (await readAccounts(store)).filter(({ task }) =>
      JSON.stringify(task.request).includes(prompt),
    );
    expect(found).toHaveLength(1);
    return found[0] as Account; // there is exactly one
  } finally {
    await store.close();
  }
}

/** The seconds that stand in a field of a form, where whole ones are written as people do: `0:04`, but `1.4`. */
export function secondsIn(modal: Modal, field: string): number | undefined {
  return parseTime(String(modal.field(field).value));
}
