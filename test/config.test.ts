import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig, secretsOf } from '../src/config.ts';
import { VARIABLE_NAMES } from '../src/config-variables.ts';

const REQUIRED = { DISCORD_TOKEN: 'A-Very-Fake-Token', MUSICAPI_KEY: 'a-very-fake-key' };
const KEY_32 = Buffer.alloc(32, 7).toString('base64');

function problemsOf(env: Record<string, string | undefined>): readonly string[] {
  try {
    parseConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

function parse(env: Record<string, string>) {
  return parseConfig({ ...REQUIRED, ...env });
}

describe('parseConfig', () => {
  it('needs nothing but the token and the key', () => {
    expect(parse({})).toEqual({
      discordToken: 'A-Very-Fake-Token',
      discordGuildId: undefined,
      discordApiUrl: 'https://discord.com/api',
      musicApiKey: 'a-very-fake-key',
      musicApiUrl: 'https://api.musicapi.ai/api/v1',
      mediaHosts: [
        'cdn1.sonic.ai',
        'cdn2.sonic.ai',
        'cdn1.suno.ai',
        'cdn2.suno.ai',
        'cdn.musicapi.ai',
        'musicapi-cdn.b-cdn.net',
        'storage.googleapis.com',
        'audiopipe.suno.ai',
      ],
      cataloguePath: undefined,
      databaseUrl: 'sqlite:./data/encore.db',
      allowedGuilds: [],
      allowDms: false,
      budgetMemberDay: 200,
      budgetServerDay: 2_000,
      balanceWarningCredits: 500,
      pollIntervalMs: 15_000,
      submitIntervalMs: 3_000,
      taskDeadlineMs: 3_600_000,
      mediaDir: './data/media',
      mediaCapBytes: 2_000 * 1024 * 1024,
      role: 'all',
      shards: 'auto',
      httpHost: '127.0.0.1',
      httpPort: undefined,
      publicUrl: undefined,
      encryptionKeys: [],
      logLevel: 'info',
    });
  });

  it('gives a configuration that cannot be changed', () => {
    const config = parse({});
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.mediaHosts)).toBe(true);
    expect(Object.isFrozen(config.allowedGuilds)).toBe(true);
  });

  it('takes an empty or blank variable as not set', () => {
    const blank = Object.fromEntries(VARIABLE_NAMES.map((name, index) => [name, index % 2 ? '' : '  ']));
    expect(parse({ ...blank, ...REQUIRED })).toEqual(parse({}));
  });

  it('reads every variable', () => {
    const config = parse({
      DISCORD_GUILD_ID: '123456789012345678',
      DISCORD_API_URL: 'http://127.0.0.1:4000/api/',
      MUSICAPI_URL: 'http://127.0.0.1:4001/api/v1/',
      MUSICAPI_MEDIA_HOSTS: ' CDN.example.org , .suno.ai, localhost:4001,[::1]:80,',
      MUSICAPI_CATALOGUE: './catalogue.json',
      DATABASE_URL: 'postgres://encore:hunter2@db/encore',
      ALLOWED_GUILDS: '123456789012345678,98765432109876543210',
      ALLOW_DMS: 'true',
      BUDGET_MEMBER_DAY: 'unlimited',
      BUDGET_SERVER_DAY: '0',
      POLL_INTERVAL_MS: '100',
      SUBMIT_INTERVAL_MS: '0',
      TASK_DEADLINE_MINUTES: '5',
      MEDIA_DIR: '/srv/media',
      MEDIA_CAP_MB: '1',
      ROLE: 'worker',
      SHARDS: '4-7',
      SHARD_COUNT: '8',
      HTTP_HOST: '0.0.0.0',
      HTTP_PORT: '8080',
      PUBLIC_URL: 'https://music.example.org/',
      ENCRYPTION_KEY: KEY_32,
      LOG_LEVEL: 'debug',
      LOG_FORMAT: 'pretty',
    });
    expect(config).toMatchObject({
      discordGuildId: '123456789012345678',
      discordApiUrl: 'http://127.0.0.1:4000/api',
      musicApiUrl: 'http://127.0.0.1:4001/api/v1',
      mediaHosts: ['cdn.example.org', '.suno.ai', 'localhost:4001', '[::1]:80'],
      cataloguePath: './catalogue.json',
      databaseUrl: 'postgres://encore:hunter2@db/encore',
      allowedGuilds: ['123456789012345678', '98765432109876543210'],
      allowDms: true,
      budgetMemberDay: Number.POSITIVE_INFINITY,
      budgetServerDay: 0,
      pollIntervalMs: 100,
      submitIntervalMs: 0,
      taskDeadlineMs: 300_000,
      mediaDir: '/srv/media',
      mediaCapBytes: 1024 * 1024,
      role: 'worker',
      shards: { from: 4, to: 7, count: 8 },
      httpHost: '0.0.0.0',
      httpPort: 8080,
      publicUrl: 'https://music.example.org',
      logLevel: 'debug',
    });
    expect(config.encryptionKeys.map(({ length }) => length)).toEqual([32]);
  });

  it('reads several encryption keys, the present one first', () => {
    const [old, present] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    const both = `${present.toString('base64')}, ${old.toString('base64')}`;
    expect(parse({ ENCRYPTION_KEY: both }).encryptionKeys).toEqual([present, old]);
    expect(problemsOf({ ...REQUIRED, ENCRYPTION_KEY: `${both},` })).toHaveLength(1);
  });

  it('names the demo when there is no token', () => {
    const [problem] = problemsOf({ MUSICAPI_KEY: 'a-very-fake-key' });
    expect(problem).toMatch(/^DISCORD_TOKEN is missing .*npm run demo/);
  });

  it('reports every problem at once, one line each, in the documented order', () => {
    const problems = problemsOf({
      LOG_LEVEL: 'loud',
      POLL_INTERVAL_MS: '99',
      ROLE: 'worker',
      SHARDS: '0-3',
      PUBLIC_URL: 'https://music.example.org',
    });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'DISCORD_TOKEN',
      'MUSICAPI_KEY',
      'POLL_INTERVAL_MS',
      'ROLE',
      'SHARD_COUNT',
      'HTTP_PORT',
      'LOG_LEVEL',
    ]);
    for (const problem of problems) expect(problem).toMatch(/^(\w+) .+ Example: \1=\S[^\n]*$/);
  });

  it.each([
    ['DISCORD_TOKEN', 'two words'],
    ['DISCORD_GUILD_ID', '12ab'],
    ['DISCORD_API_URL', 'ftp://discord.com'],
    ['DISCORD_API_URL', 'https://user:word@discord.com/api'],
    ['MUSICAPI_KEY', 'ke\u0000y'],
    ['MUSICAPI_URL', 'api.musicapi.ai'],
    ['MUSICAPI_MEDIA_HOSTS', 'cdn.example.org,https://cdn.example.org'],
    ['MUSICAPI_MEDIA_HOSTS', '*.example.org'],
    ['DATABASE_URL', 'sqlite::memory:'],
    ['DATABASE_URL', 'sqlite:'],
    ['DATABASE_URL', 'mysql://root@db/encore'],
    ['ALLOWED_GUILDS', '123456789012345678;223456789012345678'],
    ['ALLOW_DMS', 'maybe'],
    ['BUDGET_MEMBER_DAY', '-1'],
    ['BUDGET_SERVER_DAY', '12.5'],
    ['POLL_INTERVAL_MS', '99'],
    ['POLL_INTERVAL_MS', '15s'],
    ['SUBMIT_INTERVAL_MS', '-1'],
    ['TASK_DEADLINE_MINUTES', '0'],
    ['MEDIA_CAP_MB', 'lots'],
    ['ROLE', 'gateway'],
    ['ROLE', 'everything'],
    ['SHARDS', '3-0'],
    ['SHARD_COUNT', '0'],
    ['HTTP_HOST', 'http://localhost'],
    ['HTTP_PORT', '65536'],
    ['PUBLIC_URL', 'http://music.example.org'],
    ['ENCRYPTION_KEY', 'dG9vIHNob3J0'],
    ['LOG_LEVEL', 'loud'],
    ['LOG_FORMAT', 'xml'],
  ])('refuses %s=%s', (name, value) => {
    const problems = problemsOf({ ...REQUIRED, HTTP_PORT: '8080', [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} `));
  });

  it('names the place of a wrong entry in a list', () => {
    const problems = problemsOf({ ...REQUIRED, MUSICAPI_MEDIA_HOSTS: 'a.example, b/c, d.example, e:f' });
    expect(problems[0]).toContain('number 2, 4');
  });

  it('wants all shards to be counted when it holds a range of them', () => {
    expect(problemsOf({ ...REQUIRED, SHARDS: '0-3' })[0]).toMatch(/^SHARD_COUNT is missing/);
    expect(problemsOf({ ...REQUIRED, SHARDS: '0-3', SHARD_COUNT: '3' })[0]).toMatch(/^SHARD_COUNT is not/);
    expect(parse({ SHARDS: '2', SHARD_COUNT: '3' }).shards).toEqual({ from: 2, to: 2, count: 3 });
  });

  it('holds all shards when only their number is given', () => {
    expect(parse({ SHARD_COUNT: '3' }).shards).toEqual({ from: 0, to: 2, count: 3 });
  });

  it('lets a process have a role of its own with PostgreSQL only', () => {
    expect(problemsOf({ ...REQUIRED, ROLE: 'worker' })[0]).toContain('PostgreSQL');
    expect(parse({ ROLE: 'worker', DATABASE_URL: 'postgresql://db/encore' }).role).toBe('worker');
  });

  it('never repeats a value in an error, whichever variable holds it', () => {
    // Long enough not to be a part of the fixed sentences by chance.
    const secret = fc.string({ unit: 'binary-ascii', minLength: 12, maxLength: 80 });
    const value = fc.oneof(
      secret,
      secret.map((text) => `postgres://encore:${text}@db:notaport/encore`),
      secret.map((text) => `https://user:${text}@host`),
      secret.map((text) => `a.example,${text}`),
    );
    const env = fc.dictionary(fc.constantFrom(...VARIABLE_NAMES), value, { minKeys: 1 });
    fc.assert(
      fc.property(env, (values) => {
        const text = problemsOf(values).join('\n');
        for (const value of Object.values(values)) {
          const inner = /:\/\/\w+:(.*)@/s.exec(value)?.[1] ?? value.replace('a.example,', '');
          for (const part of [value, inner, inner.slice(0, 12), inner.slice(-12)]) {
            if (part.trim().length >= 10) expect(text).not.toContain(part.trim());
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('secretsOf', () => {
  it('lists token, key, encryption key and the password of the database', () => {
    const databaseUrl = 'postgres://encore:hunter%202@db/encore';
    const config = parse({ DATABASE_URL: databaseUrl, ENCRYPTION_KEY: KEY_32 });
    expect(secretsOf(config)).toEqual([
      'A-Very-Fake-Token',
      'a-very-fake-key',
      KEY_32,
      databaseUrl,
      'hunter%202',
      'hunter 2',
    ]);
  });

  it('finds the password in the query of an address, too', () => {
    const databaseUrl = 'postgres://db/encore?user=encore&password=hunter%202';
    expect(secretsOf(parse({ DATABASE_URL: databaseUrl })).slice(2)).toEqual([
      databaseUrl,
      'hunter%202',
      'hunter 2',
    ]);
  });

  it('lists nothing that is not set', () => {
    expect(secretsOf(parse({}))).toEqual(['A-Very-Fake-Token', 'a-very-fake-key']);
  });
});

describe('.env.example', () => {
  const text = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');

  it('has every variable in the documented order, each under one line that explains it', () => {
    const blocks = text.trim().split('\n\n');
    expect(blocks.map((block) => block.split('\n')[1])).toEqual(VARIABLE_NAMES.map((name) => `${name}=`));
    for (const block of blocks) {
      expect(block).toMatch(/^# .{10,109}\n\w+=$/);
      expect(block).toMatch(/Required\.|Default: /);
    }
  });

  it('changes nothing when it is copied as it is', () => {
    expect(parse({ ...parseEnv(text), ...REQUIRED } as Record<string, string>)).toEqual(parse({}));
  });
});
