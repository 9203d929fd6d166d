import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Task, TaskState } from '../../src/domain/task.ts';
import { UserError } from '../../src/errors.ts';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';
import { OPERATOR_ACCOUNT } from '../../src/store/accounts.ts';
import { sumBooks } from '../../src/store/bookkeeping.ts';
import { sums } from '../../src/store/ledger.ts';
import type { Lane } from '../../src/store/task-lists.ts';
import { findTask } from '../../src/store/tasks.ts';
import { charged, DEADLINE_MS, MAX_DIRECT, Model, type ModelTask, reserved } from './model.ts';
import { type LookEnd, ModelWorld, type PostEnd, REQUESTS, type RequestName } from './model-world.ts';

const MEMBERS = ['500', '501'] as const;
const GUILDS = ['300', '301'] as const;
const HOUR_MS = 60 * 60_000;

type Command = fc.AsyncCommand<Model, ModelWorld>;

/** A command that can always be given, with the comparison of both worlds after it. */
function command(name: string, run: (model: Model, world: ModelWorld) => Promise<void>): Command {
  return {
    check: () => true,
    async run(model, world) {
      await run(model, world);
      await compare(model, world);
    },
    toString: () => name,
  };
}

/** Every task is in the state that it should be in, and its rows and all rows together come to what they should. */
async function compare(model: Model, world: ModelWorld): Promise<void> {
  const { db } = world.store;
  let held = 0;
  let spent = 0;
  for (const task of model.tasks.values()) {
    const stored = await findTask(db, task.id);
    expect([task.id, stored?.state]).toEqual([task.id, task.state]);
    expect(await sums(db, task.id)).toEqual({ reserved: reserved(task), charged: charged(task) });
    expect(task.taken).toBeLessThanOrEqual(1);
    held += reserved(task);
    spent += charged(task);
  }
  expect(await sumBooks(db, OPERATOR_ACCOUNT)).toEqual({
    reserved: { ledger: held, tasks: held },
    charged: { ledger: spent, tasks: spent },
  });
}

const who = fc.record({ memberId: fc.constantFrom(...MEMBERS), guildId: fc.constantFrom(...GUILDS) });

/** What is asked for in one decision. */
const names = fc.constantFrom<readonly RequestName[]>(
  ['song'],
  ['song'],
  ['words'],
  ['words', 'words'],
  ['song', 'words', 'song'],
);

const prices = createCatalogue();

const ask = fc.tuple(who, names).map(([person, wanted]) =>
  command(`ask(${wanted.join(' and ')} by ${person.memberId} in ${person.guildId})`, async (model, world) => {
    world.clock.now += 1;
    const { now } = world.clock;
    const { memberId, guildId } = person;
    const costs = wanted.map((name) => prices.price(REQUESTS[name]));
    const refusal = model.refusal(person, costs, now);
    const words = { blocked: 'has blocked you', budget: 'Your budget is', queue: 'waiting in the queue' };
    if (refusal) {
      const error = await world.ask(memberId, guildId, wanted).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(UserError);
      expect((error as UserError).message).toContain(words[refusal]);
      return;
    }
    const tasks = await world.ask(memberId, guildId, wanted);
    expect(tasks).toHaveLength(wanted.length);
    const groupId = wanted.length > 1 ? tasks[0]?.id : undefined;
    for (const [index, { id, price, isDirect = false }] of tasks.entries()) {
      expect(price).toBe(costs[index]);
      const fresh = { state: 'queued', since: now, settled: false, taken: 0, isPreparing: false } as const;
      model.tasks.set(id, { id, memberId, guildId, groupId, isDirect, price, createdAt: now, ...fresh });
    }
  }),
);

/** What was taken from the queue: those who were blocked end, the others are being sent. Gives these. */
function applyTaken(model: Model, news: readonly Task[]): readonly ModelTask[] {
  const taken: ModelTask[] = [];
  for (const { id, state } of news) {
    const task = model.get(id);
    if (task.state !== 'queued') continue;
    const isBlocked = model.isBlocked(task.memberId, task.guildId);
    expect(state).toBe(isBlocked ? 'failed' : 'submitting');
    expect(isBlocked || model.maySend(task)).toBe(true);
    task.state = state;
    if (!isBlocked) taken.push(task);
  }
  return taken;
}

/** Nobody waits without a reason: one song is sent at a time, and a few direct tasks are being sent. */
function expectNoneLeft(model: Model, taken: readonly ModelTask[]): void {
  const left = model.inState('queued').filter((task) => model.maySend(task));
  const songs = left.filter(({ isDirect }) => !isDirect);
  const direct = left.filter(({ isDirect }) => isDirect);
  const sending = model.inState('submitting').filter(({ isDirect }) => isDirect);
  expect(sending.length).toBeLessThanOrEqual(MAX_DIRECT);
  if (!taken.some(({ isDirect }) => !isDirect)) expect(songs.map(({ id }) => id)).toEqual([]);
  if (sending.length < MAX_DIRECT) expect(direct.map(({ id }) => id)).toEqual([]);
}

/** What a task is after its POST. */
function endOf(task: ModelTask, end: PostEnd): TaskState {
  switch (end) {
    case 'accepted':
      return task.isDirect ? 'succeeded' : 'running';
    case 'preparing':
      if (!task.isDirect) return 'running';
      // Between two sends more time passes here than is waited for.
      return task.isPreparing ? 'failed' : 'queued';
    case 'refused':
      return 'failed';
    case 'rate-limited':
    case 'unreachable':
      return 'queued';
    case 'lost':
      return 'unknown';
    default:
      return end satisfies never;
  }
}

const ends = fc.constantFrom<PostEnd>(
  'accepted',
  'accepted',
  'accepted',
  'accepted',
  'preparing',
  'preparing',
  'refused',
  'rate-limited',
  'unreachable',
  'lost',
);

const send = fc.record({ end: ends, blocks: fc.boolean() }).map(({ end, blocks }) =>
  command(`send(${end}${blocks ? ', blocked meanwhile' : ''})`, async (model, world) => {
    // Every pause after a refusal is over.
    world.clock.now += 20 * 60_000;
    world.changes.length = 0;
    let taken: readonly ModelTask[] = [];
    await world.send(end, async () => {
      taken = applyTaken(model, world.changes);
      expectNoneLeft(model, taken);
      if (blocks && taken[0]) await blockIn(model, world, taken[0]);
    });
    for (const task of taken) {
      task.state = endOf(task, end);
      task.since = world.clock.now;
      task.isPreparing ||= end === 'preparing';
      if (['running', 'succeeded', 'unknown'].includes(task.state)) task.taken += 1;
    }
  }),
);

const die = fc.constantFrom<Lane>('create', 'direct').map((lane) =>
  command(`die while sending (${lane})`, async (model, world) => {
    world.clock.now += 20 * 60_000;
    world.changes.length = 0;
    await world.dieWhileSending(lane);
    for (const task of applyTaken(model, world.changes)) {
      expect(task.isDirect).toBe(lane === 'direct');
      task.taken += 1;
    }
  }),
);

const look = fc
  .array(fc.constantFrom<LookEnd>('running', 'succeeded', 'failed', 'no answer'), {
    minLength: 1,
    maxLength: 3,
  })
  .map((ends) =>
    command(`look(${ends.join(', ')})`, async (model, world) => {
      world.clock.now += 10 * 60_000;
      const { now } = world.clock;
      const rows = await world.store.db.selectFrom('tasks').select(['id', 'provider_task_id']).execute();
      const found = await world.look(ends);
      const isAnswering = [...found.values()].some((end) => end !== 'no answer');
      for (const [providerTaskId, end] of found) {
        const task = model.get(rows.find((row) => row.provider_task_id === providerTaskId)?.id ?? '');
        expect(['running', 'expired', 'abandoned']).toContain(task.state);
        if (end === 'succeeded' || end === 'failed') task.state = end;
        else if (task.state === 'running' && now >= task.since + DEADLINE_MS) {
          // A look in vain says nothing of the deadline until MusicAPI has answered another one: of those of one moment,
          // either may be the first.
          const isExpired =
            end === 'running' || (isAnswering && (await world.stateOf(task.id)) === 'expired');
          if (isExpired) task.state = 'expired';
        }
      }
    }),
  );

const nth = fc.nat(30);

const cancel = nth.map((index) =>
  command(`cancel(${index})`, async (model, world) => {
    const task = [...model.tasks.values()][index % Math.max(1, model.tasks.size)];
    if (!task) return;
    await world.tracker.cancel(task.id, task.memberId);
    if (task.state === 'queued') task.state = 'cancelled';
  }),
);

const abandon = nth.map((index) =>
  command(`abandon(${index})`, async (model, world) => {
    const task = [...model.tasks.values()][index % Math.max(1, model.tasks.size)];
    if (!task) return;
    await world.tracker.abandon(task.id, task.memberId);
    if (task.state === 'running') task.state = 'abandoned';
  }),
);

const cancelGroup = nth.map((index) =>
  command(`cancelGroup(${index})`, async (model, world) => {
    const group = model.group(index);
    if (!group) return;
    await world.tracker.cancelGroup(group.id, '500');
    for (const task of group.tasks) if (task.state === 'queued') task.state = 'cancelled';
  }),
);

const abandonGroup = nth.map((index) =>
  command(`abandonGroup(${index})`, async (model, world) => {
    const group = model.group(index);
    if (!group) return;
    await world.tracker.abandonGroup(group.id, '500');
    for (const task of group.tasks) if (task.state === 'running') task.state = 'abandoned';
  }),
);

const report = nth.map((index) =>
  command(`report(${index})`, async (model, world) => {
    const task = model.inState('submitting', 'unknown')[index % 3];
    if (!task) return;
    const stored = await findTask(world.store.db, task.id);
    await world.tracker.report(task.id, `reported-${task.id}`);
    task.state = 'running';
    if (stored?.state === 'submitting') task.since = stored.submittingAt;
  }),
);

async function blockIn(
  model: Model,
  world: ModelWorld,
  { memberId, guildId }: Pick<ModelTask, 'memberId' | 'guildId'>,
) {
  await world.members.block({ guildId, actorId: '900', targetId: memberId, isOperator: false });
  model.blocked.add(`${guildId} ${memberId}`);
  for (const task of model.inState('queued')) {
    if (task.memberId === memberId && task.guildId === guildId) task.state = 'failed';
  }
}

const block = who.map((member) =>
  command(`block(${member.memberId} in ${member.guildId})`, (model, world) => blockIn(model, world, member)),
);

const unblock = who.map(({ memberId, guildId }) =>
  command(`unblock(${memberId} in ${guildId})`, async (model, world) => {
    await world.members.unblock({ guildId, actorId: '900', targetId: memberId, isOperator: false });
    model.blocked.delete(`${guildId} ${memberId}`);
  }),
);

const wait = fc.integer({ min: 1, max: 30 }).map((hours) =>
  command(`wait(${hours} h)`, async (model, world) => {
    world.clock.now += hours * HOUR_MS;
    await world.keepUp();
    model.keepUp(world.clock.now);
  }),
);

const restart = fc.constant(
  command('restart', async (model, world) => {
    await world.restart();
    for (const task of model.inState('submitting')) {
      Object.assign(task, { state: 'unknown', since: world.clock.now });
    }
  }),
);

test('tasks and ledger are what a few lines of model say, whatever happens in whatever order', async () => {
  const commands = fc.commands(
    [
      ...Array<typeof ask>(6).fill(ask),
      ...Array<typeof send>(8).fill(send),
      die,
      look,
      look,
      cancel,
      abandon,
      cancelGroup,
      abandonGroup,
      report,
      block,
      unblock,
      wait,
      restart,
    ],
    { maxCommands: 60, size: 'max' },
  );
  await fc.assert(
    fc.asyncProperty(commands, async (steps) => {
      const world = await ModelWorld.open();
      try {
        await fc.asyncModelRun(() => ({ model: new Model(), real: world }), steps);
      } finally {
        await world.close();
      }
    }),
    { numRuns: 30 },
  );
}, 120_000);
