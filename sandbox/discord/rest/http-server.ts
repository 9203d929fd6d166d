import { setTimeout as sleep } from 'node:timers/promises';
import multipart from '@fastify/multipart';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { DiscordError, refuse, refuseForm } from '../errors.ts';
import { type FaultAnswer, type Faults, losesAnswer } from '../faults.ts';
import { createRateLimiter, type RateLimits, type RateVerdict } from '../rate-limits.ts';
import type { LoggedRequest } from '../request-log.ts';
import { findSignedFile } from '../signed-urls.ts';
import type { World } from '../world.ts';
import { readBody } from './read-body.ts';
import type { Answer, Call, Route } from './route.ts';

const MAX_BODY_BYTES = 256 * 1024 * 1024;
const ID_NAMES = new Set([
  'application',
  'channel',
  'command',
  'guild',
  'interaction',
  'message',
  'user',
  'before',
  'after',
  'around',
]);
const API = /^\/api(?:\/v(\d+))?(?=\/|$)/;

/** What the HTTP side is built from. */
export interface HttpParts {
  readonly world: World;
  readonly routes: readonly Route[];
  readonly faults: Faults;
  readonly rateLimits: RateLimits;
  readonly log: (entry: LoggedRequest) => void;
}

/** Creates the HTTP server: REST v10 under /api/v10, attachments under the paths of the CDN. */
export async function createHttpServer(parts: HttpParts): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 400 },
  });
  const limiter = createRateLimiter(parts.world.clock, parts.rateLimits);
  // Bodies are read as text: what is wrong with them is answered in Discord's own words.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  await app.register(multipart, {
    limits: { fileSize: MAX_BODY_BYTES, files: 50, fieldSize: MAX_BODY_BYTES },
  });

  for (const route of parts.routes) {
    app.route({
      method: route.method,
      url: `/api/v10${route.path}`,
      exposeHeadRoute: false,
      handler: (request, reply) => serve(parts, limiter, route, request, reply),
    });
  }
  addCdn(app, parts);
  app.setNotFoundHandler((request, reply) => serveUnknown(parts, request, reply));
  app.setErrorHandler((error, _request, reply) => {
    const known = error instanceof DiscordError ? error : toDiscordError(error);
    return reply.code(known.status).send(known.toBody());
  });
  return app;
}

type Limiter = ReturnType<typeof createRateLimiter>;

async function serve(
  parts: HttpParts,
  limiter: Limiter,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const receivedAt = parts.world.clock.now();
  const path = pathOf(request);
  let call: Call = {
    params: stringsOf(request.params),
    query: stringsOf(request.query),
    body: undefined,
    uploads: [],
  };
  const finish = (status: number, errorCode?: number) =>
    parts.log({
      method: request.method,
      route: route.path,
      path,
      query: call.query,
      body: call.body,
      files: call.uploads.map(({ name, data, contentType }) => ({ name, size: data.length, contentType })),
      receivedAt,
      status,
      errorCode,
    });
  const send = (answer: Answer, headers: Readonly<Record<string, string>>, errorCode?: number) => {
    finish(answer.status, errorCode);
    reply.code(answer.status).headers(headers);
    return answer.body === undefined ? reply.send() : reply.send(answer.body);
  };
  const cut = (how: FaultAnswer) => {
    finish(0);
    cutConnection(request, how);
    return reply.hijack();
  };

  let failure: unknown;
  try {
    call = { ...call, ...(await readBody(request)) };
  } catch (error) {
    failure = error;
  }
  const fault = parts.faults.take(request.method, path);
  if (fault === 'reset') return cut(fault);
  if (fault === 'hang') {
    finish(0);
    return reply.hijack();
  }
  if (fault !== undefined && typeof fault === 'object') {
    if ('delayMs' in fault) await sleep(fault.delayMs);
    else return send(...answerOfFault(fault));
  }

  let verdict: RateVerdict | undefined;
  try {
    if (route.auth === 'bot' && request.headers.authorization !== `Bot ${parts.world.token}`)
      throw refuse('unauthorized');
    verdict = limiter(route.bucket, call.params[route.major ?? ''] ?? '', route.auth === 'bot');
    if (!verdict.allowed) return send(rateLimited(verdict), verdict.headers);
    if (failure !== undefined) throw failure;
    checkIds(call);
    const answer = route.handle(call);
    return losesAnswer(fault) ? cut(fault) : send(answer, verdict.headers);
  } catch (error) {
    const known = toDiscordError(error);
    if (losesAnswer(fault)) return cut(fault);
    const retry =
      known.retryAfter === undefined ? {} : { 'retry-after': String(Math.ceil(known.retryAfter)) };
    return send(
      { status: known.status, body: known.toBody() },
      { ...verdict?.headers, ...retry },
      known.code,
    );
  }
}

/** Every parameter but a token is an id, or one of the names that begin with @. */
function checkIds(call: Call): void {
  const ids = [...Object.entries(call.params), ...Object.entries(call.query)];
  const problems = ids
    .filter(([name, value]) => ID_NAMES.has(name) && !/^(\d{1,20}|@original)$/.test(value))
    .map(([name, value]) => ({
      path: [name in call.params ? `${name}_id` : name],
      code: 'NUMBER_TYPE_COERCE',
      message: `Value "${value}" is not snowflake.`,
    }));
  if (problems.length > 0) throw refuseForm(problems);
}

function rateLimited(verdict: RateVerdict): Answer {
  const retryAfter = Math.max(1, Math.ceil(verdict.retryAfterMs)) / 1000;
  return {
    status: 429,
    body: { message: 'You are being rate limited.', retry_after: retryAfter, global: verdict.isGlobal },
  };
}

function answerOfFault(
  fault: Extract<FaultAnswer, { status: number }>,
): [Answer, Record<string, string>, number | undefined] {
  const body = fault.body ?? { message: fault.message ?? `${fault.status}: Fault`, code: fault.code ?? 0 };
  return [{ status: fault.status, body }, fault.headers ?? {}, fault.code];
}

function serveUnknown(parts: HttpParts, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const version = API.exec(request.url)?.[1];
  const error = refuse(version !== undefined && version !== '10' ? 'invalidApiVersion' : 'unknownRoute');
  parts.log({
    method: request.method,
    route: pathOf(request),
    path: pathOf(request),
    query: stringsOf(request.query),
    body: undefined,
    files: [],
    receivedAt: parts.world.clock.now(),
    status: error.status,
    errorCode: error.code,
  });
  return reply.code(error.status).send(error.toBody());
}

function addCdn(app: FastifyInstance, { world, faults }: HttpParts): void {
  for (const folder of ['attachments', 'ephemeral-attachments']) {
    app.get(`/${folder}/:place/:file/:name`, async (request, reply) => {
      const path = decodeURIComponent(pathOf(request));
      const fault = faults.take('GET', path);
      if (typeof fault === 'string') {
        if (fault !== 'hang') cutConnection(request, fault);
        return reply.hijack();
      }
      if (fault && 'delayMs' in fault) await sleep(fault.delayMs);
      else if (fault)
        return reply
          .code(fault.status)
          .headers(fault.headers ?? {})
          .send(fault.body ?? '');
      const file = findSignedFile(
        world,
        stringsOf(request.params).file ?? '',
        path,
        stringsOf(request.query),
      );
      if (!file) return reply.code(404).type('text/plain').send('This content is no longer available.');
      return reply.type(file.contentType).header('content-length', file.data.length).send(file.data);
    });
  }
}

function cutConnection(request: FastifyRequest, how: FaultAnswer): void {
  if (how === 'keep-answer') return;
  if (how === 'lose-answer') request.raw.socket.destroy();
  else request.raw.socket.resetAndDestroy();
}

function pathOf(request: FastifyRequest): string {
  return (request.url.split('?')[0] ?? '').replace(API, '');
}

function stringsOf(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, String(one)]));
}

function toDiscordError(error: unknown): DiscordError {
  if (error instanceof DiscordError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'FST_REQ_FILE_TOO_LARGE' || code === 'FST_ERR_CTP_BODY_TOO_LARGE') return refuse('tooLarge');
  if (code === 'FST_FILES_LIMIT') return refuse('tooManyAttachments');
  // A bug of this server must be seen as one, not as a refusal by Discord.
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new DiscordError(500, 0, `Local Discord failed: ${message}`);
}
