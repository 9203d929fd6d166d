import { describe, expect, it } from 'vitest';
import type { Request } from '../../../src/domain/request.ts';
import { sonic } from '../../../src/musicapi/engines/sonic.ts';
import { MusicApiError, submissionOutcome } from '../../../src/musicapi/errors.ts';
import { clip, file, REQUESTS } from '../requests.ts';

const PLACE = { method: 'POST', path: '/sonic/tool' };

function read(operation: Request['operation'], body: unknown, more: Partial<Request> = {}, status = 200) {
  const answer = { status, body, raw: JSON.stringify(body) ?? '' };
  return sonic.readSubmission(answer, PLACE, { operation, engine: 'sonic', clip, ...more });
}

/** Kind of the error, and what it means for the task. */
function endOf(...arguments_: Parameters<typeof read>) {
  try {
    return read(...arguments_);
  } catch (error) {
    return error instanceof MusicApiError ? [error.kind, submissionOutcome(error)] : String(error);
  }
}

/** Operations of sonic that are done at once, by what was recorded of them. */
const TOOLS = [
  'upload',
  'persona',
  'lyrics',
  'tags',
  'wav',
  'download',
  'midi',
  'timeline',
  'bpm',
  'vox',
] as const;

describe('a tool that is done at once', () => {
  it.each(TOOLS)('is refused, sent again later or left unknown as a create would be: %s', (operation) => {
    expect(endOf(operation, { error: 'clip not found.' }, {}, 400)).toEqual(['not-found', 'refused']);
    expect(endOf(operation, { error: 'no' }, {}, 401)).toEqual(['not-authorised', 'refused']);
    expect(endOf(operation, { error: 'The remaining credits are not enough.' }, {}, 403)).toEqual([
      'no-credits',
      'refused',
    ]);
    expect(endOf(operation, { error: 'gone' }, {}, 404)).toEqual(['not-found', 'refused']);
    expect(endOf(operation, { error: 'gone' }, {}, 410)).toEqual(['gone', 'refused']);
    expect(endOf(operation, {}, {}, 429)).toEqual(['rate-limited', 'rate-limited']);
    expect(endOf(operation, { error: 'Internal Server Error.' }, {}, 500)).toEqual([
      'unavailable',
      'unknown',
    ]);
  });

  it.each(TOOLS.filter((tool) => tool !== 'midi'))(
    'is unknown after a success without a result: %s',
    (operation) => {
      for (const body of [
        { code: 200, message: 'success' },
        { data: null },
        { data: {} },
        [],
        null,
        'done',
      ]) {
        expect(endOf(operation, body)).toEqual(['malformed', 'unknown']);
      }
    },
  );

  it('takes what it gives from beside the message, too', () => {
    expect(read('wav', { wav_url: 'https://a/b.wav' })).toMatchObject({ tool: { kind: 'files' } });
    expect(read('tags', { upsampled_tags: 'jazz' })).toMatchObject({ tool: { tags: 'jazz' } });
    expect(read('persona', { data: { persona_id: 'p', name: 'Theirs' } }, { name: 'Mine' })).toEqual({
      clips: [],
      tool: { kind: 'persona', personaId: 'p', name: 'Theirs' },
    });
  });
});

describe('an upload', () => {
  it('has the title that was typed, else the name of the file', () => {
    const answer = { code: 200, clip_id: 'clip-c' };
    expect(read('upload', answer, { file, title: 'Rain' })).toMatchObject({ clips: [{ title: 'Rain' }] });
    expect(read('upload', answer, { file: { ...file, name: 'my.song v2.MP3' } })).toMatchObject({
      clips: [{ title: 'my.song v2' }],
    });
    expect(read('upload', answer, { file: { ...file, name: '.mp3' } })).toMatchObject({
      clips: [{ title: '.mp3' }],
    });
  });

  it('prefers what MusicAPI says of it', () => {
    const data = { clip_id: 'clip-c', audio_url: 'https://cdn1.suno.ai/c.mp3', duration: '61.5' };
    expect(read('upload', { data }, { file })).toEqual({
      clips: [
        {
          clipId: 'clip-c',
          state: 'succeeded',
          title: 'audio',
          durationSeconds: 61.5,
          audioUrl: 'https://cdn1.suno.ai/c.mp3',
        },
      ],
    });
  });

  it('may be answered with a task, whose clip can be heard where the file is', () => {
    expect(read('upload', { task_id: 't' }, { file })).toEqual({ providerTaskId: 't' });
    const look = { providerTaskId: 't', request: REQUESTS['sonic-upload'] };
    const body = { code: 200, data: [{ clip_id: 'clip-c', state: 'succeeded' }] };
    expect(sonic.readTask({ status: 200, body, raw: '' }, PLACE, look)).toMatchObject({
      state: 'succeeded',
      clips: [{ clipId: 'clip-c', audioUrl: file.url }],
    });
  });
});

describe('lyrics', () => {
  it('leave out a draft without words, and need no title', () => {
    const results = [{ title: 'Empty', lyrics: '' }, { lyrics: 'la la' }, null, 7];
    expect(read('lyrics', { results })).toEqual({
      clips: [],
      tool: { kind: 'lyrics', drafts: [{ title: undefined, lyrics: 'la la' }] },
    });
    expect(endOf('lyrics', { results: [] })).toEqual(['malformed', 'unknown']);
  });
});

describe('a download', () => {
  it('is asked for again after 3 s, or after as long as MusicAPI says', () => {
    expect(read('download', undefined, { format: 'mp3' }, 202)).toEqual({ preparingMs: 3_000 });
    const answer = { status: 202, body: {}, raw: '{}', retryAfterMs: 8_000 };
    expect(sonic.readSubmission(answer, PLACE, { operation: 'download', engine: 'sonic', clip })).toEqual({
      preparingMs: 8_000,
    });
  });

  it('takes a file without a format for the one that was asked for', () => {
    const files = [{ url: 'https://a/1' }, { format: 'MP3', url: 'https://a/2' }, { format: 'wav' }];
    expect(read('download', { data: { files } }, { format: 'm4a' })).toEqual({
      clips: [],
      tool: {
        kind: 'files',
        files: [
          { format: 'm4a', url: 'https://a/1' },
          { format: 'mp3', url: 'https://a/2' },
        ],
      },
    });
    expect(endOf('download', { data: { files: [] } })).toEqual(['malformed', 'unknown']);
  });
});

describe('midi', () => {
  it.each([[{ code: 200, message: 'success' }], [{ data: null }], [{ data: { instruments: [] } }]])(
    'is asked for again after %j, which may have been paid',
    (body) => {
      expect(read('midi', body)).toEqual({ preparingMs: 3_000, isPaid: true });
    },
  );

  it('is asked for again after 202', () => {
    expect(read('midi', {}, {}, 202)).toEqual({ preparingMs: 3_000 });
  });

  it('is worth having with notes alone or a file alone', () => {
    const instruments = [{ name: 'Bass', notes: [{}, {}] }, { notes: null }, 'drums'];
    expect(read('midi', { data: { instruments } })).toMatchObject({
      tool: {
        url: undefined,
        instruments: [
          { name: 'Bass', notes: 2 },
          { name: '', notes: 0 },
        ],
      },
    });
    expect(read('midi', { data: { midi_url: 'https://a/b.mid', instruments: null } })).toMatchObject({
      tool: { url: 'https://a/b.mid', instruments: [] },
    });
  });

  it('is unknown when the answer cannot be read at all', () => {
    expect(endOf('midi', undefined)).toEqual(['malformed', 'unknown']);
  });
});

describe('a timeline', () => {
  it('leaves out words without a time, and may have none', () => {
    const alignment = [
      { word: 'one', start_s: '1.5', end_s: 2 },
      { word: 'two', start_s: null, end_s: null, success: false },
      { start_s: 1, end_s: 2 },
    ];
    expect(read('timeline', { data: { alignment } })).toEqual({
      clips: [],
      tool: { kind: 'timeline', words: [{ word: 'one', startSeconds: 1.5, endSeconds: 2 }] },
    });
    expect(read('timeline', { data: { alignment: [] } })).toMatchObject({ tool: { words: [] } });
  });
});

describe('a tempo', () => {
  it('needs an average, as a number or a decimal string', () => {
    expect(read('bpm', { data: { avg_bpm: '96.5', min_bpm: null } })).toEqual({
      clips: [],
      tool: { kind: 'tempo', averageBpm: 96.5, minBpm: undefined, maxBpm: undefined },
    });
    expect(endOf('bpm', { data: { avg_bpm: 'fast' } })).toEqual(['malformed', 'unknown']);
  });
});
