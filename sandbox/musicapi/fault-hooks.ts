import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ActiveFault, FaultAnswer, Faults } from './faults.ts';
import type { LoggedRequest, RequestLog } from './request-log.ts';

const BAD_GATEWAY_PAGE =
  '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';

/** What the hooks need. */
export interface FaultHooksOptions {
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly now: () => number;
  /** Ends delays when the server closes. */
  readonly signal: AbortSignal;
}

/** Records every request and lets it run into the fault that waits for it. The control paths (`/_…`) are left alone. */
export function registerFaultHooks(app: FastifyInstance, options: FaultHooksOptions): void {
  const logged = new WeakMap<FastifyRequest, LoggedRequest>();
  const hit = new WeakMap<FastifyRequest, ActiveFault>();

  app.addHook('onRequest', async (request) => {
    if (request.url.startsWith('/_')) return;
    const entry: LoggedRequest = {
      method: request.method,
      path: request.url,
      key: /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1],
      at: options.now(),
      body: undefined,
      status: undefined,
      fault: undefined,
    };
    logged.set(request, entry);
    options.log.add(entry);
  });

  // After the body has been read, so that the record shows what a lost request wanted.
  app.addHook('preHandler', async (request, reply) => {
    const entry = logged.get(request);
    if (entry === undefined) return;
    entry.body = request.body;
    const fault = options.faults.take(request.method, request.url.split('?')[0] ?? '');
    if (fault === undefined) return;
    entry.fault = fault.id;
    hit.set(request, fault);
    if (fault.answer === 'late-answer') request.raw.socket.resetAndDestroy();
    if (fault.delayMs > 0 && !(await waitUnlessStopped(fault.delayMs, options.signal))) {
      // The server is closing: the request is cut as it would be with a process that ends.
      reply.hijack();
      request.raw.socket.destroy();
      return;
    }
    await answerFirst(fault, request, reply);
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const entry = logged.get(request);
    if (entry !== undefined) entry.status = reply.statusCode;
    const fault = hit.get(request);
    if (fault === undefined) return payload;
    if (fault.answer === 'lose-answer') {
      request.raw.socket.resetAndDestroy();
      return payload;
    }
    if (fault.answer === 'keep-answer') {
      await waitForStop(options.signal);
      request.raw.socket.destroy();
      return payload;
    }
    if (typeof fault.answer === 'string' || !fault.answer.afterwards) return payload;
    const text = applyAnswer(fault.answer, reply);
    reply.header('content-length', Buffer.byteLength(text));
    if (entry !== undefined) entry.status = reply.statusCode;
    return text;
  });
}

async function waitForStop(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

/** @returns whether the whole time passed */
async function waitUnlessStopped(ms: number, signal: AbortSignal): Promise<boolean> {
  return wait(ms, true, { signal }).catch(() => false);
}

/** Carries out the faults that come instead of the real work. */
async function answerFirst(fault: ActiveFault, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { answer } = fault;
  if (answer === 'reset') {
    reply.hijack();
    request.raw.socket.resetAndDestroy();
  } else if (answer === 'hang') {
    reply.hijack();
  } else if (answer === 'html') {
    await reply.code(502).type('text/html').send(BAD_GATEWAY_PAGE);
  } else if (answer === 'empty') {
    await reply.code(200).send();
  } else if (typeof answer === 'object' && !answer.afterwards) {
    await reply.send(applyAnswer(answer, reply));
  }
}

function applyAnswer(answer: FaultAnswer, reply: FastifyReply): string {
  const isText = typeof answer.body === 'string';
  reply
    .code(answer.status)
    .type(answer.contentType ?? (isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8'))
    .headers(answer.headers);
  if (answer.body === undefined) return '';
  return typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
}
