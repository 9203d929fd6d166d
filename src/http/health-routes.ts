import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { coerceError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { ReadinessCheck } from './readiness.ts';

/** Whoever asks does not wait longer than this. */
const CHECK_TIMEOUT_MS = 2_000;

/** `GET /healthz`: the process answers. `GET /readyz`: it can do its work; otherwise 503 and what is wrong. */
export function registerHealth(app: FastifyInstance, checks: readonly ReadinessCheck[], log: Logger): void {
  app.get('/healthz', async () => ({ status: 'ok' }));

  app.get('/readyz', async (_request, reply) => {
    const findings = await Promise.all(checks.map((check) => find(check, log)));
    const isReady = findings.every((finding) => finding === undefined);
    const words = checks.map(({ name }, index) => [name, findings[index] ?? 'ok']);
    return await reply
      .code(isReady ? 200 : 503)
      .send({ status: isReady ? 'ready' : 'not ready', checks: Object.fromEntries(words) });
  });
}

async function find({ name, look }: ReadinessCheck, log: Logger): Promise<string | undefined> {
  const timeout = new AbortController();
  try {
    const late = delay(CHECK_TIMEOUT_MS, 'no answer', { signal: timeout.signal });
    late.catch(() => undefined);
    return await Promise.race([look(), late]);
  } catch (error) {
    // The reason may name hosts and files: that is for the log, not for whoever asks.
    log.warn({ err: coerceError(error), check: name }, 'a readiness check failed');
    return 'failed';
  } finally {
    timeout.abort();
  }
}
