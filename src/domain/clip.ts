import type { ClipReference, ClipSource, Engine } from './request.ts';

/** One piece of audio at MusicAPI that we know of. */
export interface Clip {
  readonly clipId: string;
  readonly accountId: string;
  readonly engine: Engine;
  readonly source: ClipSource;
  /** A whole piece, or one separated track of one. */
  readonly kind: 'song' | 'stem';
  /** The task that made it. */
  readonly taskId: string;
  readonly parentClipId?: string | undefined;
  /** 1, 2 …: which alternative of its task it is. */
  readonly take: number;
  readonly title?: string | undefined;
  readonly tags?: string | undefined;
  readonly lyrics?: string | undefined;
  readonly prompt?: string | undefined;
  /** As the provider spells it, which may differ from what was asked for. */
  readonly model?: string | undefined;
  readonly durationSeconds?: number | undefined;
  /** Provider address of the audio: it dies, so it is fetched at once. */
  readonly audioUrl?: string | undefined;
  readonly imageUrl?: string | undefined;
  readonly ownerId: string;
  /** The server in which it was delivered publicly; absent = offered only to its owner. */
  readonly sharedGuildId?: string | undefined;
  readonly createdAt: number;
  /** A person deleted its card: not offered any more. */
  readonly deletedAt?: number | undefined;
}

/** A clip id as MusicAPI and people write them: no slash, no colon, nothing that breaks a path or a custom id. */
export const CLIP_ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9_-]{2,47}$/;

/** Begins the ids of audio for which MusicAPI gave none that can be used: it can be heard, and nothing else. */
export const STAND_IN_PREFIX = 'no-id-';

/** Whether MusicAPI knows no clip by this id. */
export function isStandIn(clipId: string): boolean {
  return clipId.startsWith(STAND_IN_PREFIX);
}

/** The clip as a request names it. */
export function referenceOf(clip: Clip): ClipReference {
  return { clipId: clip.clipId, engine: clip.engine, source: clip.source };
}

/** What a clip can be called: by its own title, else by the first words of its prompt. */
export function findTitle(clip: Pick<Clip, 'title' | 'prompt'>): string | undefined {
  const title = clip.title?.trim();
  if (title) return title;
  const words = clip.prompt?.trim().split(/\s+/).slice(0, 6).join(' ');
  return words ? [...words].slice(0, 60).join('') : undefined;
}
