import { parentPort } from 'node:worker_threads';
import { SAMPLE_RATE } from '../synth/pcm.ts';
import { renderSelection } from '../synth/render.ts';
import { convertAudio, encodeAudio } from './encode.ts';
import type { RenderAnswer, RenderMessage } from './render-thread.ts';

const port = parentPort;
if (port === null) throw new Error('render-worker.ts runs as a worker thread only');

// One after another: the encoder is not re-entrant.
let previous: Promise<void> = Promise.resolve();

port.on('message', (order: RenderMessage) => {
  previous = previous.then(async () => {
    port.postMessage(await render(order));
  });
});

async function render(order: RenderMessage): Promise<RenderAnswer> {
  const { id, format } = order;
  try {
    if (order.source instanceof Uint8Array) return { id, bytes: await convertAudio(order.source, format) };
    const { song, selection } = order.source;
    const { pcm, gain } = renderSelection(song, selection, order.gain);
    return { id, bytes: await encodeAudio(pcm, SAMPLE_RATE, format), gain };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}
