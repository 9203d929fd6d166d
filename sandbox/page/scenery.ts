import type { Channel } from '../discord/channel.ts';
import type { Message } from '../discord/message-view.ts';
import type { Person } from '../discord/person.ts';
import type { LocalDiscord } from '../discord/server.ts';
import type { CastMember } from './cast.ts';
import { PageError } from './page-error.ts';

/** Finds what requests name, as far as the person who asks sees it. */
export class Scenery {
  readonly discord: LocalDiscord;
  readonly cast: readonly CastMember[];
  /** Where messages say that files are, as Discord and MusicAPI serve them. */
  readonly fileOrigins: readonly string[];

  /** @param mediaHost - where MusicAPI serves its media */
  constructor(discord: LocalDiscord, cast: readonly CastMember[], mediaHost: string) {
    this.discord = discord;
    this.cast = cast;
    this.fileOrigins = [`http://${discord.cdnHost}`, `http://${mediaHost}`];
    // Everybody can write to the bot: their direct messages are there before the first one.
    for (const { person } of cast) discord.openDm(person.user);
  }

  /** @throws PageError 404 when there is nobody with this id */
  getPerson(id: string): Person {
    const found = this.cast.find(({ person }) => person.user.id === id);
    if (found) return found.person;
    throw new PageError(404, `There is nobody with the id ${id}. Load the page again.`);
  }

  /** @throws PageError 404 when this person sees no such channel */
  getChannel(person: Person, id: string): Channel {
    const found = person.channels.find((channel) => channel.id === id);
    if (found) return found;
    throw new PageError(404, `${person.user.name} sees no channel with the id ${id}.`);
  }

  /** @throws PageError 404 when this person sees no such message there */
  getMessage(person: Person, channelId: string, id: string): Message {
    const found = person.sees(this.getChannel(person, channelId)).find((message) => message.id === id);
    if (found) return found;
    throw new PageError(
      404,
      `${person.user.name} sees no message with the id ${id} there: it may be deleted.`,
    );
  }
}
