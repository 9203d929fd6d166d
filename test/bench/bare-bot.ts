/** The yardstick: the least that a discord.js bot does for a slash command. Run as a process of its own. */
import { Client } from 'discord.js';

const { DISCORD_TOKEN = '', DISCORD_API_URL = '' } = process.env;
const client = new Client({ intents: [], rest: { api: DISCORD_API_URL } });
client.on('interactionCreate', async (interaction) => {
  if (!interaction.isChatInputCommand()) return;
  await interaction.deferReply();
  await interaction.editReply('Taken.');
});
client.once('clientReady', async () => {
  await client.application?.commands.set([
    {
      name: 'create',
      description: 'Make a song',
      options: [{ type: 3, name: 'prompt', description: 'What', required: true }],
    },
  ]);
  process.send?.('ready');
});
await client.login(DISCORD_TOKEN);
