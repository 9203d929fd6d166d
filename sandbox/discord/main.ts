import { startLocalDiscord } from './server.ts';

const port = Number(process.argv[2] ?? process.env.PORT ?? 0);
const discord = await startLocalDiscord({ port });
const guild = discord.addGuild({ name: 'Local server', boostTier: 0 });
const channel = guild.addChannel({ name: 'music' });

process.stdout.write(
  [
    'Local Discord is running.',
    `DISCORD_API_URL=${discord.apiUrl}`,
    `DISCORD_TOKEN=${discord.token}`,
    `Application id: ${discord.applicationId}`,
    `Guild id: ${guild.id}, channel id: ${channel.id}`,
    '',
  ].join('\n'),
);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void discord.close().then(() => process.exit(0));
  });
}
