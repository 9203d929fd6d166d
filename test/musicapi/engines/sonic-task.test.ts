import { describe, expect, it } from 'vitest';
import { CLIP_ID_PATTERN, isStandIn } from '../../../src/domain/clip.ts';
import type { Answer } from '../../../src/musicapi/answer.ts';
import { readSonicTask } from '../../../src/musicapi/engines/sonic-task.ts';
import { MusicApiError } from '../../../src/musicapi/errors.ts';

const PLACE = { method: 'GET', path: '/sonic/task/t' };

function read(status: number, body: unknown) {
  return readRaw({ status, body, raw: JSON.stringify(body) });
}

function readRaw(answer: Answer) {
  return readSonicTask(answer, PLACE, { providerTaskId: 'task-1' });
}

function kindOf(answer: Answer): string {
  try {
    return readRaw(answer).state;
  } catch (error) {
    return error instanceof MusicApiError ? error.kind : String(error);
  }
}

const good = { clip_id: 'clip-c', state: 'succeeded', audio_url: 'https://cdn1.suno.ai/c.mp3' };

describe('readSonicTask', () => {
  it('takes a state it does not know for running, and names it', () => {
    expect(read(200, { data: [good, { clip_id: 'clip-d', state: 'remixing' }] })).toMatchObject({
      state: 'running',
      unrecognised: 'remixing',
      clips: [{ state: 'succeeded' }, { state: 'running' }],
    });
    expect(read(200, { data: [{ clip_id: 'clip-d' }] })).toMatchObject({
      state: 'running',
      unrecognised: '(none)',
    });
  });

  it.each(['pending', 'running', 'streaming', 'Running'])('knows the state %s', (state) => {
    expect(read(200, { data: [{ clip_id: 'clip-d', state }] })).not.toHaveProperty('unrecognised');
  });

  it.each([{ data: [] }, { data: null }, {}, { data: {} }, { data: 'soon' }, { data: [null, 7] }])(
    'takes %j for still running',
    (body) => {
      expect(read(200, body)).toEqual({ state: 'running', clips: [] });
    },
  );

  it('takes not_ready with HTTP 200 for what it says', () => {
    expect(read(200, { type: 'not_ready', error: 'wait' })).toEqual({ state: 'not-ready' });
  });

  it('keeps waiting for a clip that is said to be done but has no audio', () => {
    expect(
      read(200, { data: [good, { clip_id: 'clip-d', state: 'succeeded', audio_url: null }] }),
    ).toMatchObject({
      state: 'running',
      clips: [{ state: 'succeeded' }, { state: 'running' }],
    });
  });

  it('gives the streaming address of a running clip', () => {
    const audio_url = 'https://audiopipe.suno.ai/?item_id=c';
    expect(read(200, { data: [{ clip_id: 'clip-c', state: 'running', audio_url }] })).toMatchObject({
      clips: [{ state: 'running', audioUrl: audio_url }],
    });
  });

  it('does without fields that are null, missing or of a surprising type', () => {
    const odd = { ...good, title: null, tags: 7, duration: 'long', mv: undefined, lyrics: '', extra: [1] };
    const [clip] = resultOf({ data: [odd] });
    expect(clip).toMatchObject({ clipId: 'clip-c', state: 'succeeded' });
    expect([clip?.title, clip?.tags, clip?.durationSeconds, clip?.model, clip?.lyrics]).toEqual(
      Array(5).fill(undefined),
    );
  });

  it.each([
    [179, 179],
    ['104.88', 104.88],
    ['', undefined],
    [0, undefined],
    [null, undefined],
    ['NaN', undefined],
  ])('reads the duration %j as %j', (duration, seconds) => {
    expect(resultOf({ data: [{ ...good, duration }] })[0]?.durationSeconds).toBe(seconds);
  });

  it('names the part of a stem', () => {
    const parts = resultOf({
      data: [
        { ...good, title: 'Bass' },
        { ...good, title: 'Rain', stem_type: 'Drums' },
      ],
    });
    expect(parts.map(({ part }) => part)).toEqual(['Bass', 'Drums']);
  });

  it.each([null, '', 7, 'a/b', 'x'.repeat(200)])(
    'keeps audio without an id that can be used (%s), each under a stand-in that stays the same',
    (clip_id) => {
      const body = { data: [good, { ...good, clip_id }, { ...good, clip_id }] };
      const ids = resultOf(body).map(({ clipId }) => clipId);
      expect(ids).toEqual([good.clip_id, ...ids.slice(1)]);
      expect(new Set(ids).size).toBe(3);
      expect(ids.map(isStandIn)).toEqual([false, true, true]);
      expect(ids.every((id) => CLIP_ID_PATTERN.test(id))).toBe(true);
      expect(resultOf(body).map(({ clipId }) => clipId)).toEqual(ids);
    },
  );

  it('fails with the first reason when every clip failed', () => {
    const clips = [
      { clip_id: 'clip-a', state: 'failed' },
      { clip_id: 'clip-b', state: 'failed', error: 'too loud' },
    ];
    const failure = { kind: 'task-failed', text: 'too loud' };
    expect(read(200, { data: clips })).toEqual({ state: 'failed', failure });
    expect(read(200, { data: clips.slice(0, 1) })).toMatchObject({ failure: { text: 'no reason given' } });
  });

  it('tells the timeout of a task from the timeout of a proxy', () => {
    const text = 'Task failed due to timeout.';
    expect(read(504, { message: text })).toEqual({
      state: 'failed',
      failure: { kind: 'task-timeout', text },
    });
    expect(kindOf({ status: 504, body: undefined, raw: '' })).toBe('failed');
    expect(kindOf({ status: 504, body: undefined, raw: text })).toBe('failed');
    expect(kindOf({ status: 504, body: undefined, raw: '<html>504 Gateway Time-out</html>' })).toBe(
      'unavailable',
    );
    expect(kindOf({ status: 504, body: undefined, raw: 'upstream request timeout' })).toBe('unavailable');
  });

  it('takes a 500 that does not say that the task failed for trouble of the service', () => {
    expect(kindOf({ status: 500, body: { error: 'Internal Server Error.' }, raw: '{}' })).toBe('unavailable');
    expect(kindOf({ status: 500, body: { type: 'api_error' }, raw: '{}' })).toBe('unavailable');
  });

  it('says that a page in place of JSON is malformed', () => {
    expect(kindOf({ status: 200, body: undefined, raw: '<html>' })).toBe('malformed');
  });
});

function resultOf(body: unknown) {
  const task = read(200, body);
  return task.state === 'succeeded' ? task.clips : [];
}
