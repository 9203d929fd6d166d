import { wrapM4a } from '../../sandbox/musicapi/media/m4a.ts';
import { createLogger } from '../../src/log.ts';
import { createWaveformArtist } from '../../src/media/waveform.ts';
import { makeMp3, makeWav } from '../support/real-audio.ts';
import { percentile, type Row } from './table.ts';

const SONG_SECONDS = 240;
const KBPS = 128;
const ROUNDS = 7;
const MAX_MS = 1_000;
const PLAN = {
  kind: 'shares',
  parts: ['Verse 1', 'Chorus', 'Verse 2', 'Chorus', 'Outro'].map((name) => ({ name, share: 1 })),
} as const;

/** How long the picture of a song of four minutes takes, from its file to the PNG, in the thread that draws. */
export async function benchPictures(): Promise<readonly Row[]> {
  const mp3 = await makeMp3(SONG_SECONDS, KBPS);
  const files = [
    ['mp3', mp3],
    ['m4a', Buffer.from(wrapM4a(mp3))],
    ['wav', makeWav(SONG_SECONDS)],
  ] as const;
  const artist = createWaveformArtist({ log: createLogger({ level: 'silent' }) });
  try {
    const rows: Row[] = [];
    for (const [extension, bytes] of files) {
      const times: number[] = [];
      const cpuBefore = process.cpuUsage();
      for (let round = 0; round < ROUNDS; round += 1) {
        const startedAt = performance.now();
        const drawn = await artist.draw({ bytes, extension }, PLAN, new AbortController().signal);
        if (!drawn) throw new Error(`no picture of the ${extension}`);
        times.push(performance.now() - startedAt);
      }
      const { user, system } = process.cpuUsage(cpuBefore);
      // What it would take on a machine that does nothing else.
      const cpuMs = (user + system) / 1_000 / ROUNDS;
      const [first = Number.NaN] = times;
      const typical = percentile(times, 50);
      rows.push({
        what: `waveform of a song of four minutes, ${extension}, p50`,
        bare: '',
        ours: `${typical.toFixed(0)} ms, the first ${first.toFixed(0)} ms, ${cpuMs.toFixed(0)} ms of a core`,
        reach: `below ${MAX_MS} ms`,
        figure: `${typical.toFixed(0)} ms`,
        met: typical < MAX_MS,
      });
    }
    return rows;
  } finally {
    await artist.close();
  }
}
