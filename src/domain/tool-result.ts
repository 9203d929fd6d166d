/** A word of a song, or a section tag, with its time. */
export interface TimedWord {
  /** May hold line breaks, which say where a line of the lyrics ends. */
  readonly word: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** What an operation gave back, where that is no audio of its own. */
export type ToolResult =
  | {
      readonly kind: 'lyrics';
      readonly drafts: readonly { readonly title?: string | undefined; readonly lyrics: string }[];
    }
  | { readonly kind: 'tags'; readonly tags: string }
  /** Files at the provider: their addresses die, so they are fetched at once. */
  | { readonly kind: 'files'; readonly files: readonly { readonly format: string; readonly url: string }[] }
  | {
      readonly kind: 'midi';
      readonly url?: string | undefined;
      /** Name and number of notes of each part. */
      readonly instruments: readonly { readonly name: string; readonly notes: number }[];
    }
  | {
      readonly kind: 'tempo';
      /** Beats per minute. */
      readonly averageBpm: number;
      readonly minBpm?: number | undefined;
      readonly maxBpm?: number | undefined;
    }
  /** Where somebody sings: what a persona can be made from. */
  | {
      readonly kind: 'vocals';
      readonly voxAudioId: string;
      readonly startSeconds?: number | undefined;
      readonly endSeconds?: number | undefined;
    }
  | { readonly kind: 'timeline'; readonly words: readonly TimedWord[] }
  | { readonly kind: 'persona'; readonly personaId: string; readonly name?: string | undefined };
