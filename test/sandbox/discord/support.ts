import { createRequire } from 'node:module';
import { Client, type ClientOptions, type Interaction } from 'discord.js';
import { afterEach } from 'vitest';
import {
  type LocalDiscord,
  type LocalDiscordOptions,
  startLocalDiscord,
} from '../../../sandbox/discord/server.ts';

const toClose: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close();
});

/** A local Discord that is closed after the test. */
export async function createDiscord(options?: LocalDiscordOptions): Promise<LocalDiscord> {
  const discord = await startLocalDiscord(options);
  toClose.push(() => discord.close());
  return discord;
}

/** A server with a channel and a member. */
export async function createScene(options?: LocalDiscordOptions) {
  const discord = await createDiscord(options);
  const guild = discord.addGuild({ name: 'Music makers' });
  const channel = guild.addChannel({ name: 'songs' });
  const user = discord.addUser({ name: 'Anna' });
  guild.addMember(user);
  return { discord, guild, channel, user, anna: discord.as(user) };
}

/** discord.js' own way to the network: the common one is that of a newer undici, wherever that was loaded as well. */
function createAgent(): NonNullable<NonNullable<ClientOptions['rest']>['agent']> {
  const ofDiscordJs = createRequire(createRequire(import.meta.url).resolve('discord.js'));
  return new (ofDiscordJs('undici').Agent)();
}

/** A real discord.js client that is logged in and destroyed after the test. */
export async function startBot(
  discord: LocalDiscord,
  onInteraction: (interaction: Interaction) => Promise<unknown> | undefined,
): Promise<{ client: Client<true>; errors: unknown[] }> {
  const client = new Client({ intents: [], rest: { api: discord.apiUrl, agent: createAgent() } });
  const errors: unknown[] = [];
  client.on('error', (error) => errors.push(error));
  client.on('interactionCreate', (interaction) => {
    onInteraction(interaction)?.catch((error: unknown) => errors.push(error));
  });
  toClose.push(() => client.destroy());
  const ready = new Promise<Client<true>>((resolve) => client.once('clientReady', resolve));
  await client.login(discord.token);
  return { client: await ready, errors };
}

/** What the API answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of every shape
  readonly body: any;
}

/** A plain REST call, with the bot's token unless `token` says otherwise. */
export async function api(
  discord: LocalDiscord,
  method: string,
  path: string,
  body?: unknown,
  options: {
    token?: string | null;
    files?: readonly { field?: string; name: string; data: Uint8Array }[];
  } = {},
): Promise<Answer> {
  const headers: Record<string, string> = {};
  if (options.token !== null) headers.authorization = `Bot ${options.token ?? discord.token}`;
  let payload: string | FormData | undefined;
  if (options.files) {
    payload = new FormData();
    if (body !== undefined) payload.set('payload_json', JSON.stringify(body));
    for (const [index, file] of options.files.entries()) {
      payload.set(file.field ?? `files[${index}]`, new Blob([new Uint8Array(file.data)]), file.name);
    }
  } else if (body !== undefined) {
    headers['content-type'] = 'application/json';
    payload = typeof body === 'string' ? body : JSON.stringify(body);
  }
  const response = await fetch(`${discord.apiUrl}/v10${path}`, {
    method,
    headers,
    ...(payload ? { body: payload } : {}),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

/** Registers commands globally. */
export async function registerCommands(discord: LocalDiscord, commands: readonly unknown[]): Promise<void> {
  const answer = await api(discord, 'PUT', `/applications/${discord.applicationId}/commands`, commands);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
}

/** The problem codes of an Invalid Form Body answer, by path. */
export function problemsOf(answer: Answer): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  const walk = (node: unknown, path: string) => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === '_errors') found[path] = value.map((problem: { code: string }) => problem.code);
      else walk(value, path === '' ? key : `${path}.${key}`);
    }
  };
  walk(answer.body?.errors, '');
  return found;
}

/** A clock that stands still until a test moves it. */
export const STILL = { clock: { now: () => 1_800_000_000_000 } } as const;

/** Limits that tests of other rules do not run into. */
export const ROOMY = {
  rateLimits: {
    global: { limit: 10_000, windowMs: 1000 },
    'message-create': { limit: 1000, windowMs: 1000 },
    'message-edit': { limit: 1000, windowMs: 1000 },
    'interaction-callback': { limit: 1000, windowMs: 1000 },
    'interaction-webhook': { limit: 1000, windowMs: 1000 },
    commands: { limit: 1000, windowMs: 1000 },
  },
} as const;
