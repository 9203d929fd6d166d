import { setTimeout as delay } from 'node:timers/promises';
import type { Check, Context } from './check.ts';
import { type Finding, type FindingId, unfinished } from './outcomes.ts';
import { describeReason } from './reason.ts';

/** What a check found, and how long that took. */
export interface Checked extends Finding {
  readonly ms: number;
}

const LATE = Symbol('late');

/**
 * Runs all checks, side by side as far as none needs another one. None can hang, and none stops another one.
 *
 * @returns what each of them finds, in the order of `checks`
 */
export function runChecks(
  checks: readonly Check[],
  context: Context,
  timeoutMs: number,
): readonly Promise<readonly Checked[]>[] {
  const titles = new Map(checks.map(({ id, title }) => [id, title]));
  const results = new Map<FindingId, Promise<readonly Checked[]>>();

  async function runInTurn(check: Check): Promise<readonly Checked[]> {
    for (const need of check.needs) {
      const before = (await results.get(need)) ?? [];
      if (before.every(({ status }) => status === 'ok' || status === 'warning')) continue;
      const message = `${check.title}: not looked at, because of “${titles.get(need)}”.`;
      return [{ ...unfinished(check.id, 'skipped', message), ms: 0 }];
    }
    const startedAt = performance.now();
    const findings = await runInTime(check, context, timeoutMs);
    const ms = Math.round(performance.now() - startedAt);
    return findings.map((finding) => ({ ...finding, ms }));
  }

  for (const check of checks) results.set(check.id, runInTurn(check));
  return [...results.values()];
}

async function runInTime(check: Check, context: Context, timeoutMs: number): Promise<readonly Finding[]> {
  const ended = new AbortController();
  const late = delay(timeoutMs, LATE, { signal: ended.signal });
  late.catch(() => undefined);
  try {
    const findings = await Promise.race([check.run(context, AbortSignal.timeout(timeoutMs)), late]);
    return findings === LATE ? [describeLate(check, timeoutMs)] : findings;
  } catch (error) {
    // A probe that heard of the time limit before we did.
    if (error instanceof DOMException && error.name === 'TimeoutError')
      return [describeLate(check, timeoutMs)];
    const message = `${check.title}: not found out (${describeReason(error)}).`;
    return [unfinished(check.id, 'broken', message, 'Try again; if it stays, report it as a bug of Encore.')];
  } finally {
    ended.abort();
  }
}

function describeLate({ id, title }: Check, timeoutMs: number): Finding {
  const message = `${title}: no answer within ${timeoutMs / 1_000} s.`;
  return unfinished(id, 'late', message, 'Try again; if it stays, look at the network and at firewalls.');
}
