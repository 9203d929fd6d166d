import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/musicapi/answer.ts';
import { readBatch, readBatchLook } from '../../../src/musicapi/engines/batch.ts';
import { nuro } from '../../../src/musicapi/engines/nuro.ts';
import { producer } from '../../../src/musicapi/engines/producer.ts';
import { sonic } from '../../../src/musicapi/engines/sonic.ts';
import { MusicApiError, submissionOutcome } from '../../../src/musicapi/errors.ts';
import type { ProviderTask } from '../../../src/musicapi/types.ts';
import { ANY_REQUEST } from '../any-request.ts';
import { file } from '../requests.ts';

const PLACE = { method: 'GET', path: '/somewhere' };
const ENGINES = { sonic, producer, nuro };

const TEXT = fc.constantFrom(
  '',
  'a',
  'succeeded',
  'running',
  'failed',
  'SUCCESS',
  'not_ready',
  '12.5',
  'https://a/b.mp3',
);
const VALUE = fc.oneof(TEXT, fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(null, 0, -1, true, [], {}));
/** Every field that some answer has. */
const FIELDS = [
  ...[
    'task_id',
    'clip_id',
    'state',
    'status',
    'type',
    'error',
    'message',
    'audio_url',
    'wav_url',
    'url',
    'title',
  ],
  ...[
    'extended',
    'replaced',
    'full',
    'persona_id',
    'files',
    'results',
    'alignment',
    'instruments',
    'midi_url',
  ],
  ...[
    'avg_bpm',
    'vox_audio_id',
    'upsampled_tags',
    'duration',
    'refund_processed',
    'batch_id',
    'tasks',
    'sound',
  ],
];

function objectOf(value: fc.Arbitrary<unknown>): fc.Arbitrary<Record<string, unknown>> {
  return fc.dictionary(fc.constantFrom(...FIELDS, '__proto__', 'constructor'), value, { maxKeys: 8 });
}

const ELEMENT = fc.oneof({ weight: 3, arbitrary: objectOf(fc.oneof(VALUE, objectOf(VALUE))) }, VALUE);
const DATA = fc.oneof(ELEMENT, fc.array(ELEMENT, { maxLength: 4 }));
const BODY = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(objectOf(DATA), DATA).map(([body, data]) => ({ ...body, data })) },
  { weight: 1, arbitrary: objectOf(DATA) },
  { weight: 1, arbitrary: fc.option(fc.jsonValue(), { nil: undefined }) },
);

/** Answers that look like those of MusicAPI, and others. */
const ANY_ANSWER: fc.Arbitrary<Answer> = fc
  .tuple(fc.constantFrom(200, 200, 200, 202, 204, 400, 403, 404, 410, 429, 500, 503, 504), BODY)
  .map(([status, body]) => ({ status, body, raw: JSON.stringify(body) ?? '' }));

/** Requests are sent with the file that they need. */
const SENT_REQUEST = ANY_REQUEST.map((request) => ({ ...request, file }));

/** What a read gives, or the error that it may throw. */
function outcomeOf<T>(read: () => T): T | MusicApiError {
  try {
    return read();
  } catch (error) {
    if (error instanceof MusicApiError) return error;
    throw error;
  }
}

function isSound(task: ProviderTask): boolean {
  switch (task.state) {
    case 'not-ready':
      return true;
    case 'running':
      return task.clips.every(({ clipId }) => clipId.length > 0);
    case 'succeeded':
      // What is called done is there to be had.
      return (
        task.tool !== undefined ||
        (task.clips.some(({ state }) => state === 'succeeded') &&
          task.clips.every(({ state, audioUrl }) => state === 'failed' || Boolean(audioUrl)))
      );
    case 'failed':
      return task.failure.text.length > 0;
    default:
      return task satisfies never;
  }
}

describe('any answer', () => {
  it('to a look says something sound about the task, or is an error of MusicAPI', () => {
    fc.assert(
      fc.property(ANY_ANSWER, SENT_REQUEST, fc.boolean(), (answer, request, isKnown) => {
        const look = { providerTaskId: 't', request: isKnown ? request : undefined };
        const found = outcomeOf(() => ENGINES[request.engine].readTask(answer, PLACE, look));
        expect(found instanceof MusicApiError || isSound(found)).toBe(true);
        if (answer.status === 202) expect(found).toEqual({ state: 'not-ready' });
      }),
      { numRuns: 1_000 },
    );
  });

  it('to a POST is a task, a result, a wait or an error whose meaning for the task is known', () => {
    fc.assert(
      fc.property(ANY_ANSWER, SENT_REQUEST, (answer, request) => {
        const found = outcomeOf(() => ENGINES[request.engine].readSubmission(answer, PLACE, request));
        if (found instanceof MusicApiError) {
          const isRefusal = answer.status >= 400 && answer.status < 500;
          const certain = ['refused', 'rate-limited'];
          expect(certain.includes(submissionOutcome(found))).toBe(isRefusal);
          return;
        }
        expect(answer.status).toBeLessThan(300);
        if ('providerTaskId' in found) expect(found.providerTaskId).not.toBe('');
        else if ('preparingMs' in found) expect(['midi', 'download']).toContain(request.operation);
        else expect(found.tool !== undefined || isSound({ state: 'succeeded', ...found })).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('about a batch is a batch or an error of MusicAPI', () => {
    fc.assert(
      fc.property(ANY_ANSWER, (answer) => {
        for (const read of [() => readBatch(answer, PLACE), () => readBatchLook(answer, PLACE, 'b')]) {
          const found = outcomeOf(read);
          if (found instanceof MusicApiError) continue;
          expect(found.batchId).not.toBe('');
          for (const { state } of found.items) expect(['running', 'succeeded', 'failed']).toContain(state);
        }
      }),
    );
  });
});
