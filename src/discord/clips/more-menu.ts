import type { ButtonInteraction } from 'discord.js';
import type { APIMessage } from 'discord-api-types/v10';
import { isStandIn } from '../../domain/clip.ts';
import { UserError } from '../../errors.ts';
import { deleteClip } from '../../store/clips.ts';
import { findDelivery } from '../../store/deliveries.ts';
import { findTask } from '../../store/tasks.ts';
import { words } from '../../words/words.ts';
import { CODE, codeOf, isRefusal } from '../api/api-errors.ts';
import { type Components, privately, updating } from '../interactions/command.ts';
import { isModerator, originOf } from '../interactions/origin.ts';
import type { Services } from '../interactions/services.ts';
import { buildMessage } from '../messages/message.ts';
import { listCustomIds } from '../messages/message-ids.ts';
import { canPick } from '../timeline-pick/pick-buttons.ts';
import { quoteClipCard, requesterOnCard } from './clip-card.ts';
import { loadClipFacts } from './clip-eligibility.ts';
import type { FoundClip } from './clip-finder.ts';
import { embedsOf, knownClipOf } from './clip-forms.ts';
import { listClipEntries } from './clip-menu.ts';
import { buildLyricsAnswer } from './lyrics-answer.ts';
import { buildMoreMenu, type MenuEntry } from './menu-message.ts';
import { buildClipIdAnswer } from './questions.ts';

/** The private menu behind **More**, and the entries that belong to no command. */
export const moreMenu: Components = {
  buttons: {
    more: (interaction, { clip }, services) =>
      privately(async () => {
        const found = await services.clips.findPressed(clip);
        const { title } = knownClipOf(found, interaction.message);
        const quote = found.clip ? undefined : quoteClipCard(embedsOf(interaction.message));
        const { entries, missing } = await listEntries(found, interaction.message.id, services);
        await services.answers.fill(interaction, buildMoreMenu({ title, entries, missing, quote }));
      }),

    'menu-again': (interaction, { clip }, services) =>
      services.desk.answerPress(interaction, 'menu-again', async () => {
        const task = await findMaker(await services.clips.findPressed(clip), services);
        if (task) return task.request;
        throw new UserError(words().clips.menu.unknownMaker);
      }),

    // Besides the menu, which is still there afterwards.
    'menu-lyrics': (interaction, { clip: reference }, services) =>
      privately(async () => {
        const { clip } = await services.clips.findPressed(reference);
        if (!clip?.lyrics?.trim()) throw new UserError(words().clips.lyrics.unknown);
        const { body, files } = buildLyricsAnswer(clip);
        await services.api.editAnswer(interaction, body, '@original', { files });
      }),

    'menu-id': (interaction, { clip }, { answers }) =>
      updating(() => answers.fill(interaction, buildClipIdAnswer(clip))),

    'menu-delete': (interaction, { messageId }, services) =>
      updating(async () => {
        if (!messageId) throw new UserError(words().clips.deleting.unknownMessage);
        const card = await getCard(interaction, messageId, services);
        await requireRight(interaction, card, services);
        await removeCard(card, services);
        await services.answers.fill(interaction, buildMessage({ content: words().clips.deleting.deleted }));
      }),
  },
};

async function findMaker({ clip }: FoundClip, { store }: Services) {
  return clip && (await findTask(store.db, clip.taskId));
}

/** **Again** first, the operations, and last what is done with the card itself. */
async function listEntries(found: FoundClip, messageId: string, services: Services) {
  const { catalogue, store } = services;
  const { reference: clip } = found;
  const { menu } = words().clips;
  const maker = await findMaker(found, services);
  const price = maker && catalogue.find(maker.request.engine, maker.request.operation)?.price;
  const again: MenuEntry = {
    ...menu.again,
    id: { action: 'menu-again', clip, messageId },
    price,
  };
  const { entries, missing } = listClipEntries(catalogue, await loadClipFacts(found, store), {
    hasAudio: found.clip?.audioUrl !== undefined,
    durationSeconds: found.clip?.durationSeconds,
    now: await store.now(),
  });
  const own: readonly MenuEntry[] = [
    ...(isStandIn(clip.clipId) || !canPick(services, clip)
      ? []
      : [{ ...words().pick.entry, id: { action: 'pick', clip } } as const]),
    ...(found.clip?.lyrics?.trim()
      ? [{ ...menu.lyrics, id: { action: 'menu-lyrics', clip, messageId } } as const]
      : []),
    { ...menu.clipId, id: { action: 'menu-id', clip, messageId } },
    { ...menu.delete, id: { action: 'menu-delete', clip, messageId }, isDangerous: true },
  ];
  return { entries: [...(price === undefined ? [] : [again]), ...entries, ...own], missing };
}

async function getCard(
  interaction: ButtonInteraction,
  messageId: string,
  { api }: Services,
): Promise<APIMessage> {
  try {
    const message = await api.getMessage(interaction.channelId, messageId);
    if (message.author.id === interaction.client.user.id) return message;
  } catch (error) {
    if (isRefusal(error, CODE.unknownMessage)) throw new UserError(words().clips.deleting.already);
    if (codeOf(error) === undefined) throw error;
  }
  const { noAccess, notThere } = words().clips.deleting;
  throw new UserError(originOf(interaction).userInstallOnly ? notThere : noAccess);
}

/** Only the requester, as the card names them, whoever wanted to see it again, or a moderator. Checked at every press. */
async function requireRight(
  interaction: ButtonInteraction,
  card: APIMessage,
  services: Services,
): Promise<void> {
  const delivery = await findShown(card, services);
  const task = delivery && (await findTask(services.store.db, delivery.taskId));
  const requesterId = task?.origin.userId ?? requesterOnCard(card.embeds);
  const isShower = card.interaction_metadata?.user.id === interaction.user.id;
  if (requesterId === interaction.user.id || isShower || isModerator(interaction)) return;
  const { noRight, somebody } = words().clips.deleting;
  throw new UserError(noRight({ requester: requesterId ? `<@${requesterId}>` : somebody }));
}

async function removeCard(card: APIMessage, services: Services): Promise<void> {
  const { api, store } = services;
  try {
    await api.deleteMessage(card.channel_id, card.id);
  } catch (error) {
    // Somebody was faster, which comes to the same.
    if (!isRefusal(error, CODE.unknownMessage)) throw error;
  }
  const delivery = await findShown(card, services);
  const now = await store.now();
  for (const clipId of delivery?.clipIds ?? []) await deleteClip(store.db, clipId, now);
}

/** The delivery whose message this is. */
async function findShown(card: APIMessage, { store }: Services) {
  const more = listCustomIds(card).find((id) => id.action === 'more');
  return more?.deliveryId ? await findDelivery(store.db, more.deliveryId) : undefined;
}
