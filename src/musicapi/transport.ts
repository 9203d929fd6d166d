import { setTimeout } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import type { Logger } from '../log.ts';
import { type Observe, type ProviderOutcome, unobserved } from '../telemetry/events.ts';
import { createAgents } from './agents.ts';
import type { Answer } from './answer.ts';
import { readBody } from './body.ts';
import { outcomeOf } from './call-outcome.ts';
import { judgeConnectionFailure } from './connection.ts';
import { type CallPlace, MusicApiError } from './errors.ts';
import { DEFAULT_RETRY, type RetryPolicy, retryDelayMs } from './retry.ts';
import { parseRetryAfter } from './retry-after.ts';

/** Limits of one HTTP exchange. */
interface Timeouts {
  /** @defaultValue 10 s */
  readonly connectMs: number;
  /** From the request to the end of the answer's headers. @defaultValue 90 s: some tools answer only when they are done */
  readonly headersMs: number;
  /** For the whole body of the answer. @defaultValue 60 s */
  readonly bodyMs: number;
}

/** Where MusicAPI is, and how patiently it is asked. */
export interface TransportOptions {
  /** Base address, such as `https://api.musicapi.ai/api/v1`. */
  readonly url: string;
  /** Replaces the connections; closing it stays with whoever made it. */
  readonly dispatcher?: Dispatcher | undefined;
  readonly timeouts?: Partial<Timeouts> | undefined;
  readonly retry?: Partial<RetryPolicy> | undefined;
  /** Waits between tries. @defaultValue timers of Node */
  readonly sleep?: ((ms: number, signal: AbortSignal) => Promise<unknown>) | undefined;
  /** @defaultValue `Math.random` */
  readonly random?: (() => number) | undefined;
  /** Epoch ms. @defaultValue `Date.now` */
  readonly now?: (() => number) | undefined;
  readonly log?: Pick<Logger, 'debug'> | undefined;
  /** Is told of every exchange. @defaultValue nobody */
  readonly observe?: Observe | undefined;
}

/** One call, and how its answer is read. */
export interface Call<T> extends CallPlace {
  readonly method: 'GET' | 'POST';
  /** Below the base address; built with the `path` tag where it contains an id. */
  readonly path: string;
  /** Template of the path, where an id is in it. @defaultValue the path */
  readonly route?: string | undefined;
  readonly query?: Readonly<Record<string, string>> | undefined;
  readonly body?: Readonly<Record<string, unknown>> | undefined;
  /** It takes credits: sent again only when it certainly never arrived, and always on a connection of its own. */
  readonly spends: boolean;
  /** @throws MusicApiError when the answer is not what was asked for. */
  read(answer: Answer, place: CallPlace): T;
}

/** Who calls, and until when it matters. */
interface SendOptions {
  readonly key: string;
  readonly signal: AbortSignal;
  /** Texts of the request that no error may repeat, besides the key. */
  readonly secrets?: readonly string[] | undefined;
}

/** One HTTP client for one base address, shared by all accounts. */
export interface Transport {
  /** @throws MusicApiError, or the signal's reason when aborted. */
  send<T>(call: Call<T>, options: SendOptions): Promise<T>;
  /** Ends idle connections and waits for the calls in flight. */
  close(): Promise<void>;
}

const DEFAULT_TIMEOUTS: Timeouts = { connectMs: 10_000, headersMs: 90_000, bodyMs: 60_000 };

/** Creates the HTTP side of the MusicAPI client: connections, time limits, and what is sent again. */
export function createTransport(options: TransportOptions): Transport {
  const { sleep = delay, random = Math.random, now = Date.now, log, observe = unobserved } = options;
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  const retry = { ...DEFAULT_RETRY, ...options.retry };
  const base = new URL(options.url);
  const prefix = base.pathname.replace(/\/+$/, '');
  const agents = createAgents(timeouts.connectMs, options.dispatcher);

  async function getAnswer(call: Call<unknown>, sending: SendOptions): Promise<Answer> {
    const { key, signal } = sending;
    const agent = call.spends ? agents.spending : agents.reading;
    try {
      const { statusCode, headers, body } = await agent.request({
        origin: base.origin,
        path: prefix + call.path,
        ...(call.query && { query: call.query }),
        method: call.method,
        headers: {
          authorization: `Bearer ${key}`,
          accept: 'application/json',
          ...(call.body && { 'content-type': 'application/json' }),
        },
        body: call.body ? JSON.stringify(call.body) : null,
        signal,
        reset: call.spends,
        headersTimeout: timeouts.headersMs,
        bodyTimeout: timeouts.bodyMs,
      });
      const content = await readBody(body, timeouts.bodyMs);
      // The status of a refusal says it all; a success without its content says nothing.
      if (content.end === 'lost' && statusCode < 400) throw content.cause;
      const raw = hide(content.text, sending);
      // A key may be any text, so hiding it in a success could damage an id or an address.
      const json = statusCode >= 200 && statusCode < 300 ? content.text : raw;
      return {
        status: statusCode,
        body: content.end === 'complete' ? parseJson(json) : undefined,
        raw,
        retryAfterMs: parseRetryAfter(headers['retry-after']?.toString(), now()),
        requestId: findRequestId(headers),
      };
    } catch (thrown) {
      signal.throwIfAborted();
      throw createConnectionError(call, thrown, sending);
    }
  }

  /** One exchange; what it came to is told, whatever that is. */
  async function exchange<T>(call: Call<T>, sending: SendOptions, attempt: number): Promise<T> {
    const startedAt = performance.now();
    let answer: Answer | undefined;
    const tell = (outcome: ProviderOutcome) => {
      const { method, path, route = path } = call;
      const { status, requestId } = answer ?? {};
      const ms = performance.now() - startedAt;
      observe({ kind: 'provider-call', method, route, outcome, status, ms, attempt, requestId });
    };
    try {
      answer = await getAnswer(call, sending);
      const value = call.read(answer, call);
      tell('ok');
      return value;
    } catch (error) {
      tell(outcomeOf(error));
      throw error;
    }
  }

  async function send<T>(call: Call<T>, sending: SendOptions): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      sending.signal.throwIfAborted();
      try {
        return await exchange(call, sending, tries);
      } catch (error) {
        const waitMs = retryDelayMs(error, call, tries, retry, random());
        if (waitMs === undefined) throw error;
        log?.debug({ err: error, tries, waitMs }, 'sending a MusicAPI call again');
        await sleep(waitMs, sending.signal);
      }
    }
  }

  return { send, close: agents.close };
}

/** What failed before there was an answer. The original error is not kept: it may hold parts of the request. */
function createConnectionError(
  { method, path }: CallPlace,
  thrown: unknown,
  sending: SendOptions,
): MusicApiError {
  const { delivered, text } = judgeConnectionFailure(thrown);
  const kind = delivered === 'no' ? 'unavailable' : 'answer-lost';
  return new MusicApiError({ kind, method, path, delivered, text: hide(text, sending) });
}

function findRequestId(headers: Readonly<Record<string, string | string[] | undefined>>): string | undefined {
  const id = (headers['x-request-id'] ?? headers['cf-ray'])?.toString();
  return id && /^[\w.:-]{1,100}$/.test(id) ? id : undefined;
}

function parseJson(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

/** Services have been seen to repeat a key in the message that refuses it. */
function hide(text: string, { key, secrets = [] }: SendOptions): string {
  return secrets.reduce((safe, secret) => safe.replaceAll(secret, '[secret]'), text.replaceAll(key, '[key]'));
}

/** Ends at once, with the signal's reason, when the signal is aborted. */
async function delay(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
}
