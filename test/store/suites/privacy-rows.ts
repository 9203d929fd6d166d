/** Rows about a person in every table, with a mark in everything that leads to them. */
import type { Clip } from '../../../src/domain/clip.ts';
import type { Task } from '../../../src/domain/task.ts';
import {
  abandonTask,
  cancelTask,
  expireTask,
  failTask,
  loseTask,
  startSubmitting,
  succeedTask,
  withdrawTask,
} from '../../../src/domain/transitions.ts';
import { saveArchived } from '../../../src/store/archive.ts';
import { saveClips } from '../../../src/store/clips.ts';
import { insertDeliveries } from '../../../src/store/deliveries.ts';
import { addEntry } from '../../../src/store/ledger.ts';
import type { Store } from '../../../src/store/open.ts';
import type { Executor } from '../../../src/store/schema.ts';
import { queuedTask, T0, type TaskChanges } from '../../support/tasks.ts';
import { clipOf, deliveryOf, entryOf, putTask, runningTask } from '../support.ts';

/** Somebody whose rows are written. */
export interface Somebody {
  readonly userId: string;
  /** Stands in every text of theirs. */
  readonly mark: string;
}

/** What leads to somebody, wherever it stands. */
export function isOf({ userId, mark }: Somebody, value: unknown): boolean {
  return typeof value === 'string' && (value.includes(userId) || value.toLowerCase().includes(mark));
}

/** Writes rows of every kind about somebody. */
export async function writePerson({ db }: Pick<Store, 'db'>, somebody: Somebody): Promise<void> {
  const { userId, mark } = somebody;
  const accountId = `user:${userId}`;
  await db.insertInto('accounts').values({ id: accountId, next_create_at: 0, created_at: T0 }).execute();
  for (const task of listTasks(somebody)) await putTask(db, task);
  await markCards(db, somebody);
  await saveClips(db, [
    songOf(somebody, 'one', {}),
    songOf(somebody, 'two', { accountId, taskId: `${userId.at(-1)}-running` }),
    songOf(somebody, 'gone', { deletedAt: T0, sharedGuildId: undefined }),
  ]);
  for (const [clipId, account] of [
    ['one', 'operator'],
    ['two', accountId],
  ] as const) {
    const file = { extension: 'mp3', mime: 'audio/mpeg', bytes: 10, digest: 'd', keptAt: T0 };
    const key = { clipId: `${mark}-${clipId}`, accountId: account };
    await saveArchived(db, { ...key, ...file, fileName: `${userId.at(-1)}${clipId}.mp3` });
  }
  const posted = [{ part: 0, count: 1, route: 'channel', channelId: `${mark}-channel` }] as const;
  const attempt = {
    part: 1,
    count: 1,
    route: 'channel',
    channelId: `${mark}-channel`,
    startedAt: T0,
  } as const;
  await insertDeliveries(db, [
    deliveryOf(`${userId}-delivery`.slice(-15), {
      taskId: `${userId.at(-1)}-succeeded`,
      clipIds: [`${mark}-one`],
      posted,
      attempt,
      detail: `${mark}-host`,
    }),
  ]);
  await addEntry(db, entryOf({ taskId: `${userId.at(-1)}-succeeded`, memberId: userId }));
  await addEntry(db, entryOf({ taskId: `${userId.at(-1)}-queued`, memberId: userId }));
  await addEntry(db, entryOf({ accountId, taskId: `${userId.at(-1)}-failed`, memberId: userId }));
  await writeSmallRows(db, somebody, accountId);
}

function songOf({ userId, mark }: Somebody, clipId: string, changes: Partial<Clip>): Clip {
  return clipOf(`${mark}-${clipId}`, {
    taskId: `${userId.at(-1)}-succeeded`,
    ownerId: userId,
    title: `${mark} title`,
    tags: `${mark} tags`,
    lyrics: `[Verse]\n${mark} lyrics`,
    prompt: `${mark} prompt`,
    sharedGuildId: '300',
    ...changes,
  });
}

/** A task in every state, each with everything in it that a state can hold. */
function listTasks({ userId, mark }: Somebody): readonly Task[] {
  const short = userId.at(-1);
  const failure = { kind: 'moderation', text: `not "${mark}"` } as const;
  const changes = (id: string): TaskChanges => ({
    requestKey: `key-${userId}-${id}`,
    request: {
      operation: 'create',
      engine: 'sonic',
      prompt: `${mark} prompt`,
      lyrics: `${mark} lyrics`,
      title: `${mark} title`,
      file: { url: `https://cdn.example/${mark}.mp3`, name: `${mark}.mp3` },
      persona: { personaId: `${mark}-persona`, name: `${mark} voice` },
    },
    origin: { userId, userName: `${mark} name`, token: `${mark}-token`, channelId: `${mark}-channel` },
  });
  const running = (id: string) => runningTask(`${short}-${id}`, T0, changes(id));
  const submitting = (id: string) => startSubmitting(queuedTask(`${short}-${id}`, changes(id)), T0);
  const done = { ...running('succeeded'), providerTaskId: `${mark}-provider` };
  return [
    queuedTask(`${short}-queued`, changes('queued')),
    withdrawTask(submitting('submitting'), userId),
    { ...running('running'), listenUrl: `https://cdn.example/${mark}` },
    succeedTask(done, T0, { kind: 'tags', tags: `${mark} tags` }),
    failTask(running('failed'), failure, T0),
    expireTask(running('expired'), T0, T0),
    cancelTask(queuedTask(`${short}-cancelled`, changes('cancelled')), userId, T0),
    loseTask(submitting('unknown'), failure, T0),
    abandonTask(running('abandoned'), userId, T0),
  ];
}

async function markCards(db: Executor, { userId, mark }: Somebody): Promise<void> {
  const card = { card_channel_id: `${mark}-channel`, card_message_id: `${mark}-message` };
  await db
    .updateTable('tasks')
    .set({ ...card, card_digest: `${mark}-digest` })
    .where('requester_id', '=', userId)
    .execute();
  await db
    .updateTable('tasks')
    .set({ account_id: `user:${userId}` })
    .where('id', '=', `${userId.at(-1)}-running`)
    .execute();
}

async function writeSmallRows(db: Executor, { userId, mark }: Somebody, accountId: string): Promise<void> {
  const short = userId.at(-1) ?? '';
  await db.insertInto('hearts').values({ clip_id: 'a-clip', user_id: userId, at: T0 }).execute();
  for (const [key, value] of [
    [userId, '{}'],
    [`draft-${short}`, JSON.stringify({ value: { userId, draft: { inputs: { prompt: `${mark} draft` } } } })],
  ] as const)
    await db.insertInto('cache').values({ namespace: 'drafts', key, value, expires: null }).execute();
  await db
    .insertInto('personas')
    .values([
      {
        persona_id: `${mark}-persona`,
        account_id: accountId,
        owner_id: userId,
        name: `${mark} voice`,
        task_id: null,
        created_at: T0,
        forgotten_at: T0,
      },
    ])
    .execute();
  await db
    .insertInto('learnt_prices')
    .values({ account_id: accountId, engine: 'sonic', operation: 'create', price: 20, learnt_at: T0 })
    .execute();
  const budget = { guild_id: `30${short}`, period: 'day', hours: null, credits: 50, set_at: T0 } as const;
  await db
    .insertInto('budgets')
    .values([
      { ...budget, account_id: accountId, holder: 'member', holder_id: userId, set_by: '900' },
      { ...budget, account_id: 'operator', holder: 'role', holder_id: '70', set_by: userId },
    ])
    .execute();
  await db
    .insertInto('member_rules')
    .values({ guild_id: '300', member_id: userId, blocked_at: T0, reset_at: null })
    .execute();
  const act = { guild_id: '300', actor_id: '900', target_id: '70', detail: 'x', at: T0 };
  await db
    .insertInto('audit')
    .values([
      { ...act, id: `${short}-a`, target_id: userId, act: 'block' },
      { ...act, id: `${short}-b`, actor_id: userId, act: 'setting' },
      { ...act, id: `${short}-c`, guild_id: '', actor_id: userId, act: 'setting', detail: `${mark} detail` },
      { ...act, id: `${short}-d`, target_id: accountId, act: 'key' },
    ])
    .execute();
  await db
    .insertInto('balance_readings')
    .values({ account_id: accountId, balance: 1, charged: 1, read_at: T0 })
    .execute();
  await db
    .insertInto('ledger_findings')
    .values({ id: short, account_id: accountId, kind: 'balance', expected: 1, found: 2, at: T0 })
    .execute();
  await db
    .insertInto('server_settings')
    .values({ guild_id: `30${short}`, data: '{}', set_by: userId, set_at: T0 })
    .execute();
  const data = JSON.stringify({ model: `${mark}-model` });
  await db.insertInto('member_settings').values({ user_id: userId, data, set_at: T0 }).execute();
  const server = `guild:30${short}`;
  await db.insertInto('accounts').values({ id: server, next_create_at: 0, created_at: T0 }).execute();
  const key = { key_id: 'k', version: 1, set_by: userId, set_at: T0, refused_at: null };
  await db
    .insertInto('account_keys')
    .values([
      { ...key, account_id: accountId, sealed: `${mark}-sealed` },
      { ...key, account_id: server, sealed: 'of-the-server' },
    ])
    .execute();
}
