import { words } from '../words/words.ts';
import { AUDIO_KINDS, type AudioFacts, type AudioKind } from './audio-facts.ts';
import { type FileName, formatFileName } from './kind-names.ts';

/** What an upload has to be. */
export interface UploadRules {
  /** Longest length, included. MusicAPI takes 8 minutes (docs.musicapi.ai, special scenarios). */
  readonly maxSeconds: number;
  /** The length has to be above this: a voice needs more than 10 s (docs.musicapi.ai/create-voice). */
  readonly minSeconds?: number | undefined;
  /** All kinds, if not given; a voice is documented for MP3 and WAV only. */
  readonly kinds?: readonly AudioKind[] | undefined;
}

/** In the order in which people are told of them. */
const ALL_KINDS = Object.keys(AUDIO_KINDS) as readonly AudioKind[];

/** Something that MusicAPI would refuse, in the form in which requests are looked over. */
export interface UploadFinding {
  readonly field: 'file';
  readonly severity: 'refusal';
  /** What is wrong, and how to put it right. */
  readonly message: string;
}

/** Everything about a file that stands in the way of its upload. */
export function checkUpload(facts: AudioFacts, rules: UploadRules): readonly UploadFinding[] {
  const kinds = rules.kinds ?? ALL_KINDS;
  const names = kinds.map((kind) => AUDIO_KINDS[kind]);
  if (!facts.isAudio) return [refuse(explainNoAudio(facts.file, names))];
  return [...checkKind(facts.kind, kinds), ...checkDuration(facts.durationSeconds, rules)];
}

function checkKind(kind: AudioKind, kinds: readonly AudioKind[]): readonly UploadFinding[] {
  if (kinds.includes(kind)) return [];
  const names = kinds.map((each) => AUDIO_KINDS[each]);
  return [refuse(words().media.upload.otherKind({ kind: AUDIO_KINDS[kind], kinds: names }))];
}

function checkDuration(
  seconds: number | undefined,
  { maxSeconds, minSeconds = 0 }: UploadRules,
): readonly UploadFinding[] {
  const { upload } = words().media;
  if (seconds === undefined) return [refuse(upload.noLength)];
  if (seconds > maxSeconds) {
    const length = formatClock(Math.ceil(seconds));
    return [refuse(upload.tooLong({ limit: formatLimit(maxSeconds), length }))];
  }
  if (seconds <= minSeconds) {
    const length = formatClock(Math.floor(seconds));
    return [refuse(upload.tooShort({ limit: formatLimit(minSeconds), length }))];
  }
  return [];
}

function refuse(message: string): UploadFinding {
  return { field: 'file', severity: 'refusal', message };
}

function explainNoAudio(file: FileName | undefined, kinds: readonly string[]): string {
  const { upload } = words().media;
  return file ? upload.notAudio({ kind: formatFileName(file), kinds }) : upload.unreadable({ kinds });
}

/** `8 minutes`, `90 seconds`. */
function formatLimit(seconds: number): string {
  const { upload } = words().media;
  const isWhole = seconds >= 60 && seconds % 60 === 0;
  return isWhole ? upload.minutes({ minutes: seconds / 60 }) : upload.seconds({ seconds });
}

/** `8:01`, or `1:02:03` from an hour on. */
function formatClock(seconds: number): string {
  const pair = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  const end = pair(seconds % 60);
  return minutes < 60 ? `${minutes}:${end}` : `${Math.floor(minutes / 60)}:${pair(minutes % 60)}:${end}`;
}
