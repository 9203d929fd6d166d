import fc from 'fast-check';
import type { StatusView } from '../../../src/discord/cards/status-card.ts';
import type { Clip } from '../../../src/domain/clip.ts';
import type { Delivery } from '../../../src/domain/delivery.ts';
import type { Origin } from '../../../src/domain/origin.ts';
import type { Request } from '../../../src/domain/request.ts';
import type { QueuedTask, RunningTask, Task } from '../../../src/domain/task.ts';

export const TASK_ID = '01J9ZZZZZZZZZZZZZZZZZZZZZZ';
export const DELIVERY_ID = '01J9YYYYYYYYYYYYYYYYYYYYYY';
export const USER_ID = '223456789012345678';
export const GUILD_ID = '323456789012345678';
export const CHANNEL_ID = '423456789012345678';
export const MESSAGE_ID = '523456789012345678';
export const CLIP_ID = '0ce3a7b1-1f2e-4b7e-9f10-aaaaaaaaaaaa';

export const CLIP_REFERENCE = { clipId: CLIP_ID, engine: 'sonic', source: 'generated' } as const;

export const CREATE = {
  operation: 'create',
  engine: 'sonic',
  prompt: 'a song about rain in the city',
  tags: 'synthwave',
  title: 'Neon Rain',
} as const satisfies Request;

const ORIGIN: Origin = {
  applicationId: '123456789012345678',
  interactionId: '623456789012345678',
  token: 'token',
  tokenExpiresAt: 900_000,
  context: 'guild',
  guildId: GUILD_ID,
  channelId: CHANNEL_ID,
  userId: USER_ID,
  userName: 'Ada',
  locale: 'en-US',
  userInstallOnly: false,
  botCanPost: true,
  botCanLook: true,
  attachmentLimitBytes: 10_485_760,
};

const BASE = {
  id: TASK_ID,
  requestKey: 'key',
  accountId: 'operator',
  request: CREATE as Request,
  origin: ORIGIN,
  price: 20,
  createdAt: 0,
};

const ACCEPTED = { ...BASE, providerTaskId: 'p1', acceptedAt: 1_000, polls: 1, nextPollAt: 2_000 };

export const QUEUED: QueuedTask = { ...BASE, state: 'queued', notBefore: 0, tries: 0 };
export const RUNNING: RunningTask = { ...ACCEPTED, state: 'running' };

/** One task in every state. */
export const TASKS = {
  queued: QUEUED,
  submitting: { ...BASE, state: 'submitting', submittingAt: 500, tries: 0 },
  running: RUNNING,
  succeeded: { ...BASE, state: 'succeeded', endedAt: 90_000 },
  failed: { ...BASE, state: 'failed', failure: { kind: 'task-failed', text: '' }, endedAt: 90_000 },
  expired: { ...ACCEPTED, state: 'expired', expiredAt: 3_600_000 },
  cancelled: { ...BASE, state: 'cancelled', cancelledBy: USER_ID, endedAt: 4_000 },
  unknown: {
    ...BASE,
    state: 'unknown',
    failure: { kind: 'answer-lost', text: '' },
    unknownAt: 2_000,
    settled: false,
  },
  abandoned: { ...ACCEPTED, state: 'abandoned', abandonedBy: USER_ID, abandonedAt: 50_000 },
} as const satisfies { [state in Task['state']]: Task & { state: state } };

export const CLIP: Clip = {
  ...CLIP_REFERENCE,
  accountId: 'operator',
  kind: 'song',
  taskId: TASK_ID,
  take: 1,
  title: 'Neon Rain',
  tags: 'synthwave, female voice',
  model: 'sonic-v6',
  durationSeconds: 125.4,
  ownerId: USER_ID,
  createdAt: 90_000,
};

export function deliveryOf(state: Delivery['state'], changes: Partial<Delivery> = {}): Delivery {
  const posted =
    state === 'delivered'
      ? [{ part: 0, count: 1, route: 'channel', channelId: CHANNEL_ID, messageId: MESSAGE_ID } as const]
      : [];
  return {
    id: DELIVERY_ID,
    taskId: TASK_ID,
    kind: 'clip',
    clipIds: [CLIP_ID],
    state,
    mention: true,
    generation: 0,
    posted,
    tries: 0,
    createdAt: 90_000,
    ...changes,
  };
}

export function viewOf(task: Task, changes: Partial<StatusView> = {}): StatusView {
  return {
    task,
    now: 30_000,
    elapsedMs: 30_000,
    fraction: 0.25,
    deliveries: [],
    clips: [],
    ...changes,
  };
}

/** Text as bad as people and providers can make it. */
export const nastyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '👩‍👩‍👧‍👦',
        '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
        '`',
        '```\n',
        '@everyone',
        '@here',
        '<@223456789012345678>',
        '<#423456789012345678>',
        '</create:1>',
        '<:a:1>',
        '[x](https://evil.example)',
        ']( ',
        '\\',
        '\n> ',
        '\n# ',
        '\n- ',
        '\n-# ',
        '\n1. ',
        '**',
        '__',
        '~~',
        '||',
        '\u202E',
        '\u200B',
        '\u200D',
        '\uD83D',
        '\u0301',
        'https://evil.example/a_b',
        'discord.gg/abc',
        'la la ',
      ),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.string({ unit: 'binary', maxLength: 12 }),
    ),
    { maxLength: 60 },
  )
  .chain((parts) => fc.constantFrom(1, 40).map((times) => parts.join('').repeat(times).slice(0, 5_000)));
