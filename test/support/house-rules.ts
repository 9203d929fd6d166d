/** Settings made beside the running bot, as another process of it would make them. */
import { parseConfig } from '../../src/config.ts';
import { AccountKeys } from '../../src/keys/account-keys.ts';
import { createKeyBox } from '../../src/keys/key-box.ts';
import { createLogger } from '../../src/log.ts';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';
import { createMusicApi } from '../../src/musicapi/client.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { RuleBook } from '../../src/tracker/rule-book.ts';
import type { TestWorld } from './world.ts';

/** What a manager or a member decides with. */
interface Means {
  readonly store: Store;
  readonly rules: RuleBook;
  readonly keys: AccountKeys;
}

/** Where settings are made while a world runs. */
export interface HouseRules {
  /**
   * Does something with the settings of the world's bot. On PostgreSQL it goes on running; a SQLite file belongs to one
   * process at a time, so it is started again.
   */
  decide<T>(work: (means: Means) => Promise<T>): Promise<T>;
  /** To be called before the world is closed. */
  close(): Promise<void>;
}

/** Opens the way to the settings of a world. */
export async function openHouseRules(world: TestWorld): Promise<HouseRules> {
  const { DATABASE_URL: databaseUrl = '' } = world.env;
  const shared = databaseUrl.startsWith('postgres') ? await openStore({ databaseUrl }) : undefined;
  return {
    async decide(work) {
      if (shared) return await work(meansOf(world, shared));
      await world.stopBot();
      const store = await world.openStore();
      try {
        return await work(meansOf(world, store));
      } finally {
        await store.close();
        await world.startBot();
      }
    },
    close: async () => await shared?.close(),
  };
}

function meansOf({ env, musicApi }: TestWorld, store: Store): Means {
  const log = createLogger({ level: 'silent' });
  const onChange = () => store.ring();
  return {
    store,
    rules: new RuleBook({ store, catalogue: createCatalogue(), log, onChange }),
    keys: new AccountKeys({
      store,
      log,
      box: createKeyBox(parseConfig(env).encryptionKeys),
      async check(key, signal) {
        const api = createMusicApi({ url: musicApi.url, key });
        try {
          return await api.getCredits({ signal });
        } finally {
          await api.close();
        }
      },
      onChange,
      onRefused: () => {},
    }),
  };
}
