import type {
  ButtonInteraction,
  ChatInputCommandInteraction,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
  StringSelectMenuInteraction,
} from 'discord.js';
import type { Config } from '../../config.ts';
import type { Task } from '../../domain/task.ts';
import { UserError } from '../../errors.ts';
import type { AccountKeys } from '../../keys/account-keys.ts';
import type { Logger } from '../../log.ts';
import { findCard } from '../../store/cards.ts';
import type { Store } from '../../store/open.ts';
import { BlockedError } from '../../tracker/admission.ts';
import {
  type GroupRequest,
  type IntakeDeps,
  type RequestedGroup,
  requestTasks,
} from '../../tracker/intake.ts';
import { words } from '../../words/words.ts';
import type { DiscordApi } from '../api/api.ts';
import { CODE, isRefusal, isTokenDead } from '../api/api-errors.ts';
import type { ChannelFacts } from '../interactions/channel-facts.ts';
import type { Visibility } from '../interactions/command.ts';
import { isManager, originOf, rolesOf } from '../interactions/origin.ts';
import type { Preferences } from '../interactions/preferences.ts';
import { removeButtons } from '../interactions/press-buttons.ts';
import { messageLink } from '../messages/text.ts';
import type { PlannedDraft } from './draft-planner.ts';
import { DraftRefusal, refusal } from './draft-refusal.ts';
import type { Draft } from './drafts.ts';
import { findAccount, requireAccount } from './request-account.ts';
import { findWishes } from './request-wishes.ts';

/** An interaction that can end in a new task. */
export type Asking =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | ButtonInteraction
  | StringSelectMenuInteraction
  | ModalSubmitInteraction;

export interface TakeDeps {
  readonly config: Config;
  readonly store: Store;
  readonly api: DiscordApi;
  readonly intake: IntakeDeps;
  readonly preferences: Preferences;
  readonly channels: ChannelFacts;
  readonly keys: Pick<AccountKeys, 'look'>;
  readonly log: Logger;
  /** Called after a task was recorded. */
  readonly onTask: (task: Task) => void;
}

/** What a person has decided to ask for; nothing of our own stands in its way. */
interface Decision extends Pick<PlannedDraft, 'draft' | 'requests'> {
  /** By which it is known: the same key again finds the first task. */
  readonly requestKey: string;
  /** Who sees what becomes of it. */
  readonly visibility: Visibility;
}

/**
 * Finds the account that pays, and makes the decision's task in one transaction with the rules, budgets and limits.
 *
 * @throws DraftRefusal when there is no room for it now: what was typed is kept.
 * @throws UserError when no account can pay, the person is blocked, or the decision had been taken before.
 */
export async function takeDecision(
  interaction: Asking,
  { draft, requests, requestKey, visibility }: Decision,
  deps: TakeDeps,
): Promise<void> {
  const { api, channels, config, keys, preferences, store } = deps;
  const origin = {
    ...originOf(interaction),
    ...preferences.localesFor(interaction),
    ...(await findWishes(store.db, interaction)),
  };
  const accountId = await findAccount(store.db, requests[0], origin);
  await requireAccount(accountId, { origin, config, keys });
  const group = {
    requests,
    origin: visibility === 'private' ? { ...origin, isPrivate: true } : origin,
    requestKey,
    accountId,
    ...askerOf(interaction, channels),
    place: await channels.load(interaction, api),
  };
  const { tasks, created } = await record(draft, group, deps.intake);
  const [task] = tasks;
  if (!task) throw new Error(`the decision ${requestKey} made no task`);
  if (created) return deps.onTask(task);
  if (interaction.isButton()) await removeButtons(interaction, deps);
  const link = await findLink(task, deps);
  const { askedHere, asked } = words().drafts;
  throw new UserError(link ? askedHere({ link }) : asked);
}

/** What the rules of a server look at. */
export function askerOf(interaction: Asking, channels: ChannelFacts) {
  return {
    roleIds: rolesOf(interaction),
    isManager: isManager(interaction),
    place: channels.placeOf(interaction),
  };
}

/** Budgets and the queue may have room later, or for something else: what was typed is kept for then. */
async function record(draft: Draft, group: GroupRequest, intake: IntakeDeps): Promise<RequestedGroup> {
  try {
    return await requestTasks(intake, group);
  } catch (error) {
    if (!(error instanceof UserError) || error instanceof BlockedError) throw error;
    throw new DraftRefusal(draft, [refusal('', error.message)], 0, error.message);
  }
}

/** Address of a task's card. In its first moments only Discord knows which message that is. */
async function findLink(
  { id, origin }: Task,
  { api, store }: Pick<TakeDeps, 'api' | 'store'>,
): Promise<string | undefined> {
  const card = await findCard(store.db, id);
  const { interactionId, applicationId, token, guildId, channelId } = origin;
  try {
    const messageId =
      card?.messageId ?? (await api.getAnswer({ id: interactionId, applicationId, token })).id;
    return messageLink(guildId, channelId, messageId);
  } catch (error) {
    if (isTokenDead(error) || isRefusal(error, CODE.unknownMessage)) return undefined;
    throw error;
  }
}
