/** Everything that can be turned from the page. Each list holds one kind of it. */
import { botCan } from '../../discord/access.ts';
import type { Stage } from '../../stage.ts';
import type { CastMember } from '../cast.ts';
import { type Lever, turnOff } from '../control-panel.ts';
import { listDiscordFaults } from './discord-faults.ts';
import { createFaultSwitch } from './fault-switch.ts';
import { listMusicApiFaults } from './music-api-faults.ts';
import { createPace } from './pace.ts';
import { createUploadLimit } from './upload-limit.ts';

/** More than the 15 minutes of a token. */
const TOKEN_DEATH_MS = 16 * 60_000;

/** All levers, in the order in which the page shows them. */
export function listLevers(stage: Stage, cast: readonly CastMember[]): readonly Lever[] {
  const { discord, musicApi, bot } = stage;
  const faults = [
    ...listMusicApiFaults(musicApi).map((fault) => createFaultSwitch('musicapi', fault)),
    ...listDiscordFaults(discord).map((fault) => createFaultSwitch('discord', fault)),
  ];
  return [
    ...(bot ? listBotLevers(bot) : []),
    createPace(musicApi),
    {
      id: 'tokens-die',
      group: 'time',
      kind: 'action',
      label: 'Interaction tokens die now',
      expect:
        "Discord's clock goes on by 16 minutes: open tasks are shown and delivered by the bot's own messages.",
      run: () => discord.advance(TOKEN_DEATH_MS),
    },
    createUploadLimit(discord, cast),
    ...listPermissions(stage),
    ...faults,
    {
      id: 'gateway-cut',
      group: 'discord',
      kind: 'action',
      label: 'Cut the connection to the gateway',
      expect: 'The bot connects again and misses nothing.',
      run: () => discord.disconnect(),
    },
    {
      id: 'faults-off',
      group: 'discord',
      kind: 'action',
      label: 'All faults off, of MusicAPI and Discord',
      expect: 'What waited goes on.',
      run: () => turnOff(faults),
    },
  ];
}

function listBotLevers(bot: NonNullable<Stage['bot']>): readonly Lever[] {
  return [
    {
      id: 'bot-runs',
      group: 'bot',
      kind: 'switch',
      label: 'The bot runs',
      expect: 'While it is off nobody is answered; when it comes back, every open task goes on.',
      isOn: () => bot.runs,
      turn: (on) => (on ? bot.start() : bot.stop()),
    },
    {
      id: 'bot-restart',
      group: 'bot',
      kind: 'action',
      label: 'Kill the bot and start it again',
      expect: 'Open tasks go on where they were; nothing is sent, paid or posted twice.',
      async run() {
        await bot.stop();
        await bot.start();
      },
    },
  ];
}

function listPermissions({ discord }: Stage): readonly Lever[] {
  return discord.guilds().flatMap((guild) =>
    [...guild.channels.values()]
      .filter((channel) => !channel.parent)
      .map((channel) => ({
        id: `may-post-${channel.id}`,
        group: 'permissions',
        kind: 'switch',
        label: `The bot may post in #${channel.name} of ${guild.name}`,
        expect:
          'Where it may not, songs come as answers to the command, and after fifteen minutes as direct messages.',
        isOn: () => botCan(channel, 'SendMessages'),
        turn: (on) => channel.setBotPermissions({ without: on ? [] : ['SendMessages'] }),
      })),
  );
}
