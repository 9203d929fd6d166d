import { badRequest } from './errors.ts';
import { deriveUuid, isUuid } from './ids.ts';
import type { Selection } from './synth/parts.ts';
import type { SongSpec } from './synth/spec.ts';
import type { UploadedFile } from './uploads.ts';

/** What is heard in a clip's file. */
export interface ClipAudio {
  readonly song: SongSpec;
  readonly selection: Selection;
}

/** The family of endpoints that a clip belongs to. The others do not know it. */
export type Engine = 'sonic' | 'producer' | 'nuro';

/** A clip at the provider. */
export interface Clip {
  readonly clipId: string;
  /** The key it belongs to; `null`: any key may use it. */
  readonly key: string | null;
  readonly engine: Engine;
  readonly origin: 'generated' | 'uploaded' | 'stem';
  /** The task that makes it; `null` for clips that were there before. */
  readonly taskId: string | null;
  readonly title: string;
  readonly tags: string;
  readonly lyrics: string;
  /** The model as the request named it. */
  readonly mv: string;
  readonly description: string | null;
  readonly negativeTags: string | null;
  readonly styleWeight: number | null;
  readonly weirdness: number | null;
  readonly durationS: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** What is heard; of an upload: what follow-ups of it are composed from. */
  readonly audio: ClipAudio;
  /** The file of an upload, which is sent as it came. */
  readonly file?: UploadedFile;
  /** Where an extension goes on: what `concat_music` joins it to. */
  readonly continues?: { readonly clipId: string; readonly atS: number };
}

/** What is known of a clip that this server did not make. */
export interface ForeignClipOptions {
  /** @defaultValue a derived uuid */
  readonly clipId?: string;
  /** Whether it counts as the account's own upload. @defaultValue false */
  readonly uploaded?: boolean;
  /** @defaultValue sonic */
  readonly engine?: Engine;
  /** The file that was uploaded. @defaultValue something composed */
  readonly file?: UploadedFile;
  /** Seconds. @defaultValue that of the file, or 12 */
  readonly durationS?: number;
  /** Epoch milliseconds. @defaultValue now */
  readonly createdAt?: number;
  /** The key that owns it. @defaultValue any key may use it */
  readonly key?: string;
  readonly title?: string;
  readonly tags?: string;
  readonly lyrics?: string;
}

/** All clips that exist at this provider. */
export class Clips {
  readonly #clips = new Map<string, Clip>();
  readonly #gone = new Set<string>();
  readonly #allowForeign: boolean;
  readonly #seed: string;
  readonly #now: () => number;

  /**
   * @param allowForeign - whether any id that looks like a clip id exists
   * @param seed - what derived ids follow from
   */
  constructor(allowForeign: boolean, seed: string, now: () => number) {
    this.#allowForeign = allowForeign;
    this.#seed = seed;
    this.#now = now;
  }

  /** Adds a clip of a task. */
  add(clip: Clip): void {
    this.#clips.set(clip.clipId, clip);
  }

  /** Adds a clip that was made elsewhere or uploaded, and returns its id. */
  addForeign(options: ForeignClipOptions = {}): string {
    const clipId = options.clipId ?? deriveUuid(this.#seed, 'foreign', String(this.#clips.size));
    const durationS = options.durationS ?? options.file?.durationS ?? 12;
    const tags = options.tags ?? '';
    const lyrics = options.lyrics ?? '';
    this.#clips.set(clipId, {
      clipId,
      key: options.key ?? null,
      engine: options.engine ?? 'sonic',
      origin: options.uploaded === true ? 'uploaded' : 'generated',
      taskId: null,
      title: options.title ?? 'From elsewhere',
      tags,
      lyrics,
      mv: 'sonic-v6',
      description: null,
      negativeTags: null,
      styleWeight: null,
      weirdness: null,
      durationS,
      createdAt: options.createdAt ?? this.#now(),
      ...(options.file && { file: options.file }),
      audio: {
        selection: 'mix',
        song: {
          scoreSeed: clipId,
          scoreStyle: tags,
          melodySeed: clipId,
          soundSeed: clipId,
          soundStyle: tags,
          startS: 0,
          lengthS: durationS,
          instrumental: lyrics === '',
          voice: 'f',
          lyrics,
        },
      },
    });
    return clipId;
  }

  /** Loses a clip: nobody finds it or its file any more, as if its time at the provider were over. */
  remove(clipId: string): void {
    this.#gone.add(clipId);
  }

  /** The clip of that id, whoever owns it. @param engine - what a clip is taken for that only now turns out to exist */
  find(clipId: string, engine: Engine = 'sonic'): Clip | undefined {
    if (this.#gone.has(clipId)) return undefined;
    const clip = this.#clips.get(clipId);
    if (clip !== undefined || !this.#allowForeign || !isUuid(clipId)) return clip;
    this.addForeign({ clipId, engine });
    return this.#clips.get(clipId);
  }

  /** The clip of that id, for a key that wants to use it with an engine; none when it is another key's or another engine's. */
  findFor(key: string, clipId: string, engine: Engine = 'sonic'): Clip | undefined {
    const clip = this.find(clipId, engine);
    return (clip?.key === null || clip?.key === key) && clip.engine === engine ? clip : undefined;
  }

  /**
   * The clip of that id, for a key that wants to use it with an engine.
   *
   * @throws ApiError 400 when there is none, or it is another key's or another engine's; the wording is ours
   */
  getFor(key: string, clipId: string, engine: Engine = 'sonic'): Clip {
    const clip = this.findFor(key, clipId, engine);
    if (clip === undefined) throw badRequest('clip not found.');
    return clip;
  }
}
