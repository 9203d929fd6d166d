import { describe, expect, it } from 'vitest';
import { checkKnownFile, createFileLook, readAudioFile } from '../../../src/discord/drafts/attached-audio.ts';
import type { Unread } from '../../../src/discord/drafts/drafts.ts';
import { createLogger } from '../../../src/log.ts';
import { findDeadHost, open, send, serve, signal } from '../../media/download-support.ts';
import { makeFlac, makeMp4, NO_AUDIO } from '../../media/made-files.ts';
import { makeMp3, makeWav } from '../../support/real-audio.ts';

const UPLOAD = { maxSeconds: 480 } as const;
const VOICE = { maxSeconds: 480, minSeconds: 10, kinds: ['mp3', 'wav'] } as const;
const MEBIBYTE = 1024 * 1024;

const log = createLogger({ level: 'silent' });

/** Looks into what a host serves under the name of an MP3. */
async function lookInto(bytes: Buffer, need: Parameters<ReturnType<typeof createFileLook>>[1]) {
  const host = await serve(send(bytes, { 'content-type': 'audio/mpeg' }));
  const file = { url: `http://${host}/song.mp3`, name: 'song.mp3' };
  const found = await createFileLook({ downloader: open([host]), log })(file, need);
  return { file, found, words: found.findings.map(({ message }) => message) };
}

describe('createFileLook', () => {
  it('adds the length of the content', async () => {
    const { file, found } = await lookInto(await makeMp3(12, 64), VOICE);
    expect(found).toEqual({
      file: { ...file, durationSeconds: expect.closeTo(12, 0) },
      findings: [],
    });
  });

  it.each([
    [
      'a PDF that is called a song',
      () => NO_AUDIO.pdf,
      UPLOAD,
      'This is not audio that MusicAPI takes: it is a PDF document. Choose a file of MP3, WAV, FLAC, M4A, AAC, OGG, OPUS or AIFF.',
    ],
    [
      'more than eight minutes',
      () => makeFlac(481),
      UPLOAD,
      'The file is longer than 8 minutes: it has 8:01. Cut it and send it again.',
    ],
    [
      'a voice of ten seconds',
      () => makeMp3(10, 64).then((mp3) => mp3.subarray(0, 79_000)),
      VOICE,
      'The file has to be longer than 10 seconds: it has 0:09. Choose a longer one.',
    ],
  ])('refuses %s', async (_, make, need, words) => {
    const looked = await lookInto(await make(), need);
    expect(looked.words).toEqual([words]);
  });

  it('tells everything that is wrong with a file', async () => {
    const looked = await lookInto(makeMp4('M4A ', 'soun', 5), VOICE);
    expect(looked.words).toEqual([
      'The file is M4A; here it has to be MP3 or WAV. Save it as one of those.',
      'The file has to be longer than 10 seconds: it has 0:05. Choose a longer one.',
    ]);
  });

  it.each([
    [404, 'Discord no longer has the file. Attach it once more.'],
    [500, 'The file could not be fetched from Discord. Try again in a minute.'],
  ])('says what to do when the host answers %i', async (status, words) => {
    const host = await serve((_, response) => response.writeHead(status).end());
    const look = createFileLook({ downloader: open([host]), log });
    const file = { url: `http://${host}/a.mp3`, name: 'a.mp3' };
    expect(await look(file, UPLOAD)).toEqual({
      file,
      findings: [{ field: 'file', severity: 'refusal', message: words }],
    });
  });

  it('says what to do when the host cannot be reached', async () => {
    const host = await findDeadHost();
    const { findings } = await createFileLook({ downloader: open([host]), log })(
      { url: `http://${host}/a.mp3`, name: 'a.mp3' },
      UPLOAD,
    );
    expect(findings[0]?.message).toBe('The file could not be fetched from Discord. Try again in a minute.');
  });

  it('asks no host but those of attachments', async () => {
    let asked = 0;
    const host = await serve((_, response) => {
      asked += 1;
      response.end();
    });
    const look = createFileLook({ downloader: open(['cdn.discordapp.com']), log });
    const { findings } = await look({ url: `http://${host}/a.mp3`, name: 'a.mp3' }, UPLOAD);
    expect(findings[0]?.message).toBe(
      'The file is not one that was attached in Discord. Attach it to the command.',
    );
    expect(asked).toBe(0);
  });

  it('breaks off what turns out to be too large', async () => {
    const host = await serve((_, response) => {
      response.writeHead(200, { 'content-length': 51 * MEBIBYTE }).write('ID3');
    });
    const look = createFileLook({ downloader: open([host]), log });
    const { findings } = await look({ url: `http://${host}/a.mp3`, name: 'a.mp3' }, UPLOAD);
    expect(findings[0]?.message).toBe('The file is larger than 50 MiB. Save it as MP3 and attach that.');
  });

  it('looks into two files at a time', async () => {
    const wav = makeWav(1);
    const held: (() => void)[] = [];
    const both = Promise.withResolvers<void>();
    let asked = 0;
    const host = await serve(({ url }, response) => {
      if (url === '/ping') return response.end(wav);
      asked += 1;
      if (asked > 2) return response.end(wav);
      held.push(() => response.end(wav));
      return held.length === 2 && both.resolve();
    });
    const downloader = open([host]);
    const look = createFileLook({ downloader, log });
    const looks = [1, 2, 3].map((number) =>
      look({ url: `http://${host}/${number}.wav`, name: 'a.wav' }, UPLOAD),
    );
    await both.promise;
    // A third one that was sent with them would have arrived by now.
    await downloader.download(`http://${host}/ping`, { signal });
    expect(asked).toBe(2);
    for (const finish of held) finish();
    const found = await Promise.all(looks);
    expect(found.map(({ file }) => file.durationSeconds)).toEqual([1, 1, 1]);
  });
});

describe('checkKnownFile', () => {
  const endsAt = Date.UTC(2026, 10, 21);
  const url = `https://cdn.discordapp.com/ephemeral-attachments/1/2/a.mp3?ex=${(endsAt / 1_000).toString(16)}&is=0&hm=0&`;

  it('refuses an attachment whose address has run out', () => {
    expect(checkKnownFile({ url, name: 'a.mp3' }, UPLOAD, endsAt - 1)).toEqual([]);
    expect(checkKnownFile({ url, name: 'a.mp3' }, UPLOAD, endsAt)).toEqual([
      {
        field: 'file',
        severity: 'refusal',
        message: 'Discord no longer has the file. Attach it once more.',
      },
    ]);
  });

  it.each([
    'https://cdn1.suno.ai/a.mp3?ex=1',
    'https://cdn.discordapp.com/attachments/1/2/a.mp3',
    'no address',
  ])('says nothing about %s', (other) => {
    expect(checkKnownFile({ url: other, name: 'a.mp3' }, UPLOAD, endsAt)).toEqual([]);
  });

  it('refuses a song that is longer than what MusicAPI takes in', () => {
    const songOf = (durationSeconds: number) => ({
      url: 'https://cdn1.suno.ai/a.mp3',
      name: 'a',
      durationSeconds,
    });
    expect(checkKnownFile(songOf(480), UPLOAD, endsAt)).toEqual([]);
    const [found, ...others] = checkKnownFile(songOf(553), UPLOAD, endsAt);
    expect(found?.message).toBe(
      'MusicAPI takes in at most 8:00 of audio, and this is 9:13 long. Choose something shorter.',
    );
    expect(others).toEqual([]);
    expect(checkKnownFile(songOf(553), undefined, endsAt)).toEqual([]);
  });
});

describe('readAudioFile', () => {
  const url = 'https://cdn.discordapp.com/attachments/1/2/a.mp3';

  it('takes over address and name', () => {
    const unread: Record<string, Unread> = {};
    expect(readAudioFile({ url, name: 'a.mp3', size: 50 * MEBIBYTE }, unread)).toEqual({
      url,
      name: 'a.mp3',
    });
    expect(readAudioFile(null, unread)).toBeUndefined();
    expect(unread).toEqual({});
  });

  it('notes a file that is too large without fetching it', () => {
    const unread: Record<string, Unread> = {};
    readAudioFile({ url, name: 'a.mp3', size: 50 * MEBIBYTE + 1 }, unread);
    expect(unread).toEqual({
      file: {
        text: 'a.mp3',
        problem: 'The file is larger than 50 MiB. Save it as MP3 and attach that.',
      },
    });
  });
});
