import { mkdtemp, rm } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { REST } from 'discord.js';
import { Routes } from 'discord-api-types/v10';
import { expect, onTestFinished } from 'vitest';
import { COMMANDS, MESSAGE_COMMANDS } from '../../commands/index.ts';
import type { LocalDiscordOptions } from '../../sandbox/discord/options.ts';
import { type LocalDiscord, startLocalDiscord } from '../../sandbox/discord/server.ts';
import type { LocalMusicApiOptions } from '../../sandbox/musicapi/options.ts';
import { type LocalMusicApi, startLocalMusicApi } from '../../sandbox/musicapi/server.ts';
import type { DoctorOptions } from '../../src/doctor/check.ts';
import { runDoctor } from '../../src/doctor/doctor.ts';
import type { Finding, FindingId, OUTCOMES, UNFINISHED } from '../../src/doctor/outcomes.ts';
import type { Checked } from '../../src/doctor/run-checks.ts';
import { createCertificate } from '../support/certificate.ts';

const certificate = createCertificate();

/**
 * An https server on this machine, until the end of the test.
 *
 * @param isBelieved - whether its certificate is believed here
 */
export async function useHttps(listener: RequestListener, isBelieved = true): Promise<string> {
  const server = createServer(certificate, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const known = getCACertificates('default');
  if (isBelieved) setDefaultCACertificates([...known, certificate.cert]);
  onTestFinished(() => {
    setDefaultCACertificates(known);
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // TCP: never a pipe's name
  return `https://127.0.0.1:${port}`;
}

/** The commands as the bot registers them. */
export const DEFINITIONS = [...COMMANDS, ...MESSAGE_COMMANDS].map(({ data }) => data.toJSON());

/** All that a bot needs, in order, without a bot. */
export interface Surroundings {
  readonly discord: LocalDiscord;
  readonly musicApi: LocalMusicApi;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Looks at it, with changes to the environment. */
  examine(changes?: Record<string, string>, options?: Partial<DoctorOptions>): Promise<readonly Checked[]>;
  /** Lets Discord say something else of the application the next time. */
  changeApplication(changes: Record<string, unknown>): Promise<void>;
}

/** Starts them; they end with the test. */
export async function useSurroundings(
  options: { readonly discord?: LocalDiscordOptions; readonly musicApi?: LocalMusicApiOptions } = {},
): Promise<Surroundings> {
  const folder = await mkdtemp(join(tmpdir(), 'encore-doctor-'));
  const discord = await startLocalDiscord(options.discord);
  const musicApi = await startLocalMusicApi({ createIntervalMs: 0, ...options.musicApi });
  onTestFinished(async () => {
    await Promise.all([discord.close(), musicApi.close()]);
    await rm(folder, { recursive: true, force: true });
  });
  const env = {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    MUSICAPI_KEY: musicApi.key,
    MUSICAPI_URL: musicApi.url,
    MUSICAPI_MEDIA_HOSTS: musicApi.host,
    DATABASE_URL: `sqlite:${join(folder, 'encore.db')}`,
    MEDIA_DIR: join(folder, 'media'),
    // Whatever disk the tests have has room for this.
    MEDIA_CAP_MB: '1',
  };
  const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
  return {
    discord,
    musicApi,
    folder,
    env,
    examine: async (changes = {}, more = {}) =>
      await runDoctor({ commands: DEFINITIONS, ...more, env: { ...env, ...changes } }),
    async changeApplication(changes) {
      const application = (await rest.get(Routes.currentApplication())) as Record<string, unknown>;
      const route = /^\/(oauth2\/)?applications\/@me$/;
      discord.fault({ route, answer: { status: 200, body: { ...application, ...changes } } });
    },
  };
}

type Outcome<Id extends FindingId> =
  | (keyof (typeof OUTCOMES)[Id]['found'] & string)
  | keyof typeof UNFINISHED;

/**
 * The finding of this outcome, which has to be there. `outcomes.test.ts` counts as tested what is looked for with it.
 */
export function expectFound<Id extends FindingId>(
  findings: readonly Finding[],
  id: Id,
  outcome: Outcome<Id>,
): Finding {
  const own = findings.filter((one) => one.id === id);
  expect(
    own.map((one) => one.outcome),
    JSON.stringify(own),
  ).toContain(outcome);
  const wanted = own.find((one) => one.outcome === outcome) as Finding; // it is there
  if (wanted.status === 'warning' || wanted.status === 'failure') expect(wanted.fix).toMatch(/\w/);
  return wanted;
}
