import { expect, it } from 'vitest';
import { SongPictures } from '../../../src/discord/pictures/song-pictures.ts';
import { buildWaveformFile, hasRoomFor } from '../../../src/discord/pictures/waveform-file.ts';
import type { Clip } from '../../../src/domain/clip.ts';
import { createLogger } from '../../../src/log.ts';
import type { Waveform } from '../../../src/media/waveform.ts';
import { speak } from '../../../src/words/words.ts';

const MIB = 1024 * 1024;
const CLIP: Clip = {
  clipId: 'clip-1',
  accountId: 'operator',
  engine: 'sonic',
  source: 'generated',
  kind: 'song',
  taskId: 'task-1',
  take: 1,
  title: 'Night Sea',
  lyrics: '[Verse]\nla',
  ownerId: '1',
  createdAt: 0,
};
const FILE = { bytes: Buffer.alloc(10), extension: 'mp3', mime: 'audio/mpeg', contentType: 'audio/mpeg' };
const WAVEFORM: Waveform = {
  png: Buffer.alloc(1_000),
  durationSeconds: 65,
  sections: { list: [{ name: 'Verse', startSeconds: 0, endSeconds: 65 }], isApproximate: true },
};
const signal = new AbortController().signal;

/** Draws nothing, and notes by which lyrics and words. */
function createPictures(findWords: () => Promise<undefined>) {
  const planned: unknown[] = [];
  const pictures = new SongPictures({
    artist: { draw: async () => WAVEFORM, close: async () => {} },
    plan: (lyrics, words) => {
      planned.push([lyrics, words]);
      return undefined;
    },
    findWords,
    log: createLogger({ level: 'silent' }),
  });
  return { pictures, planned };
}

it('draws a song by its lyrics where the times of its words cannot be read', async () => {
  const { pictures, planned } = createPictures(async () => {
    throw new Error('the database is away');
  });
  expect(await pictures.draw(CLIP, FILE, signal)).toBe(WAVEFORM);
  expect(planned).toEqual([['[Verse]\nla', undefined]]);
});

it('draws no single tracks', async () => {
  const { pictures } = createPictures(async () => undefined);
  expect(await pictures.draw({ ...CLIP, kind: 'stem' }, FILE, signal)).toBeUndefined();
});

it.each([
  ['uploaded', 'mp3', true],
  ['uploaded', 'wav', true],
  ['uploaded', 'flac', false],
  ['uploaded', 'ogg', false],
  ['uploaded', 'm4a', false],
  ['generated', 'flac', true],
  ['generated', 'm4a', true],
] as const)('draws of a song that was %s a file in %s: %s', async (source, extension, isDrawn) => {
  const { pictures } = createPictures(async () => undefined);
  const drawn = await pictures.draw({ ...CLIP, source }, { ...FILE, extension }, signal);
  expect(drawn !== undefined).toBe(isDrawn);
});

it.each([
  ['en', 'Waveform of “Night Sea”, 1:05 long. Its parts, about where they are by the lyrics: Verse at 0:00.'],
  [
    'de',
    'Wellenform von „Night Sea“, Länge 1:05. Die Teile, nach dem Songtext ungefähr hier: Verse bei 0:00.',
  ],
] as const)('describes the picture in the language that is spoken: %s', (language, description) => {
  expect(speak(language, () => buildWaveformFile(WAVEFORM, CLIP))).toMatchObject({
    name: 'waveform.png',
    contentType: 'image/png',
    description,
  });
});

it.each([
  ['a file and a limit that are far apart', 1, MIB, 10 * MIB, true],
  ['a file that takes all of the limit', 1, 10 * MIB - 999, 10 * MIB, false],
  ['a file that leaves just enough', 1, 10 * MIB - 1_000, 10 * MIB, true],
  ['a place that takes nothing', 0, 0, 0, false],
  ['a message of ten files', 10, 100, 10 * MIB, false],
  ['more than any message takes', 1, 25 * MIB, 100 * MIB, false],
])('has room besides the sound: %s', (_, count, bytes, limit, expected) => {
  const files = Array.from({ length: count }, () => ({ ...FILE, bytes: Buffer.alloc(bytes) }));
  expect(hasRoomFor(WAVEFORM, { clips: [{ clip: CLIP, files }] }, limit)).toBe(expected);
});
