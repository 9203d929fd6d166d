import { execFileSync } from 'node:child_process';
import type { Worker } from 'node:worker_threads';
import { inflateSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { wrapM4a } from '../../sandbox/musicapi/media/m4a.ts';
import { createLogger } from '../../src/log.ts';
import { loadFonts } from '../../src/media/picture-font.ts';
import { isPlausible } from '../../src/media/plausible.ts';
import type { SectionPlan } from '../../src/media/sections.ts';
import { createWaveformArtist } from '../../src/media/waveform.ts';
import { measurePeaks } from '../../src/media/waveform-peaks.ts';
import { makeMp3, makeWav, padMp3 } from '../support/real-audio.ts';
import { makeDenseFlac } from './made-files.ts';

const artist = createWaveformArtist({ log: createLogger({ level: 'silent' }) });
const alive = new AbortController().signal;
afterAll(() => artist.close());

const draw = (bytes: Buffer, extension: string, plan: SectionPlan = VERSE) =>
  artist.draw({ bytes, extension }, plan, alive);
const VERSE = { kind: 'shares', parts: [{ name: 'Verse', share: 1 }] } as const;

/** A wav of one channel and 8 bits. */
function makePlainWav(seconds: number, rate: number, sample: (index: number) => number): Buffer {
  const file = Buffer.alloc(44 + seconds * rate);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  for (const [index, value] of [16, 0x10001, rate, rate, 0x80001].entries()) {
    file.writeUInt32LE(value, 16 + index * 4);
  }
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(seconds * rate, 40);
  for (let index = 0; index < seconds * rate; index += 1) file[44 + index] = sample(index);
  return file;
}

/** Width, height, and the size of the pixels with a byte before each row. */
function readPng(png: Buffer) {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') {
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
    }
  }
  return { width, height, rawBytes: inflateSync(Buffer.concat(data)).length };
}

describe('a song', () => {
  it.each([
    ['mp3', () => makeMp3(8, 128)],
    ['wav', async () => makeWav(8)],
    ['m4a', async () => Buffer.from(wrapM4a(await makeMp3(8, 128)))],
    ['mp3', async () => padMp3(await makeMp3(8, 128), 3_000_000)],
  ])('in %s becomes a small picture with its length and parts', async (extension, make) => {
    const made = await draw(await make(), extension);
    expect(made?.durationSeconds).toBeCloseTo(8, 0);
    expect(made?.sections?.list.map(({ name }) => name)).toEqual(['Verse']);
    const png = made?.png ?? Buffer.alloc(0);
    expect(png.length).toBeLessThan(60_000);
    expect(readPng(png)).toEqual({ width: 1_100, height: 220, rawBytes: (1_100 * 4 + 1) * 220 });
  });

  it('is drawn with its parts named in the letters of other scripts', async () => {
    const plan = (name: string) => ({ kind: 'shares', parts: [{ name, share: 1 }] }) as const;
    const wav = makeWav(2);
    const pictures = await Promise.all(
      ['Куплет', 'Δίστιχο', 'Điệp khúc', ''].map((name) => draw(wav, 'wav', plan(name))),
    );
    expect(new Set(pictures.map((made) => made?.png.toString('base64'))).size).toBe(4);
  });
});

/** A wav whose head says something else: two bytes at each of these places. */
function forgeWav(changes: Readonly<Record<number, number>>): Buffer {
  const file = makeWav(1);
  for (const [at, value] of Object.entries(changes)) file.writeUInt16LE(value, Number(at));
  return file;
}

/** An m4a whose table claims so many frames, whatever length it gives. */
async function forgeM4a(frames: number): Promise<Buffer> {
  const file = Buffer.from(wrapM4a(await makeMp3(2, 128)));
  file.writeUInt32BE(frames, file.indexOf('stsz') + 12);
  return file;
}

const PEAKS_MODULE = new URL('../../src/media/waveform-peaks.ts', import.meta.url).href;

describe('a forged file', () => {
  const plain = { extension: 'wav', bytes: makeWav(1) };
  it.each([
    ['a wav of thousands of channels', 'wav', () => forgeWav({ 22: 60_000 })],
    ['a wav of blocks smaller than their samples', 'wav', () => forgeWav({ 32: 1 })],
    ['a wav packed beyond all measure', 'wav', () => forgeWav({ 20: 0x11, 32: 1 })],
    ['an m4a of more frames than it claims time', 'm4a', () => forgeM4a(60_000)],
  ])('is not decoded: %s', async (_, extension, forge) => {
    const bytes = await forge();
    expect(isPlausible(bytes, extension)).toBe(false);
    expect(await measurePeaks(bytes, extension)).toBeUndefined();
    expect(isPlausible(plain.bytes, plain.extension)).toBe(true);
  });

  it('of hours of sound in a few bytes takes little memory', () => {
    const dense = makeDenseFlac(4_000);
    expect(dense.length).toBeLessThan(64 * 1024);
    // In a process of its own, whose memory nothing else takes. Linux counts what its parent had in maxRSS.
    const script = `
      const { measurePeaks } = await import(${JSON.stringify(PEAKS_MODULE)});
      const { existsSync, readFileSync } = await import('node:fs');
      const peaks = await measurePeaks(readFileSync(0), 'flac');
      const status = '/proc/self/status';
      const [, peak] = existsSync(status) ? /VmHWM:\\s+(\\d+) kB/.exec(readFileSync(status, 'utf8')) : [];
      console.log(JSON.stringify([peaks === undefined, Number(peak ?? process.resourceUsage().maxRSS)]));`;
    const answer = execFileSync(process.execPath, ['--input-type=module', '-e', script], { input: dense });
    const [isRefused, kib] = JSON.parse(`${answer}`);
    expect(isRefused).toBe(true);
    expect(kib / 1024).toBeGreaterThan(50);
    expect(kib / 1024).toBeLessThan(500);
  });

  it('is decoded where it is short after all', async () => {
    const made = await draw(makeDenseFlac(40), 'flac');
    expect(made?.durationSeconds).toBeGreaterThan(50);
  });
});

describe('no picture', () => {
  it.each([
    ['a text', 'mp3', Buffer.from('la la la')],
    ['a kind without a decoder', 'mid', makeWav(1)],
    ['the head of a wav alone', 'wav', makeWav(1).subarray(0, 44)],
    ['an m4a that is none', 'm4a', Buffer.alloc(20_000, 'moov')],
    ['a damaged flac', 'flac', Buffer.concat([Buffer.from('fLaC'), Buffer.alloc(20_000, 0xa5)])],
    ['nothing', 'mp3', Buffer.alloc(0)],
    ['silence', 'wav', makePlainWav(4, 8_000, () => 0x80)],
    ['three hours', 'wav', makePlainWav(3 * 3_600, 1_000, (index) => index % 256)],
  ])('comes of %s, and the next song is drawn all the same', async (_, extension, bytes) => {
    expect(await draw(bytes, extension)).toBeUndefined();
    expect(await draw(makeWav(1), 'wav')).toBeDefined();
  });

  it('comes of a song that takes too long', async () => {
    const hasty = createWaveformArtist({ log: createLogger({ level: 'silent' }), timeoutMs: 1 });
    expect(await hasty.draw({ bytes: makeWav(1), extension: 'wav' }, undefined, alive)).toBeUndefined();
    await hasty.close();
  });
});

it('stops drawing when it is told to', async () => {
  const stopping = new AbortController();
  const drawing = artist.draw({ bytes: makeWav(60), extension: 'wav' }, undefined, stopping.signal);
  stopping.abort(new Error('the process ends'));
  await expect(drawing).rejects.toThrow('the process ends');
});

it('lets an order go at once that is given up before its turn', async () => {
  const stopping = new AbortController();
  let isFirstDone = false;
  const first = draw(makeWav(60), 'wav').finally(() => {
    isFirstDone = true;
  });
  const second = artist.draw({ bytes: makeWav(1), extension: 'wav' }, undefined, stopping.signal);
  stopping.abort(new Error('nobody waits any more'));
  await expect(second).rejects.toThrow('nobody waits any more');
  expect(isFirstDone).toBe(false);
  expect(await first).toBeDefined();
});

it('draws on after its thread has died while it was idle', async () => {
  const started: Worker[] = [];
  const note = (worker: Worker) => started.push(worker);
  process.on('worker', note);
  const own = createWaveformArtist({ log: createLogger({ level: 'silent' }) });
  const song = { bytes: makeWav(1), extension: 'wav' };
  expect(await own.draw(song, undefined, alive)).toBeDefined();
  expect(await own.draw(song, undefined, alive)).toBeDefined();
  expect(started).toHaveLength(1);
  await started[0]?.terminate();
  expect(await own.draw(song, undefined, alive)).toBeDefined();
  expect(started).toHaveLength(2);
  process.off('worker', note);
  await own.close();
});

it('does without a picture where an order cannot be handed to its thread', async () => {
  // Nothing makes such a plan; what cannot be copied stands for any fault of handing over.
  const plan = { kind: 'shares', parts: [{ name: 'Verse', share: () => 1 }] } as unknown as SectionPlan;
  expect(await draw(makeWav(1), 'wav', plan)).toBeUndefined();
  expect(await draw(makeWav(1), 'wav')).toBeDefined();
});

it('takes its letters from web fonts, one for each group of scripts', async () => {
  const fonts = await loadFonts(['Verse 1', 'Куплет', 'サビ']);
  expect(fonts).toHaveLength(2);
  for (const font of fonts) {
    expect(font.readUInt32BE(0)).toBe(0x00010000);
    const tables = Array.from({ length: font.readUInt16BE(4) }, (_, index) => 12 + index * 16);
    for (const at of tables) {
      expect(font.readUInt32BE(at + 8) + font.readUInt32BE(at + 12)).toBeLessThanOrEqual(font.length);
    }
  }
});
