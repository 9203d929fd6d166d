import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { checkUpload } from '../../src/media/check-upload.ts';
import { inspectAudio } from '../../src/media/inspect-audio.ts';
import { probeAudio } from '../../src/media/probe-audio.ts';
import { speak } from '../../src/words/words.ts';
import { makeMp3, makeWav, padMp3 } from '../support/real-audio.ts';
import { makeFlac, makeMp4, makeOpus, NO_AUDIO } from './made-files.ts';

const EIGHT_MINUTES = { maxSeconds: 480 };
const VOICE = { maxSeconds: 480, minSeconds: 10, kinds: ['mp3', 'wav'] } as const;

afterEach(() => void vi.useRealTimers());

describe('probeAudio', () => {
  it.each([
    ['an MP3', () => makeMp3(3, 128), 'mp3', 3],
    ['an MP3 behind a large tag', async () => padMp3(await makeMp3(3, 128), 20_000_000), 'mp3', 3],
    ['a WAV', () => makeWav(4), 'wav', 4],
    ['a WAV that was cut off', () => makeWav(4).subarray(0, 44 + 2 * 4 * 44_100), 'wav', 2],
    ['a FLAC', () => makeFlac(12), 'flac', 12],
    ['an M4A', () => makeMp4('M4A ', 'soun', 7), 'm4a', 7],
    ['an MP4 with nothing but sound', () => makeMp4('isom', 'soun', 7), 'm4a', 7],
    ['an Opus', () => makeOpus(9), 'opus', 9],
  ])('tells kind and length of %s', async (_, make, kind, seconds) => {
    const facts = await probeAudio(await make());
    expect(facts).toEqual({ isAudio: true, kind, durationSeconds: expect.closeTo(seconds, 0) });
  });

  it('reads a part of a larger buffer as what it is', async () => {
    const wav = makeWav(2);
    const within = Buffer.concat([Buffer.alloc(33), wav, Buffer.alloc(9)]).subarray(33, 33 + wav.length);
    expect(await probeAudio(within)).toEqual({ isAudio: true, kind: 'wav', durationSeconds: 2 });
  });

  it.each([
    ['a PDF', NO_AUDIO.pdf, 'a PDF document'],
    ['a picture', NO_AUDIO.png, 'a picture (PNG)'],
    ['an archive', NO_AUDIO.zip, 'a ZIP archive'],
    ['a film', makeMp4('isom', 'vide', 5), 'a video (MP4)'],
    ['notes', NO_AUDIO.midi, 'a MIDI file, which holds notes and no sound'],
    ['text', NO_AUDIO.text, 'text'],
    ['nothing', NO_AUDIO.empty, 'empty'],
    ['anything else', NO_AUDIO.unknown, 'of a kind that is not known here'],
  ])('refuses %s and names it', async (_, bytes, name) => {
    const [finding] = checkUpload(await probeAudio(bytes), VOICE);
    expect(finding?.message).toBe(
      `This is not audio that MusicAPI takes: it is ${name}. Choose a file of MP3 or WAV.`,
    );
  });

  it.each([
    ['a WAV without sound', makeWav(0), 'wav'],
    ['a tag without sound', Buffer.from(`ID3\u0004${'\0'.repeat(5_000)}`, 'latin1'), 'mp3'],
  ])('leaves the length open of %s', async (_, bytes, kind) => {
    expect(await probeAudio(bytes)).toEqual({ isAudio: true, kind, durationSeconds: undefined });
  });

  it('lets the others be served while a file is made to take long, and gives it up in time', async () => {
    // Parts of no size, millions of them: the reader takes seconds for what no player looks at.
    const file = Buffer.concat([makeWav(1), Buffer.alloc(64_000_000)]);
    file.writeUInt32LE(file.length - 8, 4);
    let turns = 0;
    const others = setInterval(() => {
      turns += 1;
    }, 5);
    const facts = await probeAudio(file, { timeoutMs: 1_000 });
    clearInterval(others);
    expect(facts).toEqual({ isAudio: false, file: undefined });
    expect(checkUpload(facts, VOICE).map(({ message }) => message)).toEqual([
      'The file could not be looked through: it is damaged, or not what it seems to be. Choose a file of MP3 or WAV.',
    ]);
    expect(turns).toBeGreaterThan(20);
  });

  it('does not take a thread that starts late for a file that takes long', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const probing = probeAudio(makeWav(4));
    vi.advanceTimersByTime(60_000);
    expect(await probing).toMatchObject({ isAudio: true, kind: 'wav' });
  });
});

describe('inspectAudio', () => {
  it('survives any bytes, whatever kind their beginning promises', async () => {
    const starts = [Buffer.alloc(0), Buffer.from('ID3\u0004'), makeFlac(1), makeOpus(1), makeWav(0)];
    const start = fc.constantFrom(...starts, makeMp4('M4A ', 'soun', 1));
    await fc.assert(
      fc.asyncProperty(start, fc.nat(60), fc.uint8Array({ maxLength: 300 }), async (head, cut, rest) => {
        const facts = await inspectAudio(Buffer.concat([head.subarray(0, head.length - cut), rest]));
        if (!facts.isAudio) {
          expect(checkUpload(facts, VOICE)[0]?.message).toMatch(
            /^This is not audio that MusicAPI takes: it is .+\. Choose a file of MP3 or WAV\.$/,
          );
          return;
        }
        const { durationSeconds: seconds } = facts;
        expect(seconds === undefined || (Number.isFinite(seconds) && seconds > 0)).toBe(true);
      }),
    );
  });
});

describe('checkUpload', () => {
  const song = (durationSeconds: number | undefined) =>
    ({ isAudio: true, kind: 'mp3', durationSeconds }) as const;
  const messageOf = (...args: Parameters<typeof checkUpload>) =>
    checkUpload(...args).map(({ message }) => message);

  it.each([
    ['a song of eight minutes', song(480), EIGHT_MINUTES],
    ['a short sound', song(0.5), EIGHT_MINUTES],
    ['a voice of eleven seconds', song(11), VOICE],
  ])('takes %s', (_, facts, rules) => {
    expect(checkUpload(facts, rules)).toEqual([]);
  });

  it('refuses what is longer than eight minutes', () => {
    expect(checkUpload(song(480.2), EIGHT_MINUTES)).toEqual([
      {
        field: 'file',
        severity: 'refusal',
        message: 'The file is longer than 8 minutes: it has 8:01. Cut it and send it again.',
      },
    ]);
    expect(messageOf(song(3_723), EIGHT_MINUTES)[0]).toContain('it has 1:02:03.');
  });

  it('refuses a voice of ten seconds or less, and one of another kind', () => {
    expect(messageOf({ isAudio: true, kind: 'flac', durationSeconds: 9.9 }, VOICE)).toEqual([
      'The file is FLAC; here it has to be MP3 or WAV. Save it as one of those.',
      'The file has to be longer than 10 seconds: it has 0:09. Choose a longer one.',
    ]);
    expect(messageOf(song(10), VOICE)).toHaveLength(1);
  });

  it('refuses a file whose length cannot be read', () => {
    expect(messageOf(song(undefined), EIGHT_MINUTES)).toEqual([
      'The length of the file cannot be read: it is damaged or has no sound. Save it again as MP3 or WAV.',
    ]);
  });

  it('says it in the language of the person, whatever thread looked into the file', async () => {
    const facts = await probeAudio(NO_AUDIO.png);
    const [refused] = speak('de', () => checkUpload(facts, VOICE));
    expect(refused?.message).toBe(
      'Das ist kein Audio, das MusicAPI annimmt, sondern: ein Bild (PNG). Wähle eine Datei in MP3 oder WAV.',
    );
    const [long] = speak('de', () => checkUpload(song(481), EIGHT_MINUTES));
    expect(long?.message).toContain('Die Datei ist länger als 8 Minuten: Sie dauert 8:01.');
  });

  it('says of what is no audio what it is, and what to choose instead', async () => {
    expect(messageOf(await inspectAudio(NO_AUDIO.pdf), EIGHT_MINUTES)).toEqual([
      'This is not audio that MusicAPI takes: it is a PDF document. Choose a file of MP3, WAV, FLAC, M4A, AAC, OGG, OPUS or AIFF.',
    ]);
  });
});
