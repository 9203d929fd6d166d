import { describe, expect, test } from 'vitest';
import { AFTERLIFE_MS } from '../../src/domain/task.ts';
import { UserError } from '../../src/errors.ts';
import { statedEstimate } from '../../src/tracker/estimate.ts';
import { decidePoll, decideSubmission, type PollContext } from '../../src/tracker/outcomes.ts';
import { T0 } from '../support/tasks.ts';
import { abandonedTask, apiError, expiredTask, providerClip, runningTask } from './support.ts';

const MINUTE_MS = 60_000;

const HOW = { random: () => 0.5, interrupted: false, setbacks: 0, now: T0 };

function contextAt(sinceAcceptanceMs: number, failures = 0): PollContext {
  return {
    now: T0 + sinceAcceptanceMs,
    intervalMs: 15_000,
    deadlineMs: 60 * MINUTE_MS,
    estimate: statedEstimate(120_000),
    failures,
    isAnswering: true,
    random: () => 0.5,
  };
}

describe('decideSubmission', () => {
  test('a provider task id is acceptance', () => {
    expect(decideSubmission({ ok: true, value: { providerTaskId: 'p1' } }, HOW)).toEqual({
      kind: 'accept',
      providerTaskId: 'p1',
    });
  });

  test('what was done at once is the end, be it clips or what a tool found', () => {
    const found = { clips: [providerClip('a'), providerClip('b', { state: 'failed' })] };
    expect(decideSubmission({ ok: true, value: found }, HOW)).toEqual({ kind: 'finish', yield: found });
    const tool = { clips: [], tool: { kind: 'tags', tags: 'jazz' } } as const;
    expect(decideSubmission({ ok: true, value: tool }, HOW)).toEqual({ kind: 'finish', yield: tool });
  });

  test('an answer at once in which every clip failed is a failure', () => {
    const clips = [providerClip('a', { state: 'failed', failureText: 'Too quiet.' })];
    expect(decideSubmission({ ok: true, value: { clips } }, HOW)).toEqual({
      kind: 'fail',
      failure: { kind: 'task-failed', text: 'Too quiet.' },
    });
  });

  test('an answer at once with nothing in it leaves open whether it was paid', () => {
    expect(decideSubmission({ ok: true, value: { clips: [] } }, HOW)).toMatchObject({
      kind: 'lose',
      failure: { kind: 'malformed' },
    });
  });

  test.each([
    [3_000, 3_000],
    [0, 1_000],
    [600_000, 60_000],
  ])('what MusicAPI is preparing for %i ms is asked for again after %i ms', (preparingMs, waitMs) => {
    expect(decideSubmission({ ok: true, value: { preparingMs } }, HOW)).toEqual({
      kind: 'requeue',
      setback: 'preparing',
      waitMs,
    });
  });

  test('what is still being prepared is asked for again forty times, and then given up', () => {
    const value = { preparingMs: 3_000 };
    const judge = (times: number) =>
      decideSubmission({ ok: true, value }, { ...HOW, preparation: { times, sinceAt: T0 - 120_000 } });
    expect(judge(39)).toMatchObject({ kind: 'requeue', setback: 'preparing' });
    expect(judge(40)).toEqual({
      kind: 'fail',
      failure: { kind: 'task-timeout', text: 'still being prepared after 120 seconds' },
    });
  });

  test('what may have been paid each time is asked for three times at most', () => {
    const value = { preparingMs: 3_000, isPaid: true } as const;
    const judge = (times: number) =>
      decideSubmission({ ok: true, value }, { ...HOW, preparation: { times, sinceAt: T0 } });
    expect(decideSubmission({ ok: true, value }, HOW)).toMatchObject({ kind: 'requeue' });
    expect(judge(1)).toMatchObject({ kind: 'requeue', setback: 'preparing' });
    expect(judge(2)).toEqual({
      kind: 'lose',
      failure: { kind: 'malformed', text: 'nothing in it, time after time' },
    });
  });

  test('what is still being prepared after five minutes is given up', () => {
    const value = { preparingMs: 3_000 };
    const since = (sinceAt: number) =>
      decideSubmission({ ok: true, value }, { ...HOW, preparation: { times: 1, sinceAt } }).kind;
    expect(since(T0 - 5 * MINUTE_MS + 1)).toBe('requeue');
    expect(since(T0 - 5 * MINUTE_MS)).toBe('fail');
  });

  test.each([
    ['not-authorised', 401],
    ['no-credits', 402],
    ['moderation', 403],
    ['invalid-request', 400],
    ['gone', 410],
  ] as const)('a refusal of kind %s fails the task with the words of MusicAPI', (kind, status) => {
    const error = apiError({ kind, status, text: 'No.' });
    expect(decideSubmission({ ok: false, error }, HOW)).toEqual({
      kind: 'fail',
      failure: { kind, text: 'No.' },
    });
  });

  test('a 429 goes back into the queue for as long as MusicAPI says, else for a growing while', () => {
    const error = apiError({ kind: 'rate-limited', status: 429, retryAfterMs: 7_000 });
    expect(decideSubmission({ ok: false, error }, HOW)).toEqual({
      kind: 'requeue',
      setback: 'rate-limited',
      waitMs: 7_000,
    });
    const silent = apiError({ kind: 'rate-limited', status: 429 });
    expect(decideSubmission({ ok: false, error: silent }, { ...HOW, setbacks: 2 })).toMatchObject({
      waitMs: 8_000,
    });
  });

  test('a connection that was never made goes back into the queue', () => {
    const error = apiError({ delivered: 'no' });
    expect(decideSubmission({ ok: false, error }, HOW)).toEqual({
      kind: 'requeue',
      setback: 'unreachable',
      waitMs: 2_000,
    });
  });

  test.each([
    ['a lost answer', apiError({ kind: 'answer-lost', delivered: 'maybe' })],
    ['a 502', apiError({ kind: 'unavailable', status: 502 })],
    ['an unreadable 200', apiError({ kind: 'malformed', status: 200 })],
  ])('%s leaves open whether it was taken, so it is never sent again', (_, error) => {
    expect(decideSubmission({ ok: false, error }, HOW)).toEqual({
      kind: 'lose',
      failure: { kind: error.kind, text: error.text },
    });
  });

  test('being cut off by our own stop, or by a mistake of ours, also leaves it open', () => {
    const error = new Error('stopped');
    expect(decideSubmission({ ok: false, error }, { ...HOW, interrupted: true })).toEqual({
      kind: 'lose',
      failure: { kind: 'interrupted', text: 'stopped' },
    });
    expect(decideSubmission({ ok: false, error }, HOW)).toMatchObject({
      kind: 'lose',
      failure: { kind: 'answer-lost' },
    });
  });

  test('a request that cannot even be written down as a call fails without being sent', () => {
    const error = new UserError('The engine nuro is not available yet.');
    expect(decideSubmission({ ok: false, error }, HOW)).toEqual({
      kind: 'fail',
      failure: { kind: 'invalid-request', text: 'The engine nuro is not available yet.' },
    });
  });
});

describe('decidePoll', () => {
  const task = runningTask();

  test('a task that is not ready is looked at again by the schedule', () => {
    expect(decidePoll(task, { ok: true, value: { state: 'not-ready' } }, contextAt(15_000))).toEqual({
      kind: 'reschedule',
      nextPollAt: T0 + 30_000,
      listenUrl: undefined,
    });
  });

  test('a clip that already streams gives the address to listen at', () => {
    const clips = [
      providerClip('a', { state: 'running', audioUrl: undefined }),
      providerClip('b', { state: 'failed', audioUrl: 'https://cdn1.sonic.ai/broken.mp3' }),
      providerClip('c', { state: 'running', audioUrl: 'https://audiopipe.suno.ai/?item_id=c' }),
    ];
    expect(
      decidePoll(task, { ok: true, value: { state: 'running', clips } }, contextAt(15_000)),
    ).toMatchObject({
      kind: 'reschedule',
      listenUrl: 'https://audiopipe.suno.ai/?item_id=c',
    });
  });

  test('a success without a good clip is not believed: nobody would get anything', () => {
    for (const clips of [[], [providerClip('a', { state: 'failed' })]]) {
      expect(
        decidePoll(task, { ok: true, value: { state: 'succeeded', clips } }, contextAt(15_000)),
      ).toMatchObject({ kind: 'reschedule' });
    }
  });

  test('what a tool found is a success, also without any clip', () => {
    const tool = { kind: 'persona', personaId: 'p-1' } as const;
    const value = { state: 'succeeded', clips: [], tool } as const;
    expect(decidePoll(task, { ok: true, value }, contextAt(15_000))).toEqual({
      kind: 'succeed',
      yield: { clips: [], tool },
    });
  });

  test('success and failure at MusicAPI end the task', () => {
    const clips = [providerClip('a')];
    const failure = { kind: 'task-failed', text: 'No song came out.' } as const;
    expect(decidePoll(task, { ok: true, value: { state: 'succeeded', clips } }, contextAt(15_000))).toEqual({
      kind: 'succeed',
      yield: { clips },
    });
    expect(decidePoll(task, { ok: true, value: { state: 'failed', failure } }, contextAt(15_000))).toEqual({
      kind: 'fail',
      failure,
    });
  });

  test.each([
    ['a lost connection', apiError({ kind: 'answer-lost', delivered: 'maybe' })],
    ['no connection', apiError({ kind: 'unavailable', delivered: 'no' })],
    ['a 503', apiError({ kind: 'unavailable', status: 503 })],
    ['an answer that cannot be read', apiError({ kind: 'malformed', status: 200 })],
    ['a refused key', apiError({ kind: 'not-authorised', status: 401 })],
    ['an error of our own', new Error('bug')],
  ])('%s ends nothing: the task is followed on, ever more slowly', (_, error) => {
    const first = decidePoll(task, { ok: false, error }, contextAt(30_000, 1));
    const fourth = decidePoll(task, { ok: false, error }, contextAt(30_000, 4));
    expect(first).toMatchObject({ kind: 'reschedule', nextPollAt: T0 + 45_000 });
    expect(fourth).toMatchObject({ kind: 'reschedule', nextPollAt: T0 + 150_000 });
  });

  test('a 429 on a poll waits as long as MusicAPI says', () => {
    const error = apiError({ kind: 'rate-limited', status: 429, retryAfterMs: 50_000 });
    expect(decidePoll(task, { ok: false, error }, contextAt(30_000, 1))).toMatchObject({
      nextPollAt: T0 + 80_000,
    });
  });

  test('"not found" is believed only of a task older than two minutes', () => {
    const error = apiError({ kind: 'not-found', status: 400, text: 'task not found.' });
    expect(decidePoll(task, { ok: false, error }, contextAt(2 * MINUTE_MS, 1))).toMatchObject({
      kind: 'reschedule',
    });
    expect(decidePoll(task, { ok: false, error }, contextAt(2 * MINUTE_MS + 1, 1))).toEqual({
      kind: 'fail',
      failure: { kind: 'not-found', text: 'task not found.' },
    });
  });

  test('the deadline is looked at on time, and past it the task expires', () => {
    const late = decidePoll(task, { ok: true, value: { state: 'not-ready' } }, contextAt(59.5 * MINUTE_MS));
    expect(late).toMatchObject({ kind: 'reschedule', nextPollAt: T0 + 60 * MINUTE_MS });
    const over = decidePoll(task, { ok: true, value: { state: 'not-ready' } }, contextAt(60 * MINUTE_MS));
    expect(over).toEqual({ kind: 'expire', nextPollAt: T0 + 60 * MINUTE_MS + 30_000 });
  });

  test('the deadline of a task whose looks alone fail passes, but not while MusicAPI has answered nobody', () => {
    const look = { ok: false, error: apiError({ delivered: 'no' }) } as const;
    const context = contextAt(61 * MINUTE_MS, 9);
    expect(decidePoll(task, look, context)).toMatchObject({ kind: 'expire' });
    expect(decidePoll(task, look, { ...context, isAnswering: false })).toMatchObject({
      kind: 'reschedule',
      nextPollAt: T0 + 63 * MINUTE_MS,
    });
  });

  test('a result found after the deadline is a success', () => {
    const value = { state: 'succeeded', clips: [providerClip('a')] } as const;
    expect(decidePoll(task, { ok: true, value }, contextAt(90 * MINUTE_MS))).toMatchObject({
      kind: 'succeed',
    });
    const expired = expiredTask(T0 + 60 * MINUTE_MS);
    expect(decidePoll(expired, { ok: true, value }, contextAt(90 * MINUTE_MS))).toMatchObject({
      kind: 'succeed',
    });
  });

  test('expired and abandoned tasks are looked at ever more rarely and then no more', () => {
    const since = T0 + 60 * MINUTE_MS;
    for (const gone of [expiredTask(since), abandonedTask(since)]) {
      const look = { ok: true, value: { state: 'not-ready' } } as const;
      const soon = decidePoll(gone, look, contextAt(60 * MINUTE_MS));
      const later = decidePoll(gone, look, contextAt(100 * MINUTE_MS));
      const over = decidePoll(gone, look, contextAt(60 * MINUTE_MS + AFTERLIFE_MS));
      expect(soon).toMatchObject({ kind: 'reschedule', nextPollAt: since + 30_000 });
      expect(later).toMatchObject({ kind: 'reschedule', nextPollAt: T0 + 110 * MINUTE_MS });
      expect(over).toMatchObject({ kind: 'reschedule', nextPollAt: undefined });
    }
  });
});
