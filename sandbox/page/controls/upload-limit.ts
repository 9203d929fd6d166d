import type { LocalDiscord } from '../../discord/server.ts';
import type { CastMember } from '../cast.ts';
import type { Lever } from '../control-panel.ts';

const MIB = 1024 * 1024;

/** By value: the largest file in bytes. */
const LIMITS = {
  tiny: { label: '100 kB, less than any song', bytes: 100 * 1024 },
  usual: { label: '10 MB, without boosts and Nitro', bytes: 10 * MIB },
  some: { label: '25 MB', bytes: 25 * MIB },
  boosted: { label: '50 MB, boosted to level 2', bytes: 50 * MIB },
} as const;

/** How large a file may be, of the bot and of people, in every server. */
export function createUploadLimit(discord: LocalDiscord, cast: readonly CastMember[]): Lever {
  let chosen = 'usual';
  return {
    id: 'upload-limit',
    group: 'limits',
    kind: 'choice',
    label: 'Largest file',
    expect: 'What is too large comes smaller or in pieces, with a link to the original; the message says so.',
    options: Object.entries(LIMITS).map(([value, { label }]) => ({ value, label })),
    value: () => chosen,
    choose(value) {
      const limit = Object.entries(LIMITS).find(([name]) => name === value);
      if (!limit) return;
      chosen = value;
      const { bytes } = limit[1];
      for (const guild of discord.guilds()) guild.fileLimitBytes = bytes;
      for (const { person } of cast) person.user.attachmentLimitBytes = bytes;
    },
  };
}
