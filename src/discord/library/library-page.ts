import type { BaseInteraction } from 'discord.js';
import { listFound } from '../../store/clips.ts';
import { countHeartsOf } from '../../store/hearts.ts';
import type { Services } from '../interactions/services.ts';
import type { LibraryPage } from '../messages/library-ids.ts';
import type { CardMessage } from '../messages/message.ts';
import { findCards } from './card-links.ts';
import { buildLibrary, PAGE_LENGTH } from './library-list.ts';

/**
 * A page of the library as this person may see it in this place. Pages begin beyond a song, so that nothing is left
 * out or shown twice while new songs come.
 *
 * @param text - what is searched for
 */
export async function loadLibrary(
  interaction: BaseInteraction,
  page: LibraryPage,
  text: string,
  { store }: Pick<Services, 'store'>,
): Promise<CardMessage> {
  const { from, ownerId, isFavourite } = page;
  const userId = interaction.user.id;
  const guildId = interaction.guildId ?? undefined;
  const channelId = interaction.channelId ?? undefined;
  const isUp = from?.direction === 'newer';
  const search = { text, userId, guildId, ownerId, isFavourite, from, isThorough: true };
  const found = await listFound(store.db, { ...search, limit: PAGE_LENGTH + 1 });
  const hasMore = found.length > PAGE_LENGTH;
  // Two keys of MusicAPI may know the same song, and a message takes each button once.
  const listed = [...new Map(found.slice(0, PAGE_LENGTH).map((one) => [one.clip.clipId, one])).values()];
  if (isUp) listed.reverse();
  const clips = listed.map(({ clip }) => clip);
  const hearts = await countHeartsOf(
    store.db,
    clips.map(({ clipId }) => clipId),
  );
  const cards = await findCards(store.db, clips);
  return buildLibrary({
    page,
    text,
    userId,
    isInServer: guildId !== undefined,
    entries: listed.map(({ clip, number }) => ({
      clip,
      number,
      hearts: hearts.get(clip.clipId) ?? 0,
      link: clip.deletedAt === undefined ? cards.link(clip.clipId, { guildId, channelId }) : undefined,
      isPosted: cards.isPosted(clip.clipId),
    })),
    hasNewer: isUp ? hasMore : from !== undefined,
    hasOlder: isUp || hasMore,
  });
}
