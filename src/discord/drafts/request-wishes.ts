import { type BaseInteraction, PermissionFlagsBits } from 'discord.js';
import type { Origin } from '../../domain/origin.ts';
import type { Executor } from '../../store/schema.ts';
import { findMemberSettings, findServerSettings } from '../../store/settings.ts';

const THREADS = [PermissionFlagsBits.CreatePublicThreads, PermissionFlagsBits.SendMessagesInThreads];

/**
 * Where the server and the person want results: kept with the request, so that a restart changes nothing. Where the
 * bot may not open threads, results stay in the channel.
 */
export async function findWishes(
  executor: Executor,
  { guildId, user, appPermissions }: Pick<BaseInteraction, 'guildId' | 'user' | 'appPermissions'>,
): Promise<Pick<Origin, 'results' | 'hasCopy' | 'isSilent'>> {
  const { delivery, isMentioned } = await findMemberSettings(executor, user.id);
  const wanted = guildId === null ? 'channel' : (await findServerSettings(executor, guildId)).results;
  const isImpossible = wanted === 'thread' && !appPermissions.has(THREADS);
  const results = wanted === 'channel' || isImpossible ? undefined : wanted;
  const hasCopy = guildId !== null && delivery === 'direct-message-too' && results !== 'direct-message';
  return {
    ...(results ? { results } : {}),
    ...(hasCopy ? { hasCopy } : {}),
    ...(isMentioned ? {} : { isSilent: true }),
  };
}
