/** The MusicAPI families. A clip belongs to exactly one of them. */
export const ENGINES = ['sonic', 'producer', 'nuro'] as const;
/** One of them. */
export type Engine = (typeof ENGINES)[number];

/** Things an engine can do; the catalogue (`musicapi/catalogue.ts`) holds price, endpoint and inputs of each. */
export const OPERATION_IDS = [
  'create',
  'extend',
  'cover',
  'concat',
  'remaster',
  'replace',
  'add-vocals',
  'add-instrumental',
  'mashup',
  'sample',
  'persona-song',
  'stems-basic',
  'stems-full',
  'upload',
  'upload-extend',
  'upload-cover',
  'persona',
  'voice',
  'lyrics',
  'tags',
  'wav',
  'download',
  'midi',
  'timeline',
  'bpm',
  'vox',
] as const;
/** One of them. */
export type OperationId = (typeof OPERATION_IDS)[number];

/** Whether MusicAPI made the clip or somebody uploaded it: the two take different task types. */
export type ClipSource = 'generated' | 'uploaded';

/** A clip as a request names it. It need not be in our database. */
export interface ClipReference {
  readonly clipId: string;
  readonly engine: Engine;
  readonly source: ClipSource;
}

/** An audio file that a person attached. MusicAPI fetches it from its address, which dies after a day. */
export interface AudioFile {
  readonly url: string;
  /** As the person called it. */
  readonly name: string;
  /** Of the content, once it was looked at. */
  readonly durationSeconds?: number | undefined;
}

/** A virtual singer at MusicAPI. */
export interface PersonaReference {
  readonly personaId: string;
  readonly name: string;
}

/** Voices that may be asked for. */
export const VOCALS = ['female', 'male'] as const;
/** How far a remaster may go from the original. */
export const VARIATIONS = ['subtle', 'normal', 'high'] as const;
/** Formats of audio files that a song can be had as. */
export const DOWNLOAD_FORMATS = ['mp3', 'm4a', 'wav'] as const;
/** One of them. */
export type DownloadFormat = (typeof DOWNLOAD_FORMATS)[number];

/** What a person may fill in. Which of these an operation takes, and within which bounds, is in the catalogue. */
export interface RequestInputs {
  /** What the music is to be like, or a brief from which lyrics are written. Texts in Unicode. */
  readonly prompt?: string | undefined;
  /** Sung as they are. */
  readonly lyrics?: string | undefined;
  readonly tags?: string | undefined;
  readonly title?: string | undefined;
  /** Styles to keep out. */
  readonly avoid?: string | undefined;
  /** Model id; absent means the engine's default. */
  readonly model?: string | undefined;
  readonly instrumental?: boolean | undefined;
  readonly vocals?: (typeof VOCALS)[number] | undefined;
  /** Wanted length of a song: a target, not a cut. */
  readonly durationSeconds?: number | undefined;
  /** 0 to 1. */
  readonly styleWeight?: number | undefined;
  /** 0 to 1. */
  readonly weirdness?: number | undefined;
  /** 0 to 1, higher = further from the original. */
  readonly strength?: number | undefined;
  /** Second of the clip at which the new part begins. */
  readonly atSeconds?: number | undefined;
  /** Length of the new part. */
  readonly lengthSeconds?: number | undefined;
  /** Bounds of a part of the clip. */
  readonly fromSeconds?: number | undefined;
  readonly toSeconds?: number | undefined;
  readonly variation?: (typeof VARIATIONS)[number] | undefined;
  /** Of a persona or voice. */
  readonly name?: string | undefined;
  /** How a persona sings. */
  readonly describe?: string | undefined;
  readonly format?: DownloadFormat | undefined;
}

/** The name of something that a person may fill in. */
export type InputName = keyof RequestInputs;

/** What a person asked for, validated, before anything is sent. */
export interface Request extends RequestInputs {
  readonly operation: OperationId;
  readonly engine: Engine;
  /** The clip it works on. */
  readonly clip?: ClipReference | undefined;
  /** The other clip of a mashup. */
  readonly secondClip?: ClipReference | undefined;
  /** The file it works on. */
  readonly file?: AudioFile | undefined;
  /** Who sings. */
  readonly persona?: PersonaReference | undefined;
}

/** The clip that a request works on, if it works on one. */
export function parentOf(request: Pick<Request, 'clip'>): ClipReference | undefined {
  return request.clip;
}
