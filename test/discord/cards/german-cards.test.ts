import { describe, expect, it } from 'vitest';
import { buildCard } from '../../../src/discord/cards/card-content.ts';
import { buildWords } from '../../../src/discord/cards/card-words.ts';
import type { StatusView } from '../../../src/discord/cards/status-card.ts';
import type { LoadedClip } from '../../../src/discord/delivery/freight.ts';
import { explainFreight } from '../../../src/discord/delivery/freight-words.ts';
import { buildLinkMessage } from '../../../src/discord/delivery/link-message.ts';
import { buildStemsMessage } from '../../../src/discord/delivery/stems-message.ts';
import { buildMessage, type CardMessage } from '../../../src/discord/messages/message.ts';
import { buildTaskList } from '../../../src/discord/tasks/task-list.ts';
import { buildFilesCard, type FetchOutcome } from '../../../src/discord/tools/files-card.ts';
import type { Delivery, DeliverySetback } from '../../../src/domain/delivery.ts';
import type { Request } from '../../../src/domain/request.ts';
import type { Task } from '../../../src/domain/task.ts';
import type { ToolResult } from '../../../src/domain/tool-result.ts';
import { speak } from '../../../src/words/words.ts';
import { CLIP, CLIP_REFERENCE, deliveryOf, RUNNING, TASKS, viewOf } from '../support/examples.ts';
import { expectWithinLimits, labelsOf, textOf } from '../support/limits.ts';

const MIB = 1024 * 1024;
const LINK = 'https://discord.com/channels/1/2/3';

/** Everything that may be asked for; what people type is one word each, so that more than that is ours. */
const REQUEST: Request = {
  operation: 'cover',
  engine: 'sonic',
  clip: CLIP_REFERENCE,
  prompt: 'Prompttext',
  lyrics: 'Zeile',
  tags: 'synthwave',
  title: 'Neonregen',
  avoid: 'Banjo',
  model: 'sonic-v6',
  instrumental: true,
  vocals: 'female',
  durationSeconds: 90,
  styleWeight: 0.5,
  weirdness: 0.25,
  strength: 0.75,
  atSeconds: 10,
  toSeconds: 20,
  lengthSeconds: 30,
  variation: 'subtle',
  name: 'Ada',
  describe: 'tief',
  persona: { personaId: 'p', name: 'Ada' },
  file: { url: 'https://cdn.example/a.mp3', name: 'Lied.mp3' },
};
const CLIPS = [{ ...CLIP, title: 'Neonregen' }];
const PRICES = { again: 1, create: 20, sing: 15 };

function view(task: Task, changes: Partial<StatusView> = {}): StatusView {
  const parent = { title: 'Neonregen', link: LINK };
  return viewOf(
    { ...task, request: REQUEST },
    { label: undefined, clips: CLIPS, parent, prices: PRICES, ...changes },
  );
}

const STATES = Object.values<Task>(TASKS).map((task) => [task.state, view(task)] as const);

const QUEUED_SETBACKS = (['rate-limited', 'preparing', 'unreachable'] as const).map(
  (setback) =>
    [`queued, ${setback}`, view({ ...TASKS.queued, setback }, { place: 3, estimateMs: 9_000 })] as const,
);

const RUNNING_WAYS = [
  ['running and heard', view({ ...RUNNING, listenUrl: 'https://cdn.example/a' }, { estimateMs: 9_000 })],
  ['running late', view(RUNNING, { estimateMs: -1 })],
  ['running while MusicAPI is down', view(RUNNING, { providerDown: true })],
  ['queued while MusicAPI is down', view(TASKS.queued, { providerDown: true })],
  ['never known', view({ ...TASKS.unknown, settled: true })],
  ['a private failure', view({ ...TASKS.failed, failure: { kind: 'moderation', text: '' } })],
] as const;

const RUNNING_OF = (['voice', 'download', 'stems-basic', 'create'] as const).map(
  (operation) =>
    [
      `running ${operation}`,
      viewOf({ ...RUNNING, request: { operation, engine: 'sonic' } }, { label: undefined }),
    ] as const,
);

const SETBACKS: readonly (DeliverySetback | undefined)[] = [
  'unlisted-host',
  'audio-missing',
  'not-audio',
  'no-route',
  'discord',
  undefined,
];
const DELIVERIES = (['pending', 'delivered', 'undecided', 'undeliverable'] as const).flatMap((state) =>
  SETBACKS.flatMap((setback) =>
    (['clip', 'stems'] as const).map((kind) => deliveryOf(state, { setback, kind, detail: 'media.example' })),
  ),
);
const RESULTS = DELIVERIES.map(
  (delivery) => [`a result ${nameOf(delivery)}`, view(TASKS.succeeded, { deliveries: [delivery] })] as const,
);

function nameOf({ state, setback, kind }: Delivery): string {
  return `${state} ${kind} ${setback ?? 'without setback'}`;
}

const members = Object.values<Task>(TASKS).map((task) => view(task));
const GROUPS = [
  ['a batch', view(TASKS.running, { group: members })],
  ['a batch that has ended', view(TASKS.failed, { group: [view(TASKS.failed), view(TASKS.unknown)] })],
  ['an inspection', view(TASKS.running, { group: members.map((one) => inspected(one)) })],
] as const;

function inspected(one: StatusView): StatusView {
  const request: Request = { operation: 'bpm', engine: 'sonic', clip: CLIP_REFERENCE };
  return { ...one, task: { ...one.task, isDirect: true, request } };
}

const TOOLS: readonly (readonly [string, ToolResult])[] = [
  ['lyrics', { kind: 'lyrics', drafts: [{ title: 'Neonregen', lyrics: 'Zeile' }] }],
  ['long lyrics', { kind: 'lyrics', drafts: [{ title: 'Neonregen', lyrics: 'Zeile'.repeat(2_000) }] }],
  ['no lyrics', { kind: 'lyrics', drafts: [] }],
  ['tags', { kind: 'tags', tags: 'synthwave' }],
  ['many tags', { kind: 'tags', tags: 'synthwave,'.repeat(400) }],
  ['a persona', { kind: 'persona', personaId: 'p', name: 'Ada' }],
  ['a tempo', { kind: 'tempo', averageBpm: 120.5, minBpm: 90, maxBpm: 130 }],
  ['vocals', { kind: 'vocals', voxAudioId: 'v', startSeconds: 1, endSeconds: 9 }],
  ['vocals somewhere', { kind: 'vocals', voxAudioId: 'v' }],
  ['a timeline without words', { kind: 'timeline', words: [] }],
];
const TOOL_VIEWS = TOOLS.map(
  ([name, tool]) => [`the card of ${name}`, view({ ...TASKS.succeeded, tool })] as const,
);

describe('a German card', () => {
  it.each([
    ...STATES,
    ...QUEUED_SETBACKS,
    ...RUNNING_WAYS,
    ...RUNNING_OF,
    ...RESULTS,
    ...GROUPS,
    ...TOOL_VIEWS,
  ])('has nothing English in it: %s', (_, shown) => {
    expectGerman(() => buildCard(shown).body);
  });

  it('has German options, with German figures', () => {
    const text = speak('de', () => textOf(buildCard(view(RUNNING)).body));
    expect(text).toContain(
      'ohne Gesang, Frauenstimme, etwa 1:30, Stilgewicht 0,5, Eigenwilligkeit 0,25, ab 0:10, bis 0:20, 0:30 lang, Stärke 0,75, leichte Abweichung, gesungen von Ada, aus Lied.mp3, sonic-v6, ohne Banjo',
    );
  });

  it.each([
    [1, '1 Credit bleibt ausgegeben; der Song kommt in /bibliothek.'],
    [2_000, '2.000 Credits bleiben ausgegeben; der Song kommt in /bibliothek.'],
  ])('says what %i credits come to', (price, sentence) => {
    const text = speak('de', () => textOf(buildCard(view({ ...RUNNING, price })).body));
    expect(text).toContain(sentence);
  });
});

describe('the German words to the requester', () => {
  const card = { build: () => buildMessage({}), isVisible: true };
  it.each([
    ['a failure', view(TASKS.failed)],
    ['a task that takes too long', view(TASKS.expired)],
    ['what could not be posted', view(TASKS.succeeded, { deliveries: [deliveryOf('undeliverable')] })],
    ['failures of a group', view(TASKS.failed, { group: [view(TASKS.failed), view(TASKS.succeeded)] })],
    ['lateness of a group', view(TASKS.expired, { group: [view(TASKS.expired), view(TASKS.succeeded)] })],
  ])('have nothing English in them: %s', (_, shown) => {
    expectGerman(() => buildWords(shown, card) ?? buildMessage({}));
  });
});

describe('the German words about files', () => {
  const loaded = (changes: Partial<LoadedClip> = {}): LoadedClip => ({
    clip: { ...CLIP, title: 'Neonregen', audioUrl: 'https://cdn.example/a.wav' },
    files: [],
    ...changes,
  });
  const shrunk = (kbps: number | undefined, isRefused: boolean): LoadedClip =>
    loaded({ shrinkage: { originalBytes: 23.41 * MIB, limitBytes: 9.5 * MIB, isRefused, kbps } });
  const archive = {
    bytes: Buffer.alloc(1),
    extension: 'zip',
    mime: 'application/zip',
    contentType: 'application/zip',
  };
  const lost = (['too-large', 'not-audio', 'audio-missing'] as const).map((missing) => loaded({ missing }));

  const freights = [
    ...lost.flatMap((one) => [{ clips: [one] }, { clips: [one, one] }]),
    ...[128, undefined].flatMap((kbps) =>
      [true, false].flatMap((isRefused) => {
        const one = shrunk(kbps, isRefused);
        return [{ clips: [one] }, { clips: [one, one] }, { clips: [one, loaded()] }];
      }),
    ),
    { clips: [...lost, shrunk(96, true)], archive },
  ];

  it.each(freights)('have nothing English in them, and are all shown (%#)', (freight) => {
    expectGerman(() => {
      const explanation = explainFreight(freight);
      if (!explanation) throw new Error('nothing is said');
      const message = buildLinkMessage(buildMessage({ content: '-' }), explanation);
      expect(textOf(message)).not.toContain('…');
      return message;
    });
  });

  it('have German figures', () => {
    const say = () => explainFreight({ clips: [shrunk(128, false)] })?.reason;
    expect(speak('de', say)).toBe(
      'Das Original (23,5 MiB) ist größer als die 9,5 MiB, die hier hineinpassen; deshalb ist das hier eine Datei in MP3 mit 128 kbit/s.',
    );
  });

  it.each<[string, FetchOutcome]>([
    ['attached', { kind: 'loaded', freight: { clips: [loaded({ files: [archive] })] } }],
    ['missing', { kind: 'loaded', freight: { clips: lost } }],
    ['of nothing', { kind: 'loaded', freight: { clips: [] } }],
    ['on a host that is not allowed', { kind: 'held', reason: 'unlisted-host', host: 'media.example' }],
    ['on a host without a name', { kind: 'held', reason: 'unlisted-host' }],
    ['on a host that does not answer', { kind: 'held', reason: 'unavailable' }],
  ])('of a tool have nothing English in them: %s', (_, outcome) => {
    const instruments = Array.from({ length: 22 }, () => ({ name: '', notes: 2 }));
    const midi = { kind: 'midi', url: 'https://cdn.example/a.mid', instruments } as const;
    expectGerman(() => buildFilesCard(view(TASKS.succeeded), midi, outcome));
  });
});

it.each([
  ['first', { part: 0, mention: true }],
  ['second', { part: 1, mention: false }],
  ['second of two', { part: 1, parts: 2, mention: false }],
])('the German message of stems has nothing English in it: the %s', (_, changes) => {
  const stems = {
    sourceClip: { ...CLIP_REFERENCE, title: 'Neonregen', link: LINK },
    titles: Array.from({ length: 30 }, () => ''),
    deliveryId: '01J9YYYYYYYYYYYYYYYYYYYYYY',
    requesterId: '223456789012345678',
    price: 75,
  };
  expectGerman(() => buildStemsMessage({ ...stems, ...changes }));
});

it('the German list of tasks has nothing English in it', () => {
  const states: readonly Task[] = [TASKS.queued, TASKS.submitting, TASKS.running];
  const entries = [...states, ...states, ...states, ...states].map((state, index) => {
    const task = { ...state, request: REQUEST, id: `01J9ZZZZZZZZZZZZZZZZZZZZ${10 + index}` };
    return { task, label: 'Cover', elapsedMs: 1_000, estimateMs: 9_000, place: 2 };
  });
  expectGerman(() => buildTaskList(entries, [{ task: TASKS.succeeded, name: 'Cover' }]));
  expectGerman(() => buildTaskList([]));
});

/** Words that both languages share, and what stands for people's own. */
const SHARED = /Neonregen|Prompttext|Zeile|synthwave|media\.example|https?:\S+|<@\d+>|[0-9A-Z]{26}/g;

/** Builds a message in both languages: no text with two words or more is the same in both. */
function expectGerman(build: () => CardMessage): void {
  const [english, german] = (['en', 'de'] as const).map((language) => speak(language, build));
  if (!english || !german) throw new Error('nothing was built');
  expectWithinLimits(german);
  const partsOf = (message: CardMessage) =>
    [...textOf(message).split(/\n|(?<=[.:;,]) /), ...labelsOf(message)].map((part) =>
      part.replaceAll(SHARED, ''),
    );
  const spoken = new Set(partsOf(english));
  const left = partsOf(german).filter(
    (part) => spoken.has(part) && /\p{L}{2,}[^\p{L}]+\p{L}{2,}/u.test(part),
  );
  expect(left).toEqual([]);
}
