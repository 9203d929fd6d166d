import type { AddressInfo } from 'node:net';
import fastify, { type FastifyError } from 'fastify';
import { coerceError, StartError } from '../errors.ts';
import type { Logger } from '../log.ts';
import { registerHealth } from './health-routes.ts';
import type { ReadinessCheck } from './readiness.ts';
import { registerWebhooks, type WebhookRouteOptions } from './webhook-route.ts';

/** Two dozen stems with the whole lyrics in each are the largest report there can be. */
const MAX_BODY_BYTES = 512 * 1024;

/** A request that takes longer to arrive is dropped. */
const REQUEST_TIMEOUT_MS = 10_000;

/** What is given out for Prometheus. */
interface MetricsPage {
  readonly contentType: string;
  /** Everything, in its text format. */
  read(): Promise<string>;
}

/** What the HTTP server is made of. */
export interface HttpServerOptions {
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  readonly log: Logger;
  readonly checks: readonly ReadinessCheck[];
  /** Absent = no metrics are given out. */
  readonly metrics?: MetricsPage | undefined;
  /** Absent = no webhooks are received. */
  readonly webhooks?: Omit<WebhookRouteOptions, 'log'> | undefined;
}

/** The running HTTP server. */
export interface HttpServer {
  /** Address on this machine, without a slash at the end. */
  readonly url: string;
  /** Ends open connections, too. */
  close(): Promise<void>;
}

/**
 * Starts what others ask of this process by HTTP: health, readiness, metrics and MusicAPI's webhooks.
 *
 * @throws StartError when the address cannot be used.
 */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { host, port, log, checks, metrics, webhooks } = options;
  const app = fastify({
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: true,
  });
  // Signatures are over the bytes as they came.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: 'Not Found' }));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error({ err: error, path: request.routeOptions.url }, 'an HTTP request failed');
    return reply.code(status).send({ error: status < 500 ? error.message : 'Internal Server Error' });
  });
  registerHealth(app, checks, log);
  if (metrics)
    app.get('/metrics', async (_request, reply) =>
      reply.type(metrics.contentType).send(await metrics.read()),
    );
  if (webhooks) registerWebhooks(app, { ...webhooks, log });
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw new StartError(
      `HTTP_HOST and HTTP_PORT cannot be used (${coerceError(error).message}): choose a free port of this machine.`,
      { cause: error },
    );
  }
  const bound = app.server.address() as AddressInfo; // TCP: never a pipe's name
  const name = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
  return { url: `http://${name}:${bound.port}`, close: async () => await app.close() };
}
