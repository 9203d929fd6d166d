import type { LocalDiscord } from '../../sandbox/discord/server.ts';
import type { LocalMusicApi } from '../../sandbox/musicapi/server.ts';

/** Everything secret that the two services of a world know: tokens, keys of whomever, secrets of webhooks. */
export function listWorldSecrets(discord: LocalDiscord, apis: Iterable<LocalMusicApi>): ReadonlySet<string> {
  const secrets = new Set([discord.token, ...discord.interactions().map(({ token }) => token)]);
  for (const { key, requests } of apis) {
    secrets.add(key);
    for (const request of requests) {
      if (request.key) secrets.add(request.key);
      const { webhook_secret: secret } = (request.body ?? {}) as { readonly webhook_secret?: unknown };
      if (typeof secret === 'string') secrets.add(secret);
    }
  }
  return secrets;
}

/** The variables whose value is secret as a whole. */
const SECRET_VARIABLES = ['DISCORD_TOKEN', 'MUSICAPI_KEY', 'ENCRYPTION_KEY'] as const;

/** Everything secret in an environment. */
export function listEnvSecrets(env: Readonly<Record<string, string>>): readonly string[] {
  const whole = SECRET_VARIABLES.flatMap((name) => env[name]?.split(',') ?? []);
  const password = URL.parse(env.DATABASE_URL ?? '')?.password;
  return [...whole, ...(password ? [password, decodeURIComponent(password)] : [])].filter(Boolean);
}
