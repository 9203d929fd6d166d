/** The thread in which songs are decoded and drawn: an answer for each order. A file that breaks a decoder ends it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { Resvg } from '@resvg/resvg-js';
import { FONT_FAMILY, loadFonts } from './picture-font.ts';
import { placeSections } from './sections.ts';
import type { WaveformAnswer, WaveformOrder } from './waveform.ts';
import { measurePeaks } from './waveform-peaks.ts';
import { type Drawing, drawWaveform } from './waveform-svg.ts';

const port = parentPort;
if (port === null) throw new Error('waveform-worker.ts runs as a worker thread only');

/** Below this nothing is heard: about -60 dB. */
const SILENCE = 0.001;

port.on('message', async (order: WaveformOrder) => port.postMessage(await carryOut(order)));

async function carryOut({ bytes, extension, plan }: WaveformOrder): Promise<WaveformAnswer> {
  const peaks = await measurePeaks(bytes, extension);
  if (!peaks) return { nothing: 'no sound that can be decoded, or too much of it' };
  if (!peaks.bins.some((bin) => bin > SILENCE)) return { nothing: 'silence' };
  const sections = placeSections(plan, peaks.durationSeconds);
  const png = await render(drawWaveform(peaks, sections));
  return { png, durationSeconds: peaks.durationSeconds, sections };
}

/** The renderer takes fonts from files only. */
async function render({ svg, texts }: Drawing): Promise<Uint8Array<ArrayBuffer>> {
  const fonts = await loadFonts(texts);
  const folder = await mkdtemp(join(tmpdir(), 'encore-font-'));
  try {
    const fontFiles = fonts.map((_, index) => join(folder, `${index}.ttf`));
    await Promise.all(fontFiles.map((path, index) => writeFile(path, fonts[index] ?? '')));
    const font = { loadSystemFonts: false, fontFiles, defaultFontFamily: FONT_FAMILY };
    return Uint8Array.from(new Resvg(svg, { font, logLevel: 'off' }).render().asPng());
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
