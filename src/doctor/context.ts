import { REST } from 'discord.js';
import { type APIApplication, Routes } from 'discord-api-types/v10';
import { readCatalogue } from '../composition/catalogue.ts';
import { parseConfig, secretsOf } from '../config.ts';
import { createTransport, type Transport } from '../musicapi/transport.ts';
import { type Inspection, inspectDatabase } from '../store/inspect.ts';
import type { Context, DoctorOptions } from './check.ts';

/** Opens what the checks look at, as far as they ask for it. */
export function createContext(options: DoctorOptions): Context & { close(): Promise<void> } {
  const { env, commands, guildId, channelId } = options;
  const getConfig = once(() => parseConfig(env));
  const findDatabase = once((): Promise<Inspection | undefined> => inspectDatabase(getConfig().databaseUrl));
  const closing = new AbortController();
  const opened: Transport[] = [];
  const getMusicApi = once(() => {
    const transport = createTransport({ url: getConfig().musicApiUrl, retry: { tries: 1 } });
    opened.push(transport);
    return transport;
  });
  const getDiscord = once(() => {
    const { discordApiUrl, discordToken } = getConfig();
    return new REST({ api: discordApiUrl, retries: 0, rejectOnRateLimit: () => true }).setToken(discordToken);
  });
  let isDatabaseAsked = false;
  return {
    env,
    commands,
    guildId,
    channelId,
    cgroupFolder: options.cgroupFolder ?? '/sys/fs/cgroup',
    nodeVersion: options.nodeVersion ?? process.versions.node,
    get config() {
      return getConfig();
    },
    getCatalogue: once(() => readCatalogue(getConfig().cataloguePath)),
    findDatabase() {
      isDatabaseAsked = true;
      return findDatabase();
    },
    get musicApi() {
      return getMusicApi();
    },
    get discord() {
      return getDiscord();
    },
    getApplication: once(async () => {
      const asked = { signal: closing.signal };
      return (await getDiscord().get(Routes.currentApplication(), asked)) as APIApplication;
    }),
    async close() {
      closing.abort();
      const database = isDatabaseAsked ? await findDatabase().catch(() => undefined) : undefined;
      await Promise.all([database?.close(), ...opened.map((transport) => transport.close())]);
    },
  };
}

/** The secrets of an environment, whether the rest of it is right or not. */
export function listSecrets(env: DoctorOptions['env']): readonly string[] {
  const { DISCORD_TOKEN = '', MUSICAPI_KEY = '', ENCRYPTION_KEY = '', DATABASE_URL = '' } = env;
  const keys = ENCRYPTION_KEY.split(',').map((key) => key.trim());
  const known = secretsOf({
    discordToken: DISCORD_TOKEN.trim(),
    musicApiKey: MUSICAPI_KEY.trim(),
    encryptionKeys: keys.map((key) => Buffer.from(key, 'base64')),
    databaseUrl: DATABASE_URL.trim(),
  });
  return [...known, ...keys].filter((secret) => secret !== '');
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
