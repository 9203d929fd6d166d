import { describe, expect, test } from 'vitest';
import { settleCall } from '../../src/tracker/call.ts';

describe('settleCall', () => {
  test('gives what the call gave or threw', async () => {
    const { signal } = new AbortController();
    const error = new Error('no');
    expect(await settleCall(async () => 1, signal)).toEqual({ ok: true, value: 1 });
    expect(await settleCall(() => Promise.reject(error), signal)).toEqual({ ok: false, error });
  });

  test('ends with its signal, also when the call does not heed it', async () => {
    const controller = new AbortController();
    const settled = settleCall(() => new Promise(() => undefined), controller.signal);
    const reason = new Error('stopped');
    controller.abort(reason);
    expect(await settled).toEqual({ ok: false, error: reason });
  });

  test('calls nothing when the signal is aborted already', async () => {
    let called = false;
    const reason = new Error('stopped');
    const end = await settleCall(async () => {
      called = true;
    }, AbortSignal.abort(reason));
    expect(end).toEqual({ ok: false, error: reason });
    expect(called).toBe(false);
  });
});
