/** How a clip is read, and what clips together say of their task: the same with sonic and producer. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { CLIP_ID_PATTERN, STAND_IN_PREFIX } from '../../domain/clip.ts';
import type { Request } from '../../domain/request.ts';
import type { ProviderClip, ProviderTask } from '../types.ts';
import { failedTask } from './task-ends.ts';
import { length, text } from './wire.ts';

const clipSchema = z.looseObject({
  clip_id: text,
  state: text,
  title: text,
  stem_type: text,
  tags: text,
  // Producer's word for tags.
  sound: text,
  lyrics: text,
  mv: text,
  duration: length,
  audio_url: text,
  wav_url: text,
  image_url: text,
  error: text,
  error_message: text,
});
type WireClip = z.infer<typeof clipSchema>;

/** States in which a clip is known to be still in the making (get-sonic-music and webhook guide). */
const RUNNING_STATES: ReadonlySet<string> = new Set(['pending', 'running', 'streaming']);

/** What a clip is read with. */
interface ClipContext {
  /** What the clip is told from others by, where it has no id of its own. */
  readonly place: string;
  /** State of a clip that names none. */
  readonly spareState?: string | undefined;
  /** Where a clip that was made of a file can be heard, when the answer names no address. */
  readonly spareUrl?: string | undefined;
}

/** A clip, and the state that nobody knows, if it is in one. */
export interface ReadClip {
  readonly clip: ProviderClip;
  readonly unrecognised?: string | undefined;
}

/** Reads one element of `data`; undefined for what is no object. */
export function readClip(element: unknown, context: ClipContext): ReadClip | undefined {
  const { data: wire } = clipSchema.safeParse(element);
  if (!wire) return undefined;
  const said = wire.state ?? context.spareState;
  const audioUrl = wire.audio_url ?? wire.wav_url ?? context.spareUrl;
  const state = judgeState(said, audioUrl);
  const clip: ProviderClip = {
    clipId: chooseClipId(wire.clip_id, context.place),
    state,
    title: wire.title,
    tags: wire.tags ?? wire.sound,
    lyrics: wire.lyrics,
    model: wire.mv,
    durationSeconds: wire.duration,
    audioUrl,
    imageUrl: wire.image_url,
    part: wire.stem_type ?? wire.title,
    failureText: state === 'failed' ? reasonOf(wire) : undefined,
  };
  return { clip, unrecognised: isRecognised(said) ? undefined : (said ?? '(none)') };
}

/**
 * The id that MusicAPI gave, or a stand-in where requests and buttons cannot name it: no follow-up is possible then,
 * but the audio that was paid for can still be delivered.
 *
 * @param place - tells the clip from others; the same place has the same stand-in with every look
 */
export function chooseClipId(id: string | undefined, place: string): string {
  if (id !== undefined && CLIP_ID_PATTERN.test(id)) return id;
  return STAND_IN_PREFIX + createHash('sha256').update(place).digest('hex').slice(0, 32);
}

/** The address of the file that a request uploads: the clip made of it can be heard there. */
export function uploadUrlOf(request: Request | undefined): string | undefined {
  return request?.operation === 'upload' ? request.file?.url : undefined;
}

/** What the clips of a task say of it: it is over when every one of them is, and well if one is good. */
export function judgeClips(found: readonly ReadClip[]): ProviderTask {
  const clips = found.map(({ clip }) => clip);
  if (clips.length === 0 || clips.some(({ state }) => state === 'running')) {
    const unrecognised = found.find((each) => each.unrecognised)?.unrecognised;
    return unrecognised ? { state: 'running', clips, unrecognised } : { state: 'running', clips };
  }
  if (clips.some(({ state }) => state === 'succeeded')) return { state: 'succeeded', clips };
  return failedTask('task-failed', clips.find(({ failureText }) => failureText)?.failureText);
}

function judgeState(said: string | undefined, audioUrl: string | undefined): ProviderClip['state'] {
  const state = said?.toLowerCase();
  if (state === 'failed') return 'failed';
  // Said to be done, but there is nothing to fetch yet.
  return state === 'succeeded' && audioUrl ? 'succeeded' : 'running';
}

function isRecognised(said: string | undefined): boolean {
  const known = said?.toLowerCase() ?? '';
  return RUNNING_STATES.has(known) || known === 'succeeded' || known === 'failed';
}

/** The key of the reason is not documented; clients of the service read these two. */
function reasonOf(wire: WireClip): string | undefined {
  return wire.error ?? wire.error_message;
}
