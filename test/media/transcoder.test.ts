import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseBuffer } from 'music-metadata';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../../src/log.ts';
import type { Media } from '../../src/media/download.ts';
import { createTranscoder } from '../../src/media/transcoder.ts';
import { makeMp3, makeWav, padMp3 } from '../support/real-audio.ts';

const KIB = 1024;
const log = createLogger({ level: 'silent' });
const alive = new AbortController().signal;
const room = (maxKib: number, maxPieces = 10) => ({
  maxBytes: maxKib * KIB,
  maxTotalBytes: 25 * KIB * KIB,
  maxPieces,
});
const mediaOf = (bytes: Buffer, extension: string): Media => ({
  bytes,
  extension,
  mime: `audio/${extension}`,
  contentType: `audio/${extension}`,
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'encore-transcoder-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The seconds that a file claims, by a reader of its own. */
async function readSeconds(bytes: Buffer): Promise<number> {
  return (await parseBuffer(bytes, undefined, { duration: true })).format.duration ?? Number.NaN;
}

describe('shrink, where there is no ffmpeg', () => {
  const transcoder = createTranscoder({ log, ffmpeg: join(tmpdir(), 'no-such-program') });

  it('makes an MP3 of the best bitrate that fits of a wav', async () => {
    const made = await transcoder.shrink(mediaOf(makeWav(8), 'wav'), room(200), alive);
    expect(made?.files.map(({ extension, contentType }) => [extension, contentType])).toEqual([
      ['mp3', 'audio/mpeg'],
    ]);
    expect(made?.kbps).toBe(192);
    const [file] = made?.files ?? [];
    expect(file?.bytes.length).toBeLessThanOrEqual(200 * KIB);
    expect(await readSeconds(file?.bytes ?? Buffer.alloc(0))).toBeCloseTo(8, 0);
  });

  it('makes a lower bitrate of an MP3, however large the tag in front of its sound is', async () => {
    const original = padMp3(await makeMp3(8, 320), 3 * KIB * KIB);
    const made = await transcoder.shrink(mediaOf(original, 'mp3'), room(140), alive);
    expect(made?.kbps).toBe(128);
    expect(await readSeconds(made?.files[0]?.bytes ?? Buffer.alloc(0))).toBeCloseTo(8, 0);
  });

  it('cuts into pieces that can each be played where even a low bitrate is too large', async () => {
    const made = await transcoder.shrink(mediaOf(makeWav(12), 'wav'), room(60), alive);
    const files = made?.files ?? [];
    expect(files).toHaveLength(3);
    for (const { bytes } of files) {
      expect(bytes.length).toBeLessThanOrEqual(60 * KIB);
      expect(await readSeconds(bytes)).toBeCloseTo(4, 0);
    }
  });

  it.each([
    ['what only looks like audio', mediaOf(Buffer.from(`ID3\u0004${'\0'.repeat(50_000)}`, 'latin1'), 'mp3')],
    ['a kind that nothing here decodes', mediaOf(Buffer.alloc(50_000), 'mid')],
    ['a wav without sound', mediaOf(makeWav(0), 'wav')],
  ])('says so when it cannot: %s', async (_, media) => {
    expect(await transcoder.shrink(media, room(10), alive)).toBeUndefined();
  });

  it('gives a file up that takes too long, and is there for the next one', async () => {
    const hasty = createTranscoder({ log, ffmpeg: 'no-such-program', timeoutMs: 1 });
    expect(await hasty.shrink(mediaOf(makeWav(60), 'wav'), room(100), alive)).toBeUndefined();
    const made = await transcoder.shrink(mediaOf(makeWav(1), 'wav'), room(100), alive);
    expect(made?.files).toHaveLength(1);
  });

  it('ends at once when aborted, also those that wait for their turn', async () => {
    const abort = new AbortController();
    const tries = [1, 2].map(() =>
      transcoder.shrink(mediaOf(makeWav(120), 'wav'), room(2_000), abort.signal),
    );
    abort.abort(new Error('the end'));
    for (const settled of await Promise.allSettled(tries)) {
      expect(settled).toMatchObject({ status: 'rejected', reason: { message: 'the end' } });
    }
  });
});

/** A program that answers as ffmpeg does, notes what it is asked for and gives out prepared files. */
async function fakeFfmpeg(name: string, lines: string): Promise<{ path: string; asked: string }> {
  const path = join(folder, name);
  const asked = `${path}.asked`;
  const script = [
    '#!/bin/sh',
    'if [ "$2" = "-version" ]; then echo "ffmpeg version 7"; exit 0; fi',
    `echo "$@" >> '${asked}'`,
    'for last; do :; done',
    lines,
  ];
  await writeFile(path, script.join('\n'));
  await chmod(path, 0o755);
  return { path, asked };
}

describe('shrink, where there is an ffmpeg', () => {
  const wav = mediaOf(makeWav(2), 'wav');

  it('makes a FLAC of a wav where that is small enough', async () => {
    const { path, asked } = await fakeFfmpeg('flac', 'printf fLaC > "$last"');
    const made = await createTranscoder({ log, ffmpeg: path }).shrink(wav, room(300), alive);
    expect(made?.files).toMatchObject([{ extension: 'flac', contentType: 'audio/flac' }]);
    expect(made?.kbps).toBeUndefined();
    expect(await readFile(asked, 'utf8')).toContain('-protocol_whitelist file -f wav -i');
  });

  it('makes an MP3 otherwise, and asks it for the length first', async () => {
    const { path, asked } = await fakeFfmpeg(
      'mp3',
      [
        'case "$last" in',
        '  *.flac) head -c 999999 /dev/zero > "$last";;',
        '  *.mp3) printf mp3 > "$last";;',
        '  *) echo "  Duration: 00:00:02.00, bitrate: 1411 kb/s" >&2; exit 1;;',
        'esac',
      ].join('\n'),
    );
    const made = await createTranscoder({ log, ffmpeg: path }).shrink(wav, room(300), alive);
    expect(made).toMatchObject({ files: [{ extension: 'mp3', bytes: Buffer.from('mp3') }], kbps: 320 });
    expect(await readFile(asked, 'utf8')).toContain('-c:a libmp3lame -b:a 320k');
  });

  it('makes no FLAC of an MP3, whose lost sound that does not bring back', async () => {
    const lines = [
      'case "$last" in',
      '  *.flac) printf fLaC > "$last";;',
      '  *.mp3) printf mp3 > "$last";;',
      '  *) echo "  Duration: 00:00:02.00, bitrate: 320 kb/s" >&2; exit 1;;',
      'esac',
    ].join('\n');
    const { path } = await fakeFfmpeg('lossy', lines);
    const mp3 = mediaOf(await makeMp3(2, 320), 'mp3');
    const made = await createTranscoder({ log, ffmpeg: path }).shrink(mp3, room(60), alive);
    expect(made?.files).toMatchObject([{ extension: 'mp3' }]);
  });

  it('encodes without it when it fails or gives out what is too large', async () => {
    const broken = await fakeFfmpeg('broken', 'echo "Illegal instruction" >&2; exit 132');
    const made = await createTranscoder({ log, ffmpeg: broken.path }).shrink(wav, room(300), alive);
    expect(made).toMatchObject({ files: [{ extension: 'mp3' }], kbps: 320 });
  });
});

describe('zip', () => {
  it('packs files in their order', async () => {
    const files = ['01 Vocals.mp3', '02 Drums.mp3'].map((name) => ({ name, bytes: new Uint8Array(1_000) }));
    const archive = await createTranscoder({ log }).zip(files, alive);
    expect(archive).toMatchObject({ extension: 'zip', contentType: 'application/zip' });
    expect(archive.bytes.subarray(0, 2).toString()).toBe('PK');
    const text = archive.bytes.toString('latin1');
    expect(text.indexOf('01 Vocals.mp3')).toBeLessThan(text.indexOf('02 Drums.mp3'));
  });
});
