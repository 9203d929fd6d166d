import { z } from 'zod';

/** What a task may be told to do instead of succeeding in good order. */
export const TASK_BEHAVIOURS = {
  fail: 'polls end in HTTP 500 with type "failed"; the credits come back',
  timeout: 'polls end in HTTP 504; the credits come back',
  half: 'every second clip ends in state "failed"',
  never: 'stays at "running" for ever',
  'stuck-not-ready': 'answers 202 for ever',
  'unknown-state':
    'calls its running clips "mastering", a state that no documentation knows; succeeds as usual',
  slow: 'takes `factor` times as long',
  'audio-404': 'succeeds, but its audio is not there',
  'audio-html': 'succeeds, but its audio is a web page',
  'changed-url':
    'succeeds; the audio address of the first finished poll is dead, the next poll names a good one',
  'other-host': 'names `host` (or an origin with scheme) in its audio addresses',
  redirect: 'its audio addresses redirect to `url`',
} as const;

const SIMPLE = [
  'fail',
  'timeout',
  'half',
  'never',
  'stuck-not-ready',
  'unknown-state',
  'audio-404',
  'audio-html',
  'changed-url',
] as const satisfies readonly (keyof typeof TASK_BEHAVIOURS)[];

/** A behaviour as data; `error` is the text of a failure. */
const behaviourObjectSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(SIMPLE), error: z.string().optional() }),
  z.object({ kind: z.literal('slow'), factor: z.number().positive() }),
  z.object({ kind: z.literal('other-host'), host: z.string().min(1) }),
  z.object({ kind: z.literal('redirect'), url: z.string().min(1) }),
]);

/** Accepts a behaviour as an object or, where it needs no number or address, by its name alone. */
export const taskBehaviourSchema = z.union([
  z.enum(SIMPLE).transform((kind): z.infer<typeof behaviourObjectSchema> => ({ kind })),
  behaviourObjectSchema,
]);

/** One deviation of a task. Several may be combined. */
export type TaskBehaviour = z.output<typeof taskBehaviourSchema>;

/** A behaviour as callers write it: `'fail'`, `{ kind: 'slow', factor: 10 }`. */
export type TaskBehaviourInput = z.input<typeof taskBehaviourSchema>;

/** The behaviour of that kind in a list, if there is one. */
export function findBehaviour<K extends TaskBehaviour['kind']>(
  behaviours: readonly TaskBehaviour[],
  kind: K,
): (TaskBehaviour & { readonly kind: K }) | undefined {
  return behaviours.find((one): one is TaskBehaviour & { readonly kind: K } => one.kind === kind);
}
