/** Who and what there is on the page, besides what stands on every stage. */
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { USUAL_PERMISSIONS } from '../discord/permissions.ts';
import type { Person } from '../discord/person.ts';
import type { Scene } from '../stage.ts';

/** Somebody whom one can be. */
export interface CastMember {
  readonly person: Person;
  /** What they are, in a few words. */
  readonly role: string;
}

/** Fills the stage, before the bot comes. @returns everybody whom one can be, the first one first */
export function furnish({ discord, guild, anna, ben }: Scene): readonly CastMember[] {
  guild.addChannel({ name: 'late-night', nsfw: true });
  guild.addChannel({ name: 'announcements', botPermissions: { without: ['SendMessages'] } });
  const producers = guild.addRole({ name: 'Producers', mentionable: true });
  const [mona, cleo, jonas] = [
    discord.as(discord.addUser({ name: 'Mona' })),
    discord.as(discord.addUser({ name: 'Cleo' })),
    discord.as(discord.addUser({ name: 'Jonas', locale: 'de' })),
  ] as const;
  const operator = discord.as(discord.owner);
  guild.addMember(operator.user);
  const moderating = USUAL_PERMISSIONS | PermissionFlagsBits.ManageMessages;
  guild.addMember(mona.user, { permissions: moderating });
  guild.addMember(cleo.user, { roles: [producers] });
  guild.addMember(jonas.user);

  const second = discord.addGuild({ name: 'Kitchen Band' });
  second.addChannel({ name: 'rehearsal' });
  for (const { user } of [anna, ben, jonas]) second.addMember(user);
  second.setOwner(ben.user);

  return [
    { person: anna, role: `owns ${guild.name}` },
    { person: mona, role: `moderates ${guild.name}` },
    { person: ben, role: `member, owns ${second.name}` },
    { person: cleo, role: `member of ${guild.name} alone` },
    { person: jonas, role: 'member, reads German' },
    { person: operator, role: 'runs the bot: its operator' },
  ];
}
