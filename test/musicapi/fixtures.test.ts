import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { OperationId, Request } from '../../src/domain/request.ts';
import { readWebhookHeaders } from '../../src/http/webhook-signature.ts';
import type { Answer } from '../../src/musicapi/answer.ts';
import { readAccepted, readCredits } from '../../src/musicapi/answers.ts';
import { readBatch } from '../../src/musicapi/engines/batch.ts';
import { nuro } from '../../src/musicapi/engines/nuro.ts';
import { producer } from '../../src/musicapi/engines/producer.ts';
import { sonic } from '../../src/musicapi/engines/sonic.ts';
import { MusicApiError, submissionOutcome } from '../../src/musicapi/errors.ts';
import { listFixtures, readFixture } from './fixtures.ts';

const answerSchema = z.strictObject({ status: z.int(), body: z.unknown() });
const GET = { method: 'GET', path: '/sonic/task/t' };
const POST = { method: 'POST', path: '/sonic/create' };
const LOOK = { providerTaskId: 'task-1' };
const CLIP = '0c3f5d1e-7b1a-4f0e-9a5d-2f6b8c1d4e0';
const PERSONA = '3d0a6c1b-52f7-4c0e-8f57-90b1d2c3e4f5';
const clip = { clipId: `${CLIP}1`, engine: 'sonic', source: 'generated' } as const;
const file = { url: 'https://cdn.discordapp.com/rain.mp3?ex=1', name: 'rain.mp3', durationSeconds: 61 };

function answerOf(name: string): Answer {
  const { status, body } = answerSchema.parse(readFixture('answers', name));
  return { status, body, raw: JSON.stringify(body) };
}

/** The short form of what a look at a task found. */
function lookAt(answer: Answer, engine = sonic) {
  const task = engine.readTask(answer, GET, LOOK);
  if (task.state === 'not-ready') return task.state;
  if (task.state === 'failed') return `${task.failure.kind}: ${task.failure.text}`;
  return { [task.state]: task.clips.map(({ state }) => state) };
}

/** What a sonic operation found that is done at once. */
function toolOf(operation: OperationId, answer: Answer, more: Partial<Request> = {}) {
  return sonic.readSubmission(answer, POST, { operation, engine: 'sonic', clip, ...more });
}

function errorOf(read: () => unknown): MusicApiError {
  try {
    read();
  } catch (error) {
    if (error instanceof MusicApiError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** Kind of a refused create, and what it means for the task. */
function refusal(answer: Answer) {
  const error = errorOf(() => readAccepted(answer, POST));
  return [error.kind, submissionOutcome(error)];
}

const accepted = { providerTaskId: '5b8f0c52-1d7e-4a7b-8a55-6f1f0f7a9c33' };
const notReady = (answer: Answer) => expect(lookAt(answer)).toBe('not-ready');
const isAccepted = (answer: Answer) => expect(readAccepted(answer, POST)).toEqual(accepted);

/** What every recorded answer means. */
const MEANINGS: Record<string, (answer: Answer) => void> = {
  'sonic-create-accepted': isAccepted,
  'sonic-create-accepted-no-code': isAccepted,
  'sonic-stems-accepted': isAccepted,
  'producer-create-accepted': isAccepted,
  'producer-upload-download-accepted': isAccepted,
  'nuro-create-accepted': isAccepted,
  'sonic-batch-accepted': (answer) =>
    expect(readBatch(answer, POST)).toEqual({
      batchId: '7f0d2b9e-1c55-4b8a-9a10-35d1c0f2ab44',
      items: [],
    }),
  'get-credits-result': (answer) => expect(readCredits(answer, GET)).toEqual({ plan: 50, extra: 12 }),

  'sonic-task-not-ready': notReady,
  'sonic-task-not-ready-with-code': notReady,
  'sonic-task-running': (answer) => expect(lookAt(answer)).toEqual({ running: ['running', 'running'] }),
  'sonic-task-partial': (answer) => expect(lookAt(answer)).toEqual({ running: ['succeeded', 'running'] }),
  'sonic-task-succeeded': (answer) => {
    expect(lookAt(answer)).toEqual({ succeeded: ['succeeded', 'succeeded'] });
    expect(sonic.readTask(answer, GET, LOOK)).toMatchObject({ clips: [{ durationSeconds: 179 }, {}] });
  },
  'sonic-task-succeeded-2025': (answer) => {
    expect(lookAt(answer)).toEqual({ succeeded: ['succeeded', 'succeeded'] });
    expect(sonic.readTask(answer, GET, LOOK)).toMatchObject({
      clips: [
        { durationSeconds: 104.88, model: 'chirp-v5', title: 'Harbour Lights' },
        { durationSeconds: 98.4 },
      ],
    });
  },
  'sonic-task-clip-failed': (answer) =>
    expect(lookAt(answer)).toBe('task-failed: the generation was interrupted'),
  'sonic-task-half-failed': (answer) =>
    expect(lookAt(answer)).toEqual({ succeeded: ['failed', 'succeeded'] }),
  'sonic-task-stems-succeeded': (answer) => {
    expect(sonic.readTask(answer, GET, LOOK)).toMatchObject({
      state: 'succeeded',
      clips: [{ part: 'Vocals' }, { part: 'Drums' }],
    });
  },
  'sonic-task-voice-succeeded': (answer) =>
    expect(sonic.readTask(answer, GET, LOOK)).toEqual({
      state: 'succeeded',
      clips: [],
      tool: { kind: 'persona', personaId: PERSONA, name: 'My voice' },
    }),
  'sonic-task-auto-concat-running': (answer) =>
    expect(lookAt(answer)).toEqual({ running: ['succeeded', 'running'] }),
  'sonic-task-auto-concat-succeeded': (answer) =>
    expect(sonic.readTask(answer, GET, LOOK)).toMatchObject({
      state: 'succeeded',
      // The whole songs; their parts are in them.
      clips: [2, 4].map((number) => ({ clipId: `${CLIP}${number}`, state: 'succeeded' })),
    }),
  'sonic-task-failed': (answer) => expect(lookAt(answer)).toBe('task-failed: the upstream generation failed'),
  'sonic-task-timeout': (answer) =>
    expect(lookAt(answer)).toBe(
      'task-timeout: Task failed due to timeout. Credits were previously refunded.',
    ),
  'sonic-task-not-found': (answer) => expect(errorOf(() => lookAt(answer)).kind).toBe('not-found'),

  'producer-task-not-ready': (answer) => expect(lookAt(answer, producer)).toBe('not-ready'),
  'producer-task-failed': (answer) =>
    expect(lookAt(answer, producer)).toBe('task-failed: the upstream generation failed'),
  'producer-task-succeeded': (answer) =>
    expect(producer.readTask(answer, GET, LOOK)).toMatchObject({
      state: 'succeeded',
      clips: [
        {
          clipId: `${CLIP}6`,
          tags: 'emotional pop with gentle piano',
          durationSeconds: 185.0165986394558,
          audioUrl: 'https://storage.googleapis.com/songs/audio.m4a',
          model: 'FUZZ-2.0',
        },
      ],
    }),
  'producer-task-succeeded-2026': (answer) =>
    expect(producer.readTask(answer, GET, LOOK)).toMatchObject({
      state: 'succeeded',
      clips: [{ title: 'City Lamps', audioUrl: `https://musicapi-cdn.b-cdn.net/producer/${CLIP}6.m4a` }],
    }),
  'nuro-task-running': (answer) => expect(lookAt(answer, nuro)).toEqual({ running: ['running'] }),
  'nuro-task-succeeded': (answer) =>
    expect(nuro.readTask(answer, GET, LOOK)).toMatchObject({
      state: 'succeeded',
      clips: [
        {
          clipId: 'task-1',
          durationSeconds: 199.04325,
          tags: 'Pop, Dynamic/Energetic, Sweet',
          lyrics: '[intro]\n[verse]\nLamps along the water',
        },
      ],
    }),

  'sonic-upload-result': (answer) =>
    expect(toolOf('upload', answer, { file })).toEqual({
      clips: [
        {
          clipId: `${CLIP}5`,
          state: 'succeeded',
          title: 'rain',
          durationSeconds: 61,
          audioUrl: file.url,
        },
      ],
    }),
  'sonic-persona-result': (answer) =>
    expect(toolOf('persona', answer, { name: 'Lamp voice' })).toEqual({
      clips: [],
      tool: { kind: 'persona', personaId: PERSONA, name: 'Lamp voice' },
    }),
  'sonic-download-preparing': (answer) =>
    expect(toolOf('download', answer, { format: 'wav' })).toEqual({ preparingMs: 3_000 }),
  'sonic-download-ready': (answer) =>
    expect(toolOf('download', answer, { format: 'wav' })).toEqual({
      clips: [],
      tool: { kind: 'files', files: [{ format: 'wav', url: `https://cdn1.suno.ai/${CLIP}1.wav` }] },
    }),
  'sonic-wav-result': (answer) =>
    expect(toolOf('wav', answer)).toEqual({
      clips: [],
      tool: { kind: 'files', files: [{ format: 'wav', url: `https://cdn1.suno.ai/${CLIP}1.wav` }] },
    }),
  'sonic-midi-result': (answer) =>
    expect(toolOf('midi', answer)).toEqual({
      clips: [],
      tool: {
        kind: 'midi',
        url: `https://cdn.sunoapi.com/midi/${CLIP}1.mid`,
        instruments: [{ name: 'Synth Voice', notes: 2 }],
      },
    }),
  'sonic-midi-preparing': (answer) =>
    expect(toolOf('midi', answer)).toEqual({ preparingMs: 3_000, isPaid: true }),
  'sonic-bpm-result': (answer) =>
    expect(toolOf('bpm', answer)).toEqual({
      clips: [],
      tool: { kind: 'tempo', averageBpm: 96, minBpm: 94, maxBpm: 98.5 },
    }),
  'sonic-vox-result': (answer) =>
    expect(toolOf('vox', answer)).toEqual({
      clips: [],
      tool: { kind: 'vocals', voxAudioId: PERSONA, startSeconds: 0, endSeconds: 30 },
    }),
  'sonic-aligned-lyrics-result': (answer) =>
    expect(toolOf('timeline', answer)).toEqual({
      clips: [],
      tool: {
        kind: 'timeline',
        words: [
          { word: '[Verse]\nLamps ', startSeconds: 9.89362, endSeconds: 10.21277 },
          { word: 'along ', startSeconds: 10.21277, endSeconds: 10.6 },
        ],
      },
    }),
  'sonic-aligned-lyrics-none': (answer) => {
    const error = errorOf(() => toolOf('timeline', answer));
    expect([error.kind, error.text, submissionOutcome(error)]).toEqual([
      'not-found',
      'The clip has no lyrics.',
      'refused',
    ]);
  },
  'sonic-upsample-tags-result': (answer) =>
    expect(toolOf('tags', answer)).toEqual({
      clips: [],
      tool: { kind: 'tags', tags: 'bright indie pop, handclaps, warm bass, sunny female vocals' },
    }),
  'sonic-lyrics-result': (answer) =>
    expect(toolOf('lyrics', answer)).toEqual({
      clips: [],
      tool: {
        kind: 'lyrics',
        drafts: [
          { title: 'Lamps', lyrics: '[Verse]\nLamps along the water' },
          { title: 'Tide', lyrics: '[Verse]\nThe tide comes in alone' },
        ],
      },
    }),

  'error-400-model': (answer) => expect(refusal(answer)).toEqual(['invalid-request', 'refused']),
  'error-400-prompt-length': (answer) => expect(refusal(answer)).toEqual(['invalid-request', 'refused']),
  'error-401': (answer) => expect(refusal(answer)).toEqual(['not-authorised', 'refused']),
  'error-401-format': (answer) => expect(refusal(answer)).toEqual(['not-authorised', 'refused']),
  'error-403-credits': (answer) => expect(refusal(answer)).toEqual(['no-credits', 'refused']),
  'error-403-subscription': (answer) => expect(refusal(answer)).toEqual(['no-credits', 'refused']),
  'error-403-lyrics-format': (answer) => expect(refusal(answer)).toEqual(['invalid-request', 'refused']),
  'error-403-lyrics-copyright': (answer) => expect(refusal(answer)).toEqual(['moderation', 'refused']),
  'error-403-lyrics-inappropriate': (answer) => expect(refusal(answer)).toEqual(['moderation', 'refused']),
  'error-403-artist-name': (answer) => expect(refusal(answer)).toEqual(['moderation', 'refused']),
  'error-403-moderation': (answer) => expect(refusal(answer)).toEqual(['moderation', 'refused']),
  'error-410-retired': (answer) => {
    expect(refusal(answer)).toEqual(['gone', 'refused']);
    for (const engine of [sonic, producer, nuro]) {
      expect(errorOf(() => lookAt(answer, engine)).kind).toBe('gone');
    }
  },
  'error-500': (answer) => {
    expect(refusal(answer)).toEqual(['unavailable', 'unknown']);
    expect(errorOf(() => lookAt(answer)).kind).toBe('unavailable');
  },
  'error-nuro-400': (answer) => {
    expect(refusal(answer)).toEqual(['invalid-request', 'refused']);
    expect(errorOf(() => lookAt(answer, nuro)).text).toBe(
      'Duration must be between 30 and 240 seconds for vocal songs',
    );
  },
  'error-nuro-failed': (answer) =>
    expect(lookAt(answer, nuro)).toBe('task-failed: the upstream generation failed'),
};

describe('the recorded answers', () => {
  const names = listFixtures('answers');

  it('all have a meaning', () => {
    expect(names).toEqual(Object.keys(MEANINGS).toSorted());
  });

  it.each(names)('%s is read as what it means', (name) => {
    MEANINGS[name]?.(answerOf(name));
  });
});

describe('the recorded webhook', () => {
  it('is known by its headers', () => {
    const headers = z.record(z.string(), z.string()).parse(readFixture('webhooks', 'headers'));
    const at = 1_760_274_782_000;
    expect(readWebhookHeaders(headers, at)).toEqual({
      id: '7c7b9f5e-event-1',
      timestamp: '1760274782',
      signature: '0123456789abcdef'.repeat(4),
    });
  });

  it('has the body of a finished task', () => {
    const body = readFixture('webhooks', 'sonic-completed');
    expect(body).toMatchObject({ task_id: accepted.providerTaskId, platform: 'suno' });
    expect(lookAt({ status: 200, body, raw: '' })).toEqual({ succeeded: ['succeeded', 'succeeded'] });
  });

  it('has nothing else recorded', () => {
    expect(listFixtures('webhooks')).toEqual(['headers', 'sonic-completed']);
  });
});
