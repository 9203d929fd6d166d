import decode from 'audio-decode';
import fc from 'fast-check';
import { parseBuffer } from 'music-metadata';
import { beforeAll, describe, expect, it } from 'vitest';
import { wrapM4a } from '../../sandbox/musicapi/media/m4a.ts';
import type { Clip } from '../../src/domain/clip.ts';
import type { Request } from '../../src/domain/request.ts';
import { probeSong } from '../../src/media/probe-audio.ts';
import { readRecipe } from '../../src/media/read-recipe.ts';
import { formatRecipe, parseRecipe, RECIPE_FRAME, type Recipe, recipeOf } from '../../src/media/recipe.ts';
import { buildTag } from '../../src/media/song-tags.ts';
import { withTags as withPieces } from '../../src/media/tag-file.ts';
import { makeMp3, makeWav, padMp3 } from '../support/real-audio.ts';
import { makeMp4, NO_AUDIO } from './made-files.ts';

const CLIP_ID = '8a2f3b44-0c1d-4b5e-9f6a-7b8c9d0e1f2a';
const PARENT_ID = '11111111-2222-4333-8444-555555555555';
const LYRICS = '[Verse]\nÜber dem Meer 🌊 / am Strand\n\n[Chorus]\nla // la';

const CLIP: Clip = {
  clipId: CLIP_ID,
  accountId: 'operator',
  engine: 'sonic',
  source: 'generated',
  kind: 'song',
  taskId: '01J0000000000000000000TASK',
  take: 2,
  title: 'Nachtmeer',
  tags: 'dream pop, (slow)',
  lyrics: LYRICS,
  prompt: 'the sea at night',
  model: 'chirp-v5',
  durationSeconds: 61.5,
  audioUrl: 'https://cdn.example/secret-address.mp3',
  ownerId: '100000000000000001',
  sharedGuildId: '200000000000000002',
  createdAt: 1_700_000_000_000,
};
const REQUEST: Request = {
  operation: 'cover',
  engine: 'sonic',
  clip: { clipId: PARENT_ID, engine: 'sonic', source: 'uploaded' },
  file: { url: 'https://cdn.discordapp.com/attachments/1/2/mine.mp3?ex=1', name: 'mine.mp3' },
  persona: { personaId: 'p-1', name: 'My secret voice' },
  prompt: 'the sea at night',
  tags: 'dream pop, (slow)',
  strength: 0.4,
  instrumental: false,
};
const RECIPE: Recipe = {
  engine: 'sonic',
  operation: 'cover',
  model: 'chirp-v5',
  clip: { clipId: CLIP_ID, engine: 'sonic', source: 'generated' },
  parent: { clipId: PARENT_ID, engine: 'sonic', source: 'uploaded' },
  inputs: { prompt: 'the sea at night', tags: 'dream pop, (slow)', strength: 0.4, instrumental: false },
  song: {
    title: 'Nachtmeer',
    tags: 'dream pop, (slow)',
    lyrics: LYRICS,
    prompt: 'the sea at night',
    durationSeconds: 61.5,
  },
};

function withTags(...order: Parameters<typeof withPieces>): Buffer | undefined {
  const pieces = withPieces(...order);
  return pieces && Buffer.concat(pieces);
}

/** A recipe with some of its fields changed, as somebody could have written it. */
function forge(changes: object): string {
  return JSON.stringify({ ...JSON.parse(formatRecipe(RECIPE)), ...changes });
}

describe('recipeOf', () => {
  it('holds all that made the song, and nothing of who asked for it or where', () => {
    expect(recipeOf(CLIP, REQUEST)).toEqual(RECIPE);
    const json = formatRecipe(recipeOf(CLIP, REQUEST));
    for (const secret of [
      '100000000000000001',
      '200000000000000002',
      'discordapp',
      'My secret',
      'secret-ad',
    ]) {
      expect(json).not.toContain(secret);
    }
  });

  it('names no clip that MusicAPI does not know', () => {
    expect(recipeOf({ ...CLIP, clipId: 'no-id-123' }, REQUEST).clip).toBeUndefined();
  });
});

describe('parseRecipe', () => {
  it('reads back what was written', () => {
    expect(parseRecipe(formatRecipe(RECIPE))).toEqual(RECIPE);
  });

  for (const { what, json } of [
    { what: 'no JSON', json: '{"encore":1' },
    { what: 'JSON of another kind', json: '[]' },
    { what: 'another version', json: forge({ encore: 2 }) },
    { what: 'a version as text', json: forge({ encore: '1' }) },
    { what: 'an operation that there is not', json: forge({ operation: 'drop-tables' }) },
    { what: 'an engine that there is not', json: forge({ engine: 'riffusion' }) },
    {
      what: 'a clip id that is none',
      json: forge({ clip: { clipId: '../../etc', engine: 'sonic', source: 'generated' } }),
    },
    { what: 'a clip as text', json: forge({ clip: CLIP_ID }) },
    { what: 'more text than any song has', json: forge({ song: { lyrics: 'la'.repeat(40_000) } }) },
  ]) {
    it(`takes no recipe with ${what}`, () => expect(parseRecipe(json)).toBeUndefined());
  }

  it('leaves out what is of the wrong kind', () => {
    const json = forge({
      inputs: { prompt: 7, tags: ['a'], strength: 1e9, vocals: 'robot', instrumental: 'yes', title: 'Kept' },
      song: { title: { a: 1 }, durationSeconds: -1, lyrics: 'la' },
      parent: 'x',
      userId: '1',
    });
    const found = parseRecipe(json);
    expect(found?.inputs).toEqual({ title: 'Kept' });
    expect(found?.song).toEqual({ lyrics: 'la' });
    expect(found?.parent).toBeUndefined();
    expect(found).not.toHaveProperty('userId');
    expect(parseRecipe(forge({ inputs: 'all', song: null }))).toMatchObject({ inputs: {}, song: {} });
  });

  it('takes invisible characters out of texts, and what is too long for MusicAPI', () => {
    const found = parseRecipe(
      forge({ song: { title: ' a\u0000b\u202Ec\u200B\r\nd ', tags: 'x'.repeat(2_000) }, inputs: {} }),
    );
    expect(found?.song.title).toBe('abc\nd');
    expect(found?.song.tags).toHaveLength(1_000);
  });
});

/** The same file with its sound in front of its description. */
function withSoundFirst(m4a: Buffer): Buffer {
  const [moov, mdat] = ['moov', 'mdat'].map((type) => m4a.indexOf(type) - 4) as [number, number];
  const start = Math.min(moov, mdat);
  const sizes = [moov, mdat].map((at) => m4a.readUInt32BE(at)) as [number, number];
  const [description, sound] = [moov, mdat].map((at, index) => m4a.subarray(at, at + (sizes[index] ?? 0)));
  if (!description || !sound) throw new Error('no M4A');
  const file = Buffer.concat([m4a.subarray(0, start), sound, description]);
  const place = file.indexOf('stco') + 12;
  file.writeUInt32BE(file.readUInt32BE(place) - mdat + start, place);
  return file;
}

/** A hundred bytes from where the description says that the sound begins. */
function readFirstChunk(m4a: Buffer): Buffer {
  const place = m4a.readUInt32BE(m4a.indexOf('stco') + 12);
  return m4a.subarray(place, place + 100);
}

describe('a song with its recipe in its file', () => {
  let mp3: Buffer;
  const wav = makeWav(1);
  const tags = { title: 'Nachtmeer', recipe: RECIPE };
  const tag = buildTag(tags);
  beforeAll(async () => {
    mp3 = await makeMp3(1, 64);
  });

  it('shows players the title, the style, the lyrics with their times, and the picture', async () => {
    const words = [
      { word: 'Über ', startSeconds: 1.25, endSeconds: 1.5 },
      { word: 'dem Meer', startSeconds: 1.5, endSeconds: 3 },
    ];
    const file = withTags(mp3, 'mp3', { ...tags, words, picture: NO_AUDIO.png });
    const { common, format } = await parseBuffer(file ?? mp3, undefined, { duration: true });
    expect(common.title).toBe('Nachtmeer');
    expect(common.genre).toEqual(['dream pop, [slow]']);
    expect(common.picture?.[0]).toMatchObject({ format: 'image/png', type: 'Cover (front)' });
    expect(Buffer.from(common.picture?.[0]?.data ?? [])).toEqual(NO_AUDIO.png);
    expect(common.lyrics?.map((one) => one.text ?? one.syncText)).toEqual([
      LYRICS,
      [
        { text: 'Über ', timestamp: 1_250 },
        { text: 'dem Meer', timestamp: 1_500 },
      ],
    ]);
    expect(format.duration).toBeCloseTo(1, 0);
  });

  it('keeps its MP3 frames bit for bit, and has one tag however often it is given one', async () => {
    const old = Buffer.from(padMp3(mp3, mp3.length + 5_000));
    const once = withTags(old, 'mp3', tags);
    const twice = withTags(once ?? old, 'mp3', tags);
    expect(twice).toEqual(Buffer.concat([tag, mp3]));
    expect(await readRecipe(twice ?? old)).toEqual(RECIPE);
  });

  it('keeps all parts of a WAV bit for bit, and has one tag however often it is given one', async () => {
    const once = withTags(wav, 'wav', tags);
    const twice = withTags(once ?? wav, 'wav', tags) ?? wav;
    expect(twice).toEqual(once);
    expect(twice.subarray(12, wav.length)).toEqual(wav.subarray(12));
    expect(twice.readUInt32LE(4)).toBe(twice.length - 8);
    expect(await readRecipe(twice)).toEqual(RECIPE);
    const { format } = await parseBuffer(twice, undefined, { duration: true });
    expect(format.duration).toBe(1);
  });

  it('keeps the sound of an M4A bit for bit and in its place, wherever its description stands', async () => {
    const m4a = Buffer.from(wrapM4a(await makeMp3(1, 128)));
    for (const file of [m4a, withSoundFirst(m4a)]) {
      const once = withTags(file, 'm4a', { ...tags, picture: NO_AUDIO.png });
      const twice = withTags(once ?? file, 'm4a', { ...tags, picture: NO_AUDIO.png }) ?? file;
      expect(twice).toEqual(once);
      expect(readFirstChunk(twice)).toEqual(readFirstChunk(file));
      expect(await readRecipe(twice)).toEqual(RECIPE);
      const { common, format } = await parseBuffer(twice, undefined, { duration: true });
      expect(common).toMatchObject({ title: 'Nachtmeer', genre: ['dream pop, (slow)'] });
      expect(common.lyrics?.[0]?.text).toBe(LYRICS);
      expect(common.picture?.[0]?.format).toBe('image/png');
      expect(format.duration).toBeCloseTo(1, 0);
      const [before, after] = await Promise.all([decode(file), decode(twice)]);
      expect(after.channelData).toEqual(before.channelData);
    }
  });

  it('is left alone where an M4A is not built as it should be', async () => {
    const m4a = Buffer.from(wrapM4a(await makeMp3(1, 128)));
    const broken = [
      m4a.subarray(0, m4a.length - 10),
      m4a.subarray(0, 40),
      Buffer.from(m4a.toString('latin1').replace('stco', 'co64'), 'latin1'),
      Buffer.from(m4a.toString('latin1').replace('moov', 'voom'), 'latin1'),
      Buffer.concat([m4a, Buffer.from('\0\0\0\x08moof', 'latin1')]),
      mp3,
      Buffer.alloc(0),
    ];
    for (const file of broken) expect(withTags(file, 'm4a', tags)).toBeUndefined();
  });

  it('is left alone where the tag of an MP3 claims to be longer than the file', () => {
    const short = padMp3(mp3, mp3.length + 5_000);
    expect(withTags(short, 'mp3', tags)).toEqual(Buffer.concat([tag, mp3]));
    short.writeUInt32BE(0x7f_7f_7f_7f, 6);
    expect(withTags(short, 'mp3', tags)).toBeUndefined();
  });

  it('is left alone where a WAV does not add up', () => {
    expect(withTags(wav.subarray(0, wav.length - 10), 'wav', tags)).toBeUndefined();
    expect(
      withTags(Buffer.from('RIFF\u0000\u0010\u0000\u0000WAVEfmt ', 'latin1'), 'wav', tags),
    ).toBeUndefined();
    expect(withTags(mp3, 'wav', tags)).toBeUndefined();
  });

  it('tells how it was made together with what it is', async () => {
    const file = withTags(mp3, 'mp3', tags) ?? mp3;
    expect(await probeSong(file)).toEqual({
      facts: { isAudio: true, kind: 'mp3', durationSeconds: expect.closeTo(1, 0) },
      recipe: RECIPE,
    });
    const plain = await probeSong(wav);
    expect(plain.facts.isAudio).toBe(true);
    expect(plain.recipe).toBeUndefined();
    expect((await probeSong(NO_AUDIO.pdf)).facts.isAudio).toBe(false);
  });

  it('tells nothing where its tag is forged, broken, huge, or of another kind', async () => {
    const huge = Buffer.alloc(2 * 1024 * 1024);
    tag.copy(huge);
    huge.writeUInt32BE(0x00_7f_7f_00, 6);
    for (const bytes of [
      mp3,
      tag.subarray(0, 40),
      Buffer.concat([Buffer.from(tag.subarray(0, 10)), Buffer.alloc(4_000, 0xff)]),
      huge,
      makeMp4('M4A ', 'soun', 3),
      ...Object.values(NO_AUDIO),
    ]) {
      expect(await readRecipe(bytes)).toBeUndefined();
    }
    const bad = Buffer.from(tag.toString('latin1').replace('s\0o\0n\0i\0c', 's\0o\0n\0i\0x'), 'latin1');
    expect(await readRecipe(Buffer.concat([bad, mp3]))).toBeUndefined();
    expect(RECIPE_FRAME).toBe('ENCORE_RECIPE');
  });

  it('never breaks the reader, whatever is changed in the tag', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(tag.length - 1), fc.integer({ min: 0, max: 255 }), async (at, value) => {
        const file = Buffer.from(tag);
        file[at] = value;
        const found = await readRecipe(file);
        if (found) expect(parseRecipe(formatRecipe(found))).toEqual(found);
      }),
      { numRuns: 200 },
    );
  });
});
