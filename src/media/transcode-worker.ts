/** The thread in which audio is encoded and archives are packed: one order, one answer, then it ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { makeZip } from 'client-zip';
import { encodePieces } from './encode-pieces.ts';
import type { ThreadAnswer, ThreadOrder } from './thread.ts';

const port = parentPort;
if (port === null) throw new Error('transcode-worker.ts runs as a worker thread only');

const answer = await carryOut(workerData as ThreadOrder);
const buffers = 'pieces' in answer ? answer.pieces.map(({ buffer }) => buffer) : [];
port.postMessage(answer, buffers);

async function carryOut(order: ThreadOrder): Promise<ThreadAnswer> {
  if (order.kind === 'zip') {
    const files = order.files.map(({ name, bytes }) => ({ name, input: bytes, lastModified: new Date(0) }));
    const zip = new Uint8Array(await new Response(makeZip(files)).arrayBuffer());
    return { pieces: [zip] };
  }
  return (await encodePieces(order)) ?? { pieces: [] };
}
