import type { Settled } from './outcomes.ts';

/**
 * Runs a call until it ends or its signal is aborted, whichever comes first: also a call that does not heed its
 * signal cannot hold up a stop. With a signal that is aborted already nothing is called.
 */
export async function settleCall<Value>(
  call: () => Promise<Value>,
  signal: AbortSignal,
): Promise<Settled<Value>> {
  if (signal.aborted) return { ok: false, error: signal.reason };
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return { ok: true, value: await Promise.race([call(), aborted]) };
  } catch (error) {
    return { ok: false, error };
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
