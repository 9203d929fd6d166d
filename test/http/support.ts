import { createHmac } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { type HttpServer, type HttpServerOptions, startHttpServer } from '../../src/http/server.ts';
import { createLogger } from '../../src/log.ts';

/** Starts the HTTP side on a free port; it ends with the test. */
export async function startServer(
  options: Partial<HttpServerOptions> = {},
): Promise<HttpServer & { readonly lines: Record<string, unknown>[] }> {
  const lines: Record<string, unknown>[] = [];
  const log = createLogger({
    level: 'debug',
    destination: { write: (line) => lines.push(JSON.parse(line)) },
  });
  const server = await startHttpServer({ host: '127.0.0.1', port: 0, log, checks: [], ...options });
  onTestFinished(async () => await server.close());
  return { ...server, lines };
}

/** A call as MusicAPI makes it. */
export interface Call {
  readonly secret: string;
  readonly body: string;
  /** Epoch ms. */
  readonly at: number;
  readonly id?: string;
}

/** The headers of a call (docs.musicapi.ai/webhook-guide). */
export function signCall({ secret, body, at, id = 'event-1' }: Call): Record<string, string> {
  const timestamp = String(Math.floor(at / 1_000));
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return {
    'content-type': 'application/json',
    'x-webhook-id': id,
    'idempotency-key': id,
    'x-webhook-event': 'song.completed',
    'x-webhook-timestamp': timestamp,
    'x-webhook-signature': `sha256=${signature}`,
  };
}
