/** The thread in which a file of a stranger is looked into: one file, what it is, how it was made, then it ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { inspectAudio } from './inspect-audio.ts';
import type { ProbeAnswer } from './probe-audio.ts';
import { readRecipe } from './read-recipe.ts';

const port = parentPort;
if (port === null) throw new Error('probe-worker.ts runs as a worker thread only');
const tell = (answer: ProbeAnswer) => port.postMessage(answer);
const bytes = workerData as Uint8Array;

tell('begins');
const facts = await inspectAudio(bytes);
tell({ facts });
if (facts.isAudio) tell({ recipe: await readRecipe(bytes) });
