import type { LocalDiscord } from '../../discord/server.ts';
import type { FaultSwitch } from './fault-switch.ts';

const CREATE_MESSAGE = { method: 'POST', route: /^\/channels\/\d+\/messages$/ } as const;

/** What the local Discord can be told to do, and what becomes of it. */
export function listDiscordFaults(discord: LocalDiscord): readonly FaultSwitch[] {
  return [
    {
      id: 'post-fails',
      label: 'The next message of the bot is answered with 500',
      expect: 'It is posted at a later try, and only once.',
      once: true,
      arm: () => discord.fault({ ...CREATE_MESSAGE, answer: { status: 500 } }),
    },
    {
      id: 'post-answer-lost',
      label: 'The next message of the bot is posted and the answer lost',
      expect: 'The bot finds out that it is there, and nobody sees it twice.',
      once: true,
      arm: () => discord.fault({ ...CREATE_MESSAGE, answer: 'lose-answer' }),
    },
  ];
}
