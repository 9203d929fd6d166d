import { Worker } from 'node:worker_threads';
import type { AudioFacts } from './audio-facts.ts';
import type { Recipe } from './recipe.ts';

const DEFAULT_TIMEOUT_MS = 15_000;
const MAX_HEAP_MB = 128;

const TOO_HARD: AudioFacts = { isAudio: false, file: undefined };

interface ProbeOptions {
  /** After so long in a thread that was ready for it, the file is given up as damaged. @defaultValue 15 s */
  readonly timeoutMs?: number;
}

/** What the thread tells: that it begins, then the one, and then the other of what is audio. */
export type ProbeAnswer = 'begins' | { readonly facts: AudioFacts } | { readonly recipe: Recipe | undefined };

/** A file, and how it was made, where it says so itself. */
interface ProbedSong {
  readonly facts: AudioFacts;
  /** Anybody can have written it. */
  readonly recipe: Recipe | undefined;
}

/**
 * Finds out what kind of audio a file is and how long, by its content; its name is not asked. Runs in a thread of its
 * own, because a file can be made so that reading its length takes many seconds, during which nobody else would be
 * answered.
 *
 * @returns what was found; it never throws because of what the bytes are.
 */
export async function probeAudio(bytes: Uint8Array, options: ProbeOptions = {}): Promise<AudioFacts> {
  return (await probe(bytes, options, 'facts')).facts;
}

/** The same, and looks for a recipe. */
export async function probeSong(bytes: Uint8Array, options: ProbeOptions = {}): Promise<ProbedSong> {
  return await probe(bytes, options, 'recipe');
}

async function probe(
  bytes: Uint8Array,
  { timeoutMs = DEFAULT_TIMEOUT_MS }: ProbeOptions,
  last: 'facts' | 'recipe',
): Promise<ProbedSong> {
  const worker = new Worker(new URL('./probe-worker.ts', import.meta.url), {
    workerData: bytes,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
  let song: ProbedSong = { facts: TOO_HARD, recipe: undefined };
  let timer: NodeJS.Timeout | undefined;
  const { promise, resolve } = Promise.withResolvers<void>();
  worker.on('message', (answer: ProbeAnswer) => {
    if (answer === 'begins') {
      // Not before: a busy machine may take seconds to start a thread, and the file is none the worse for it.
      timer = setTimeout(resolve, timeoutMs);
      return;
    }
    song = { ...song, ...answer };
    if (last in answer) resolve();
  });
  worker.once('error', () => resolve());
  worker.once('exit', () => resolve());
  try {
    await promise;
    return song;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
