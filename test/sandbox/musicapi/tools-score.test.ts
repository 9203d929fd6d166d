import { parseBuffer } from 'music-metadata';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalMusicApi, startLocalMusicApi } from '../../../sandbox/musicapi/server.ts';
import { composeHarmony } from '../../../sandbox/musicapi/synth/harmony.ts';
import { composeScore } from '../../../sandbox/musicapi/synth/score.ts';
import { call, finish, LYRIC_SONG, SONG } from './client.ts';
import { readMidi } from './read-midi.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const LYRICS = '[Verse]\nStars they shine above me\nwhile I walk home\n\n[Chorus]\nOh, the stars\n[End]';

let api: LocalMusicApi;
let clipId: string;
let credits: number;

beforeEach(async () => {
  api = await startLocalMusicApi({ createIntervalMs: 0, lengths: { songSeconds: [6, 8] }, seed: 'tools' });
  const [clip] = await finish(api, { ...LYRIC_SONG, prompt: LYRICS });
  clipId = clip.clip_id;
  credits = api.credits().credits;
});

afterEach(() => api.close());

const tool = (path: string, body: unknown) => call(api, 'POST', `/sonic/${path}`, body);
const spent = () => credits - api.credits().credits;
const download = async (url: string): Promise<Buffer> => Buffer.from(await (await fetch(url)).arrayBuffer());
const getSong = () => {
  const song = api.tasks[0]?.clips[0]?.audio.song;
  if (song === undefined) throw new Error('the first task has a first clip');
  return song;
};

describe('POST /sonic/midi', () => {
  it("answers with the notes of the song's own score and a file that holds them, for one credit", async () => {
    const answer = await tool('midi', { clip_id: clipId });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      code: 200,
      data: { midi_url: `http://${api.host}/files/${clipId}.mid`, instruments: expect.any(Array) },
      message: 'success',
    });
    expect(spent()).toBe(1);
    const { instruments } = answer.body.data;
    const bass = composeScore(getSong()).notes.get('Bass') ?? [];
    const played = instruments.find((one: { name: string }) => one.name === 'Bass').notes;
    expect(played[0]).toEqual({
      pitch: bass[0]?.pitch,
      start: bass[0]?.startS,
      end: (bass[0]?.startS ?? 0) + (bass[0]?.lengthS ?? 0),
      velocity: Math.round((bass[0]?.velocity ?? 0) * 127) / 127,
    });
    expect(played.length).toBe(bass.filter((note) => note.startS < getSong().lengthS).length);
    for (const note of instruments.flatMap((one: { notes: unknown[] }) => one.notes)) {
      expect(note.start).toBeGreaterThanOrEqual(0);
      expect(note.end).toBeGreaterThan(note.start);
      expect(note.end).toBeLessThanOrEqual(getSong().lengthS);
      expect(note.velocity).toBeGreaterThan(0);
      expect(note.velocity).toBeLessThanOrEqual(1);
    }

    const response = await fetch(answer.body.data.midi_url);
    expect(response.headers.get('content-type')).toBe('audio/midi');
    const file = readMidi(Buffer.from(await response.arrayBuffer()));
    expect(file.beatsPerMinute).toBeCloseTo(composeHarmony(getSong()).beatsPerMinute, 3);
    expect(file.tracks.map((track) => track.name)).toEqual(
      instruments.map((one: { name: string }) => one.name),
    );
    const track = file.tracks.find((one) => one.name === 'Bass');
    expect(track?.notes.map((note) => note.pitch)).toEqual(
      played.map((note: { pitch: number }) => note.pitch),
    );
    expect(track?.notes[1]?.start).toBeCloseTo(played[1].start, 2);
    expect(file.tracks.filter((one) => one.channel === 9).map((one) => one.name)).toEqual([
      'Drums',
      'Percussion',
    ]);
  });

  it('has only the part of a single stem', async () => {
    const stems = await finish(api, { clip_id: clipId }, '/sonic/stems/full');
    const drums = stems.find((stem) => stem.title === 'Drums');
    const { data } = (await tool('midi', { clip_id: drums.clip_id })).body;
    expect(data.instruments.map((one: { name: string }) => one.name)).toEqual(['Drums']);
  });

  it('refuses a clip that is a day old', async () => {
    api.advance(DAY_MS);
    const answer = await tool('midi', { clip_id: clipId });
    expect([answer.status, answer.body.error]).toEqual([400, expect.stringContaining('last 24 hours')]);
    expect(spent()).toBe(0);
  });
});

describe('POST /sonic/bpm', () => {
  it('answers with the tempo that the song was made with, for one credit', async () => {
    const { beatsPerMinute } = composeHarmony(getSong());
    expect((await tool('bpm', { clip_id: clipId })).body).toEqual({
      code: 200,
      data: { avg_bpm: beatsPerMinute, max_bpm: beatsPerMinute, min_bpm: beatsPerMinute },
      message: 'success',
    });
    expect(spent()).toBe(1);
  });

  it('is the same for an extension, which goes on in time', async () => {
    const [extension] = await finish(api, {
      ...LYRIC_SONG,
      task_type: 'extend_music',
      continue_clip_id: clipId,
      continue_at: 3,
    });
    const first = await tool('bpm', { clip_id: clipId });
    expect((await tool('bpm', { clip_id: extension.clip_id })).body).toEqual(first.body);
  });
});

describe('POST /sonic/vox', () => {
  it('takes the voice out of a range, for one credit, as a track that can be heard', async () => {
    const answer = await tool('vox', { clip_id: clipId, vocal_start_s: 1, vocal_end_s: 3.5 });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      code: 200,
      data: {
        vox_audio_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        status: 'complete',
        source_clip_id: clipId,
        vocal_start_s: 1,
        vocal_end_s: 3.5,
        wave_response: {},
      },
      message: 'success',
    });
    expect(spent()).toBe(1);
    const file = await download(`http://${api.host}/media/${answer.body.data.vox_audio_id}.mp3`);
    const { format } = await parseBuffer(file, undefined, { duration: true });
    expect(Math.abs((format.duration ?? 0) - 2.5)).toBeLessThan(0.12);
  });

  it('begins at the beginning when no range is named', async () => {
    const { data } = (await tool('vox', { clip_id: clipId })).body;
    expect([data.vocal_start_s, data.vocal_end_s]).toEqual([0, getSong().lengthS]);
    const long = api.addForeignClip({ durationS: 100, lyrics: 'la' });
    const cut = (await tool('vox', { clip_id: long })).body.data;
    expect([cut.vocal_start_s, cut.vocal_end_s]).toEqual([0, 30]);
  });

  it.each([
    [{ vocal_start_s: 0, vocal_end_s: 30.1 }, 'not be longer than 30 seconds'],
    [{ vocal_start_s: 5, vocal_end_s: 5 }, "greater than the 'vocal_start_s'"],
    [{ vocal_start_s: -1, vocal_end_s: 5 }, "'vocal_start_s'"],
    [{ vocal_start_s: '1', vocal_end_s: 5 }, "'vocal_start_s'"],
    [{ vocal_start_s: 90, vocal_end_s: 101 }, 'inside the clip, which is 100 seconds long'],
  ])('refuses the range %o', async (range, text) => {
    const long = api.addForeignClip({ durationS: 100 });
    const answer = await tool('vox', { clip_id: long, ...range });
    expect([answer.status, answer.body.error]).toEqual([400, expect.stringContaining(text)]);
    expect(spent()).toBe(0);
  });

  it('refuses a clip that is a day old', async () => {
    api.advance(DAY_MS);
    expect((await tool('vox', { clip_id: clipId })).body.error).toContain('last 24 hours');
  });
});

describe('POST /sonic/aligned-lyrics', () => {
  it('says when each word is sung, in order, section names and line breaks within the words', async () => {
    const answer = await tool('aligned-lyrics', { clip_id: clipId });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      code: 200,
      message: 'success',
      data: { alignment: expect.any(Array) },
    });
    const { alignment } = answer.body.data;
    expect(alignment[0]).toEqual({
      word: '[Verse]\nStars ',
      success: true,
      start_s: expect.any(Number),
      end_s: expect.any(Number),
      p_align: expect.any(Number),
    });
    expect(alignment.map((one: { word: string }) => one.word).join('')).toBe(LYRICS);
    expect(alignment.map((one: { word: string }) => one.word)).toContain('\n[Chorus]\nOh, ');
    let previous = 0;
    for (const { start_s: start, end_s: end } of alignment) {
      expect(start).toBeGreaterThanOrEqual(previous);
      expect(end).toBeGreaterThan(start);
      previous = start;
    }
    expect(previous).toBeLessThan(getSong().lengthS);
  });

  it('is charged the first time and free from then on', async () => {
    const first = await tool('aligned-lyrics', { clip_id: clipId });
    expect(spent()).toBe(1);
    api.setCredits({ credits: 0 });
    expect((await tool('aligned-lyrics', { clip_id: clipId })).body).toEqual(first.body);
    expect(api.credits().credits).toBe(0);
  });

  it('is a 404 for a clip that nobody sings in, and costs nothing', async () => {
    const [instrumental] = await finish(api, { ...SONG, make_instrumental: true });
    const answer = await tool('aligned-lyrics', { clip_id: instrumental.clip_id });
    expect([answer.status, answer.body.error]).toEqual([404, 'The clip has no lyrics.']);
    expect(spent()).toBe(20);
    expect((await tool('aligned-lyrics', { clip_id: api.addForeignClip() })).status).toBe(404);
  });
});
