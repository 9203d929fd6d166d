import type { Engine, Request } from '../domain/request.ts';
import { UserError } from '../errors.ts';
import { words } from '../words/words.ts';
import { readCredits } from './answers.ts';
import { type Catalogue, createCatalogue, type Operation } from './catalogue.ts';
import { readBatch, readBatchLook } from './engines/batch.ts';
import type { Body } from './engines/body.ts';
import type { EngineProtocol } from './engines/engine.ts';
import { nuro } from './engines/nuro.ts';
import { producer } from './engines/producer.ts';
import { sonic } from './engines/sonic.ts';
import { MusicApiError } from './errors.ts';
import { type Call, createTransport, type Transport, type TransportOptions } from './transport.ts';
import type { Batch, MusicApi, MusicApiBatches, ProviderTask, Submission, Webhook } from './types.ts';

const PROTOCOLS: Readonly<Record<Engine, EngineProtocol>> = { sonic, producer, nuro };

/** Most creates in one batch (musicapi.ai/batch-music-generation-api). */
const MAX_BATCH = 10;

/** What the client of one account is made of. */
export interface MusicApiOptions extends TransportOptions {
  /** The account's key. */
  readonly key: string;
  /** Models and addresses. @defaultValue the built-in catalogue */
  readonly catalogue?: Catalogue | undefined;
}

/** All that one account can ask of MusicAPI. */
type AccountApi = MusicApi & MusicApiBatches;

/** Creates the client of one account with connections of its own. */
export function createMusicApi(options: MusicApiOptions): AccountApi & { close(): Promise<void> } {
  const transport = createTransport(options);
  const api = createAccountApi(transport, options.key, options.catalogue ?? createCatalogue());
  return { ...api, close: transport.close };
}

/**
 * One account's view of MusicAPI on connections that are shared; costs nothing to create.
 *
 * @throws Error when no HTTP header can carry the key.
 */
export function createAccountApi(transport: Transport, key: string, catalogue: Catalogue): AccountApi {
  if (!/^[\x21-\x7e]+$/.test(key))
    throw new Error('The MusicAPI key is empty or contains characters no key has.');

  function buildBody(request: Request): Body {
    const { engine } = request;
    const id = catalogue.resolveModel(engine, request.model);
    return PROTOCOLS[engine].buildBody(request, { id, isDefault: id === catalogue.defaultModel(engine) });
  }

  return {
    async submit(request, { signal, webhook }) {
      const operation = catalogue.get(request.engine, request.operation);
      const call: Call<Submission> = {
        method: 'POST',
        path: operation.path,
        body: { ...buildBody(request), ...webhookFields(operation, webhook) },
        spends: true,
        read: (answer, place) => PROTOCOLS[request.engine].readSubmission(answer, place, request),
      };
      return transport.send(call, { key, signal, secrets: webhook ? [webhook.secret] : [] });
    },

    async getTask(engine, providerTaskId, { signal, request }) {
      const call: Call<ProviderTask> = {
        method: 'GET',
        path: taskPath(engine, providerTaskId),
        route: `/${engine}/task/:id`,
        spends: false,
        read: (answer, place) => PROTOCOLS[engine].readTask(answer, place, { providerTaskId, request }),
      };
      return transport.send(call, { key, signal });
    },

    async getCredits({ signal }) {
      const call = { method: 'GET', path: '/get-credits', spends: false, read: readCredits } as const;
      return transport.send(call, { key, signal });
    },

    async submitBatch(requests, { signal }) {
      checkBatch(requests);
      const body = { items: requests.map(buildBody) };
      const call = { method: 'POST', path: '/sonic/batch', body, spends: true, read: readBatch } as const;
      return transport.send(call, { key, signal });
    },

    async getBatch(batchId, { signal }) {
      const call: Call<Batch> = {
        method: 'GET',
        path: '/sonic/batch',
        query: { batch_id: batchId },
        spends: false,
        read: (answer, place) => readBatchLook(answer, place, batchId),
      };
      return transport.send(call, { key, signal });
    },
  };
}

/** @see {@link https://docs.musicapi.ai/webhook-guide} */
function webhookFields({ takesWebhook }: Operation, webhook: Webhook | undefined) {
  return takesWebhook && webhook ? { webhook_url: webhook.url, webhook_secret: webhook.secret } : {};
}

function checkBatch(requests: readonly Request[]): void {
  const isBatch = requests.every(({ engine, operation }) => engine === 'sonic' && operation === 'create');
  if (isBatch && requests.length > 0 && requests.length <= MAX_BATCH) return;
  throw new UserError(words().findings.request.batch({ most: MAX_BATCH }));
}

function taskPath(engine: Engine, providerTaskId: string): string {
  try {
    return PROTOCOLS[engine].taskPath(providerTaskId);
  } catch (cause) {
    const text = 'no task can have this id';
    const place = { method: 'GET', path: `/${engine}/task/` };
    throw new MusicApiError({ kind: 'not-found', ...place, delivered: 'no', text, cause });
  }
}
