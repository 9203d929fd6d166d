import { z } from 'zod';
import {
  budget,
  credential,
  flag,
  list,
  secureAddress,
  snowflake,
  webAddress,
  wholeNumber,
} from './config-values.ts';

/** Hosts on which results of MusicAPI have been seen (its documentation and its clients). */
const DEFAULT_MEDIA_HOSTS = [
  'cdn1.sonic.ai',
  'cdn2.sonic.ai',
  'cdn1.suno.ai',
  'cdn2.suno.ai',
  'cdn.musicapi.ai',
  'musicapi-cdn.b-cdn.net',
  'storage.googleapis.com',
  'audiopipe.suno.ai',
];

const HOUR_MS = 60 * 60_000;
const WEEK_MINUTES = 7 * 24 * 60;

/** `host`, `host:port`, `[::1]:port` or `.domain`. */
const MEDIA_HOST = /^(\.?[a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:]+\])(:\d{1,5})?$/i;
const SHARD_RANGE = /^(\d{1,5})(?:-(\d{1,5}))?$/;

/** A variable: what it may hold, and how a right value looks. */
interface Variable<S extends z.ZodType> {
  readonly schema: S;
  readonly example: string;
}

function variable<S extends z.ZodType>(schema: S, example: string): Variable<S> {
  return { schema, example };
}

/** Every variable there is, in the order in which it is documented. */
export const VARIABLES = {
  DISCORD_TOKEN: variable(
    credential('is missing (without an account anywhere, try: npm run demo)'),
    '<the token of Bot, Reset Token, in the Discord developer portal>',
  ),
  DISCORD_GUILD_ID: variable(snowflake().optional(), '123456789012345678'),
  DISCORD_API_URL: variable(webAddress('https://discord.com/api'), 'https://discord.com/api'),
  MUSICAPI_KEY: variable(credential('is missing'), '<the key of API Keys, in the MusicAPI dashboard>'),
  MUSICAPI_URL: variable(webAddress('https://api.musicapi.ai/api/v1'), 'https://api.musicapi.ai/api/v1'),
  MUSICAPI_MEDIA_HOSTS: variable(
    list(MEDIA_HOST, 'host, host:port or .domain')
      .transform((hosts) => hosts.map((host) => host.toLowerCase()))
      .default(DEFAULT_MEDIA_HOSTS),
    'cdn1.suno.ai,.musicapi.ai',
  ),
  MUSICAPI_CATALOGUE: variable(z.string().optional(), './catalogue.json'),
  DATABASE_URL: variable(
    z
      .string()
      .default('sqlite:./data/encore.db')
      .refine(isDatabaseUrl, { error: 'is neither sqlite:<file> nor postgres://<address>' }),
    'sqlite:./data/encore.db',
  ),
  ALLOWED_GUILDS: variable(
    list(/^\d{15,20}$/, 'a Discord id (15 to 20 digits)').default([]),
    '123456789012345678,234567890123456789',
  ),
  ALLOW_DMS: variable(flag(false), 'true'),
  BUDGET_MEMBER_DAY: variable(budget(200), '200'),
  BUDGET_SERVER_DAY: variable(budget(2_000), '2000'),
  BALANCE_WARNING_CREDITS: variable(wholeNumber({ least: 0, most: 999_999_999 }).default(500), '500'),
  POLL_INTERVAL_MS: variable(wholeNumber({ least: 100, most: HOUR_MS }).default(15_000), '15000'),
  SUBMIT_INTERVAL_MS: variable(wholeNumber({ least: 0, most: HOUR_MS }).default(3_000), '3000'),
  TASK_DEADLINE_MINUTES: variable(wholeNumber({ least: 1, most: WEEK_MINUTES }).default(60), '60'),
  MEDIA_DIR: variable(z.string().default('./data/media'), './data/media'),
  MEDIA_CAP_MB: variable(wholeNumber({ least: 0, most: 100_000_000 }).default(2_000), '2000'),
  ROLE: variable(
    z.enum(['gateway', 'worker', 'all'], { error: 'is none of gateway, worker, all' }).default('all'),
    'all',
  ),
  SHARDS: variable(
    z
      .string()
      .default('auto')
      .refine((text) => text === 'auto' || parseRange(text) !== undefined, {
        error: 'is neither auto nor a range',
      }),
    '0-3',
  ),
  SHARD_COUNT: variable(wholeNumber({ least: 1, most: 99_999 }).optional(), '4'),
  HTTP_HOST: variable(
    z
      .string()
      .regex(/^[\w.:-]+$/, { error: 'is not a host or an IP address' })
      .default('127.0.0.1'),
    '127.0.0.1',
  ),
  HTTP_PORT: variable(wholeNumber({ least: 0, most: 65_535 }).optional(), '8080'),
  PUBLIC_URL: variable(secureAddress(), 'https://music.example.org'),
  ENCRYPTION_KEY: variable(
    z
      .string()
      .refine((text) => text.split(',').every((key) => /^[A-Za-z0-9+/]{43}=$/.test(key.trim())), {
        error: 'is not 32 bytes in base64 (or several of them, the present one first, between commas)',
      })
      .transform((text) => text.split(',').map((key) => Buffer.from(key.trim(), 'base64')))
      .default([]),
    '<the output of: openssl rand -base64 32>',
  ),
  LOG_LEVEL: variable(
    z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
        error: 'is none of fatal, error, warn, info, debug, trace, silent',
      })
      .default('info'),
    'info',
  ),
  LOG_FORMAT: variable(
    z.enum(['json', 'pretty'], { error: 'is neither json nor pretty' }).optional(),
    'json',
  ),
};

/** Name of a variable. */
export type VariableName = keyof typeof VARIABLES;

/** The environment after every variable went through its schema. */
export type Environment = { readonly [Name in VariableName]: z.output<(typeof VARIABLES)[Name]['schema']> };

/** Names of all variables, in the order in which they are documented: `Object.keys` gives them as mere texts. */
export const VARIABLE_NAMES = Object.keys(VARIABLES) as readonly VariableName[];

function isDatabaseUrl(text: string): boolean {
  if (isPostgres(text)) return URL.parse(text) !== null;
  return text.startsWith('sqlite:') && !['', ':memory:'].includes(text.slice('sqlite:'.length).trim());
}

/** Whether a database address is one of PostgreSQL. */
export function isPostgres(text: string | undefined): boolean {
  return text !== undefined && /^postgres(ql)?:\/\/./.test(text);
}

/** The first and the last shard of a range; undefined when it is none. */
export function parseRange(text: string): { readonly from: number; readonly to: number } | undefined {
  const [, first, last = first] = SHARD_RANGE.exec(text) ?? [];
  if (first === undefined || last === undefined || Number(last) < Number(first)) return undefined;
  return { from: Number(first), to: Number(last) };
}
