import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/domain/delivery.ts';
import type { Task } from '../../src/domain/task.ts';
import {
  acceptTask,
  cancelTask,
  loseTask,
  settleUnknown,
  startSubmitting,
  succeedTask,
} from '../../src/domain/transitions.ts';
import type { Account } from '../support/evidence.ts';
import { queuedTask, T0 } from '../support/tasks.ts';
import { judgeLengths, judgeLog, judgeSecrets } from './log-verdict.ts';
import {
  judgeAnswers,
  judgeBalance,
  judgeDeliveries,
  judgeLedger,
  judgeSendings,
  judgeTasks,
} from './verdict.ts';

const queued = queuedTask('a');
const submitting = startSubmitting(queued, T0);
const cancelled = cancelTask(queued, 'somebody', T0);
const succeeded = succeedTask(acceptTask(submitting, 'p-1', T0, T0), T0);
const unknown = settleUnknown(loseTask(submitting, { kind: 'answer-lost', text: 'reset' }, T0));

function accountOf(task: Task, charged: number, reserved = 0): Account {
  return { task, sums: { reserved, charged }, flagged: false };
}

describe('judgeTasks', () => {
  it('finds tasks that go on, and cards that do not say how theirs ended', () => {
    const open = [accountOf(queuedTask('b'), 0, 20)];
    expect(judgeTasks({ accounts: open, staleCards: ['c'] })).toEqual([
      'Task b (create) is still queued.',
      'The card of task c does not show its end.',
    ]);
    expect(judgeTasks({ accounts: [accountOf(succeeded, 20)], staleCards: [] })).toEqual([]);
  });
});

describe('judgeLedger', () => {
  it('takes what each state has to hold and to cost', () => {
    const accounts = [accountOf(cancelled, 0), accountOf(succeeded, 20), accountOf(unknown, 20)];
    expect(judgeLedger({ accounts })).toEqual([]);
  });

  it('finds a row too many, a row that is missing, and what is still held', () => {
    for (const account of [accountOf(cancelled, 20), accountOf(succeeded, 0), accountOf(succeeded, 20, 20)])
      expect(judgeLedger({ accounts: [account] })).toHaveLength(1);
    expect(judgeLedger({ accounts: [accountOf(queuedTask('b'), 0, 20)] })).toEqual([
      'Task b still holds 20 credits.',
    ]);
  });
});

describe('judgeBalance', () => {
  const made = [{ taskId: 'p-1', price: 20, refunded: false }];
  const accounts = [accountOf(succeeded, 20)];

  it('takes a balance that is explained to the last credit', () => {
    expect(judgeBalance({ accounts, made, adjusted: 0, spent: 20 })).toEqual([]);
    const doubtful = [...accounts, accountOf(unknown, 20)];
    expect(judgeBalance({ accounts: doubtful, made, adjusted: -20, spent: 20 })).toEqual([]);
  });

  it('finds a difference that nobody booked, and one that was booked without a reason', () => {
    expect(judgeBalance({ accounts, made, adjusted: 0, spent: 19 })).toHaveLength(2);
    expect(judgeBalance({ accounts, made, adjusted: 20, spent: 40 })).toHaveLength(1);
  });

  it('finds a song that was paid although MusicAPI gave the credits back', () => {
    const refunded = made.map((one) => ({ ...one, refunded: true }));
    expect(judgeBalance({ accounts, made: refunded, adjusted: 0, spent: 20 })).toHaveLength(1);
  });
});

describe('judgeSendings', () => {
  const post = { path: '/sonic/create', body: { prompt: 'rain' }, status: 200 };

  it('takes what was asked once, and what was not taken the first time', () => {
    const posts = [{ ...post, status: 429 }, post];
    expect(judgeSendings({ accounts: [], made: [], posts })).toEqual([]);
  });

  it('finds a request that was sent twice, and a song that nobody asked for', () => {
    expect(judgeSendings({ accounts: [], made: [], posts: [post, post] })).toHaveLength(1);
    const made = [{ taskId: 'p-2', price: 20, refunded: false }];
    expect(judgeSendings({ accounts: [accountOf(succeeded, 20)], made, posts: [post] })).toHaveLength(1);
  });
});

describe('judgeDeliveries', () => {
  const delivery: Delivery = {
    id: 'd-1',
    taskId: 'a',
    kind: 'clip',
    clipIds: ['clip'],
    state: 'delivered',
    mention: true,
    generation: 0,
    tries: 1,
    createdAt: T0,
    posted: [{ part: 0, count: 1, route: 'channel', channelId: 'c', messageId: 'm' }],
  };
  const message = { deliveryId: 'd-1', part: 0, messageId: 'm' };
  const evidence = {
    accounts: [accountOf(succeeded, 20)],
    deliveries: [delivery],
    clips: [{ clipId: 'clip', taskId: 'a' }],
    messages: [message],
    abandoned: new Set<string>(),
  };

  it('takes a song that is there once', () => {
    expect(judgeDeliveries(evidence)).toEqual([]);
  });

  it('finds one that is not there, that is there twice, and that goes on', () => {
    expect(judgeDeliveries({ ...evidence, messages: [] })).toHaveLength(1);
    const twice = [message, { ...message, messageId: 'other' }];
    expect(judgeDeliveries({ ...evidence, messages: twice })).toHaveLength(1);
    const pending: Delivery[] = [{ ...delivery, state: 'pending', posted: [] }];
    expect(judgeDeliveries({ ...evidence, deliveries: pending, messages: [] })).toHaveLength(1);
  });

  it('finds a song without a delivery, unless nobody waits for it', () => {
    const lost = { ...evidence, deliveries: [], messages: [] };
    expect(judgeDeliveries(lost)).toEqual(['Song clip of task a has 0 deliveries.']);
    expect(judgeDeliveries({ ...lost, abandoned: new Set(['a']) })).toEqual([]);
  });
});

describe('judgeAnswers', () => {
  it('counts what was not answered, but not while the bot was dead', () => {
    const answer = { what: '/create', state: 'failed', isExcused: false } as const;
    expect(judgeAnswers({ answers: [answer], malformed: [], isIncomplete: false })).toHaveLength(1);
    expect(
      judgeAnswers({ answers: [{ ...answer, state: 'thinking' }], malformed: [], isIncomplete: false }),
    ).toHaveLength(1);
    expect(
      judgeAnswers({ answers: [{ ...answer, isExcused: true }], malformed: [], isIncomplete: false }),
    ).toEqual([]);
    expect(judgeAnswers({ answers: [], malformed: ['POST /channels'], isIncomplete: true })).toHaveLength(2);
  });
});

describe('what the bot writes', () => {
  it('has no errors, no lines that nobody can read, and no secrets', () => {
    expect(judgeLog([{ level: 30, msg: 'ready' }], new Set())).toEqual([]);
    const error = { level: 50, msg: 'interaction failed', reference: '1' };
    expect(judgeLog([error], new Set())).toHaveLength(1);
    expect(judgeLog([error], new Set(['1']))).toEqual([]);
    expect(judgeLengths([{ level: 30, msg: 'x'.repeat(20_000) }])).toHaveLength(1);
    const secret = 'MTIz.NDU2.a-very-fake-token';
    expect(judgeSecrets(`{"msg":"token ${secret}"}`, [secret])).toHaveLength(1);
    expect(judgeSecrets('{"msg":"a-word-that-is-none"}', [secret])).toEqual([]);
  });
});
