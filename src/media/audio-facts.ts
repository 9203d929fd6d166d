import type { FileName } from './kind-names.ts';

/**
 * Kinds that MusicAPI can be expected to take: it names MP3, WAV "or common formats"
 * (docs.musicapi.ai, special scenarios). The values are their names for people.
 */
export const AUDIO_KINDS = {
  mp3: 'MP3',
  wav: 'WAV',
  flac: 'FLAC',
  m4a: 'M4A',
  aac: 'AAC',
  ogg: 'OGG',
  opus: 'OPUS',
  aif: 'AIFF',
} as const;

/** A kind of audio that can be uploaded, by its usual extension. */
export type AudioKind = keyof typeof AUDIO_KINDS;

/** What is known of a file before it is sent to MusicAPI. */
export type AudioFacts =
  | {
      readonly isAudio: true;
      readonly kind: AudioKind;
      /** Length by the file's own account; undefined when it cannot be read, as in a damaged file. */
      readonly durationSeconds: number | undefined;
    }
  | {
      readonly isAudio: false;
      /** What it is instead; undefined when it could not be looked through. */
      readonly file: FileName | undefined;
    };
