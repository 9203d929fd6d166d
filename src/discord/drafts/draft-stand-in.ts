import type { ClipReference, Request } from '../../domain/request.ts';
import type { Operation } from '../../musicapi/operation.ts';
import type { Draft } from './drafts.ts';

/** Stands for a moment that is there but could not be read or looked up, so that it is not missed. */
export const SOME_MOMENT_SECONDS = 1;
const SOME_CLIP_ID = 'unknown';
const OTHER_CLIP_ID = 'unknown-2';
/** As long as any engine wants it to be at least. */
const SOME_LYRICS = 'la'.repeat(150);

/**
 * The request as far as it is known, with something in the place of what is there but not known yet. Good for checks:
 * it may be sent only once everything has been looked up.
 */
export function standIn(draft: Draft, operation: Operation): Request {
  const { inputs, clip, secondClip, file, persona, lyricsFile, unread = {} } = draft;
  const { engine } = operation;
  const unknown = (clipId: string, source = operation.clip?.source): ClipReference => ({
    clipId,
    engine,
    source: source ?? 'generated',
  });
  return {
    ...inputs,
    atSeconds: inputs.atSeconds ?? (operation.inputs.atSeconds?.required && SOME_MOMENT_SECONDS),
    ...(unread.fromSeconds ? { fromSeconds: 0 } : {}),
    ...(unread.toSeconds ? { toSeconds: Number.MAX_SAFE_INTEGER } : {}),
    ...(lyricsFile && !inputs.lyrics ? { lyrics: SOME_LYRICS } : {}),
    operation: draft.operation,
    engine: draft.engine ?? engine,
    clip: typeof clip === 'string' ? unknown(SOME_CLIP_ID) : clip,
    secondClip: typeof secondClip === 'string' ? unknown(OTHER_CLIP_ID) : secondClip,
    file,
    persona: typeof persona === 'string' ? { personaId: persona, name: '' } : persona,
  };
}
