import type { Clip } from './clips.ts';
import type { SongRequest } from './fields.ts';
import { deriveUuid } from './ids.ts';
import { roundS, type Shape } from './shapes.ts';
import { between, createRandom } from './synth/random.ts';
import type { SongSpec } from './synth/spec.ts';
import { chooseStyle } from './synth/styles.ts';
import { INSTRUMENTAL_MARKER, writeLyrics, writeTags, writeTitle } from './words.ts';

/** A create yields two takes. */
const TAKES = 2;

/** What a clip is made with where no model is asked for, and what retired ones are mapped to. */
const DEFAULT_MODEL = 'sonic-v6';

/** How long songs are here. */
export interface SongLengths {
  /** Seconds, from and to, of a song without a wish. */
  readonly songSeconds: readonly [number, number];
  /** Seconds of song per second of a requested `duration`. */
  readonly durationScale: number;
}

/** What the clips of a task are made from. */
export interface SongOrder {
  readonly taskId: string;
  readonly key: string;
  readonly request: SongRequest;
  /** The clip that is extended or changed: title, tags and lyrics that the request leaves out are taken from it. */
  readonly source?: Clip | undefined;
  /** How the songs follow from others. @defaultValue they do not */
  readonly shape?: Shape | undefined;
  /** For extensions: where in the source they go on, in seconds. */
  readonly continueAtS?: number | undefined;
  readonly lengths: SongLengths;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** The two takes of a task: their texts, their lengths and how they will sound. Nothing is rendered yet. */
export function planTakes(order: SongOrder): Clip[] {
  return Array.from({ length: TAKES }, (_, take) => planTake(order, take));
}

function planTake(order: SongOrder, take: number): Clip {
  const { continueAtS, request, source, taskId } = order;
  const brief = [request.gpt_description_prompt, request.auto_lyrics === true ? request.prompt : undefined]
    .filter((text) => text !== undefined)
    .join(' ');
  const seed = [request.prompt, request.gpt_description_prompt, request.tags, taskId, take].join('\n');
  const style = request.tags ?? (brief === '' ? (source?.tags ?? '') : brief);
  const lyrics = chooseLyrics(order, brief, seed);
  const fresh = planSong(order, { seed, style, lyrics });
  const song = order.shape?.(fresh) ?? fresh;
  return {
    clipId: deriveUuid(taskId, 'clip', String(take)),
    key: order.key,
    engine: 'sonic',
    origin: 'generated',
    taskId,
    title: request.title ?? source?.title ?? writeTitle(brief === '' ? lyrics : brief, taskId),
    tags:
      request.tags ??
      (brief === '' && source ? source.tags : writeTags(style, chooseStyle(style, seed).name)),
    lyrics,
    mv: request.mv ?? DEFAULT_MODEL,
    description: request.gpt_description_prompt ?? null,
    negativeTags: request.negative_tags ?? null,
    styleWeight: request.style_weight ?? null,
    weirdness: request.weirdness_constraint ?? null,
    durationS: song.lengthS,
    createdAt: order.createdAt,
    audio: { song, selection: 'mix' },
    ...(source && continueAtS !== undefined && { continues: { clipId: source.clipId, atS: continueAtS } }),
  };
}

function chooseLyrics({ request, source }: SongOrder, brief: string, seed: string): string {
  if (request.make_instrumental === true) return INSTRUMENTAL_MARKER;
  if (request.custom_mode !== false && request.auto_lyrics !== true)
    return request.prompt ?? (source?.lyrics || INSTRUMENTAL_MARKER);
  return writeLyrics(brief, seed);
}

function planSong(order: SongOrder, own: { seed: string; style: string; lyrics: string }): SongSpec {
  const { seed, style, lyrics } = own;
  const random = createRandom(`${seed}:plan`);
  return {
    scoreSeed: seed,
    scoreStyle: style,
    melodySeed: seed,
    soundSeed: seed,
    soundStyle: style,
    startS: 0,
    lengthS: chooseLength(order.request.duration, order.lengths, seed),
    instrumental: isInstrumental(lyrics),
    voice: order.request.vocal_gender ?? (random() < 0.5 ? 'f' : 'm'),
    lyrics,
  };
}

/** Whether lyrics say nothing that could be sung. */
export function isInstrumental(lyrics: string): boolean {
  return lyrics.replace(/\[[^\]]*\]/g, '').trim() === '';
}

/** The length of a song in hundredths of a second, as the provider states durations. @param wishedS - the wish, in the provider's seconds */
export function chooseLength(wishedS: number | undefined, lengths: SongLengths, seed: string): number {
  const random = createRandom(`${seed}:length`);
  const [low, high] = lengths.songSeconds;
  // A wish is a target, not a cut: takes miss it by up to 3 %.
  const exact =
    wishedS === undefined
      ? between(random, low, high)
      : wishedS * lengths.durationScale * between(random, 0.97, 1.03);
  return Math.max(1, roundS(exact));
}
