/** What a task type of `POST /sonic/create` asks for. */
export interface TaskRules {
  /** Has a `custom_mode` and the text that the mode needs. */
  readonly hasMode: boolean;
  /** Takes a `duration`; the others refuse it. */
  readonly takesDuration: boolean;
  /** What `continue_clip_id` has to be; undefined where there is none. */
  readonly clip?: 'generated' | 'uploaded' | 'extension';
  /** Fields that it cannot do without, besides `mv` and those of the mode. */
  readonly required: readonly ('continue_clip_id' | 'continue_at' | 'persona_id' | 'prompt')[];
}

/** Has a mode and a duration. */
const SONG = { hasMode: true, takesDuration: true } as const;
const CHANGE = { hasMode: false, takesDuration: false, required: ['continue_clip_id'] } as const;

/**
 * The task types with their required parameters (docs.musicapi.ai/concat-music, the page of all create tasks; the `_upload_` types:
 * docs.musicapi.ai/special-scenarios). Which of them take a `duration` follows the sister service's documentation.
 */
export const TASK_TYPES = {
  create_music: { ...SONG, required: [] },
  extend_music: { ...SONG, clip: 'generated', required: ['continue_clip_id', 'continue_at'] },
  cover_music: { ...SONG, clip: 'generated', required: ['continue_clip_id'] },
  concat_music: { ...CHANGE, clip: 'extension' },
  persona_music: { ...SONG, required: ['persona_id'] },
  remaster: { ...CHANGE, clip: 'generated' },
  add_vocals: { ...CHANGE, clip: 'uploaded', required: ['continue_clip_id', 'prompt'] },
  add_instrumental: { ...CHANGE, clip: 'uploaded' },
  extend_upload_music: { ...SONG, clip: 'uploaded', required: ['continue_clip_id', 'continue_at'] },
  cover_upload_music: { ...SONG, clip: 'uploaded', required: ['continue_clip_id'] },
} as const satisfies Record<string, TaskRules>;

/** The name of a task type. */
export type TaskType = keyof typeof TASK_TYPES;

/** The names of all task types. */
export const TASK_TYPE_NAMES = Object.keys(TASK_TYPES) as [TaskType, ...TaskType[]]; // the keys are what the type says
