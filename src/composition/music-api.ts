import { AccountKeys } from '../keys/account-keys.ts';
import { createKeyBox } from '../keys/key-box.ts';
import { createAccountApi } from '../musicapi/client.ts';
import { MusicApiError } from '../musicapi/errors.ts';
import { createTransport } from '../musicapi/transport.ts';
import type { Credits, MusicApi } from '../musicapi/types.ts';
import type { SealedKey } from '../store/account-keys.ts';
import { OPERATOR_ACCOUNT } from '../store/accounts.ts';
import { createCache } from '../store/keyv-store.ts';
import type { Store } from '../store/open.ts';
import type { Observe } from '../telemetry/events.ts';
import type { Basis } from './basis.ts';

interface MusicApiOptions {
  /** Called after a key of a server or member was set, removed or refused. */
  readonly onKeyChange: () => Promise<void> | void;
  /** Watches the calls with the operator's key. */
  readonly observeProvider: (api: MusicApi) => MusicApi;
  /** Called once when MusicAPI does not take a key any more. */
  readonly onKeyRefused: (key: SealedKey) => void;
}

/** MusicAPI as the bot uses it. */
export interface MusicApiSide {
  /** One account's view of it. */
  readonly provider: (accountId: string) => MusicApi;
  /** Balance of an account, at most a minute old. @defaultValue the operator's */
  readonly getBalance: (accountId?: string) => Promise<Credits>;
  /** Keys of servers and members. */
  readonly keys: AccountKeys;
  /** Ends its connections. */
  close(): Promise<void>;
}

const BALANCE_TTL_MS = 60_000;
/** The person who asks for the balance waits for it. */
const BALANCE_TIMEOUT_MS = 10_000;

/** Creates the way to MusicAPI. */
export function createMusicApiSide(
  { config, log, catalogue, store, observe }: Basis,
  { onKeyChange, onKeyRefused, observeProvider }: MusicApiOptions,
): MusicApiSide {
  const transport = createTransport({ url: config.musicApiUrl, log, observe });
  const open = (key: string) => createAccountApi(transport, key, catalogue);
  const keys = new AccountKeys({
    store,
    log,
    box: createKeyBox(config.encryptionKeys),
    check: (key, signal) => open(key).getCredits({ signal }),
    onChange: onKeyChange,
    onRefused: onKeyRefused,
  });
  const operatorApi = observeProvider(tellBalance(open(config.musicApiKey), observe));
  const provider = (accountId: string) =>
    accountId === OPERATOR_ACCOUNT ? operatorApi : createOwnApi(accountId, keys, open);
  return { provider, keys, getBalance: createBalance(store, keys, provider), close: () => transport.close() };
}

/** The operator's view of MusicAPI, which tells of every balance that it hears. */
function tellBalance(api: MusicApi, observe: Observe): MusicApi {
  return {
    ...api,
    async getCredits(options) {
      const balance = await api.getCredits(options);
      observe({ kind: 'balance', accountId: OPERATOR_ACCOUNT, credits: balance.plan + balance.extra });
      return balance;
    },
  };
}

/** MusicAPI with a key that is looked up for every call: it may have been replaced or removed meanwhile. */
function createOwnApi(accountId: string, keys: AccountKeys, open: (key: string) => MusicApi): MusicApi {
  async function call<T>(work: (api: MusicApi) => Promise<T>): Promise<T> {
    const found = await findKey(accountId, keys);
    try {
      return await work(open(found.key));
    } catch (error) {
      if (error instanceof MusicApiError && error.status === 401) {
        await keys.noteRefused(accountId, found.version);
      }
      throw error;
    }
  }
  return {
    submit: (request, options) => call((api) => api.submit(request, options)),
    getTask: (engine, providerTaskId, options) => call((api) => api.getTask(engine, providerTaskId, options)),
    getCredits: (options) => call((api) => api.getCredits(options)),
  };
}

/** @throws MusicApiError: without a key it is as if MusicAPI had refused it; without the database nothing was sent. */
async function findKey(accountId: string, keys: AccountKeys) {
  const place = { method: 'GET', path: '/', isLocal: true };
  const found = await keys.find(accountId).catch((cause: unknown) => {
    const text = 'the key could not be read';
    throw new MusicApiError({ ...place, kind: 'unavailable', delivered: 'no', text, cause });
  });
  if (found) return found;
  const text = 'this account has no key any more';
  throw new MusicApiError({ ...place, kind: 'not-authorised', delivered: 'yes', status: 401, text });
}

function createBalance(
  store: Store,
  keys: AccountKeys,
  provider: (accountId: string) => MusicApi,
): MusicApiSide['getBalance'] {
  const cache = createCache<Credits>(store, 'balance', BALANCE_TTL_MS);
  return async (accountId = OPERATOR_ACCOUNT) => {
    // Another key has another balance.
    const version = accountId === OPERATOR_ACCOUNT ? '' : ` ${(await keys.find(accountId))?.version}`;
    const name = `${accountId}${version}`;
    const known = await cache.get(name);
    if (known) return known;
    const credits = await provider(accountId).getCredits({
      signal: AbortSignal.timeout(BALANCE_TIMEOUT_MS),
    });
    await cache.set(name, credits);
    return credits;
  };
}
