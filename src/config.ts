import {
  type Environment,
  isPostgres,
  parseRange,
  VARIABLE_NAMES,
  VARIABLES,
  type VariableName,
} from './config-variables.ts';

type Environs = Readonly<Record<string, string | undefined>>;

const MEGABYTE = 1024 * 1024;

/** Which shards this process holds: as many as Discord recommends, or a range (both ends included) of `count`. */
type Shards = 'auto' | { readonly from: number; readonly to: number; readonly count: number };

/** The settings of the process, checked and complete. Times in ms, sizes in bytes. */
export type Config = ReturnType<typeof createConfig>;

/** Every fault of the environment at once, each as one line for the operator. Holds no value of any variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(['The configuration (environment or .env) needs attention:', ...problems].join('\n- '));
    this.problems = problems;
  }
}

/**
 * Reads the environment. An empty variable counts as not set.
 *
 * @throws ConfigError with all problems.
 */
export function parseConfig(env: Environs): Config {
  const given: Environs = Object.fromEntries(
    VARIABLE_NAMES.map((name) => [name, env[name]?.trim() || undefined]),
  );
  const values: Record<string, unknown> = {};
  const problems = VARIABLE_NAMES.flatMap((name) => {
    const parsed = VARIABLES[name].schema.safeParse(given[name]);
    if (parsed.success) values[name] = parsed.data;
    const faults = parsed.success
      ? findConflicts(name, given)
      : parsed.error.issues.map(({ message }) => message);
    return faults.slice(0, 1).map((fault) => formatProblem(name, fault));
  });
  if (problems.length > 0) throw new ConfigError(problems);
  // Each value came out of the schema of its name just above.
  return createConfig(values as unknown as Environment);
}

/** What secrets are in. */
type SecretConfig = Pick<Config, 'discordToken' | 'musicApiKey' | 'encryptionKeys' | 'databaseUrl'>;

/** Texts that must never be written to a log. */
export function secretsOf(config: SecretConfig): string[] {
  const url = URL.parse(config.databaseUrl);
  // PostgreSQL's programs read it from the query, too.
  const inQuery = /[?&]password=([^&#]*)/.exec(config.databaseUrl)?.[1];
  const password = url?.password || inQuery || '';
  const secrets = [
    config.discordToken,
    config.musicApiKey,
    ...config.encryptionKeys.map((key) => key.toString('base64')),
    // The password alone may be as short as a word, but the address with it is always recognisable.
    password && config.databaseUrl,
    password,
    decodePassword(password),
  ];
  return [...new Set(secrets.flatMap((secret) => secret || []))];
}

function createConfig(env: Environment) {
  return Object.freeze({
    discordToken: env.DISCORD_TOKEN,
    /** Commands are registered in this server only. */
    discordGuildId: env.DISCORD_GUILD_ID,
    /** REST base without the version. */
    discordApiUrl: env.DISCORD_API_URL,
    musicApiKey: env.MUSICAPI_KEY,
    musicApiUrl: env.MUSICAPI_URL,
    /** Lower case: `host`, `host:port`, or `.domain` for all hosts below it. */
    mediaHosts: Object.freeze(env.MUSICAPI_MEDIA_HOSTS),
    cataloguePath: env.MUSICAPI_CATALOGUE,
    /** May hold a password. */
    databaseUrl: env.DATABASE_URL,
    /** Empty = any server. */
    allowedGuilds: Object.freeze(env.ALLOWED_GUILDS),
    allowDms: env.ALLOW_DMS,
    /** Credits in any 24 hours; Infinity = unlimited. */
    budgetMemberDay: env.BUDGET_MEMBER_DAY,
    /** Credits in any 24 hours; Infinity = unlimited. */
    budgetServerDay: env.BUDGET_SERVER_DAY,
    /** Below it the operators are told; 0 = only when the balance is used up. */
    balanceWarningCredits: env.BALANCE_WARNING_CREDITS,
    pollIntervalMs: env.POLL_INTERVAL_MS,
    submitIntervalMs: env.SUBMIT_INTERVAL_MS,
    taskDeadlineMs: env.TASK_DEADLINE_MINUTES * 60_000,
    mediaDir: env.MEDIA_DIR,
    mediaCapBytes: env.MEDIA_CAP_MB * MEGABYTE,
    role: env.ROLE,
    shards: createShards(env.SHARDS, env.SHARD_COUNT),
    httpHost: env.HTTP_HOST,
    /** Absent = no HTTP server; 0 = any free port. */
    httpPort: env.HTTP_PORT,
    /** Present = webhooks are on. */
    publicUrl: env.PUBLIC_URL,
    /** 32 bytes each: the first one is used, the others only open what they sealed before. */
    encryptionKeys: Object.freeze(env.ENCRYPTION_KEY),
    logLevel: env.LOG_LEVEL,
    /** Absent = for people on a terminal, else for machines. */
    logFormat: env.LOG_FORMAT,
  });
}

function createShards(shards: string, count: number | undefined): Shards {
  const range = parseRange(shards);
  if (range && count !== undefined) return { ...range, count };
  return count === undefined ? 'auto' : { from: 0, to: count - 1, count };
}

/** What is wrong with a variable because of another one. */
function findConflicts(name: VariableName, given: Environs): string[] {
  switch (name) {
    case 'ROLE': {
      const alone = !given.ROLE || given.ROLE === 'all';
      return alone || isPostgres(given.DATABASE_URL)
        ? []
        : ['must be all with SQLite: several processes need PostgreSQL (DATABASE_URL)'];
    }
    case 'SHARD_COUNT': {
      const range = parseRange(given.SHARDS ?? '');
      if (!range) return [];
      if (!given.SHARD_COUNT) return ['is missing: a range in SHARDS needs the number of all shards'];
      return Number(given.SHARD_COUNT) > range.to ? [] : ['is not larger than the last shard in SHARDS'];
    }
    case 'HTTP_PORT':
      return given.PUBLIC_URL && !given.HTTP_PORT ? ['is missing: PUBLIC_URL needs it'] : [];
    default:
      return [];
  }
}

function formatProblem(name: VariableName, fault: string): string {
  return `${name} ${fault}. Example: ${name}=${VARIABLES[name].example}`;
}

function decodePassword(password: string): string {
  try {
    return decodeURIComponent(password);
  } catch {
    return password;
  }
}
