/** A voice that was taken out of a clip (`POST /sonic/vox`), which a persona may be made of. */
export interface VoiceTrack {
  readonly clipId: string;
  /** Seconds from the start of the clip. */
  readonly startS: number;
  readonly endS: number;
}
