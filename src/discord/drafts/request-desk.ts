import type {
  BaseInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
  StringSelectMenuInteraction,
} from 'discord.js';
import type { Config } from '../../config.ts';
import type { ClipReference, OperationId, Request } from '../../domain/request.ts';
import type { Task } from '../../domain/task.ts';
import { UserError } from '../../errors.ts';
import type { AccountKeys } from '../../keys/account-keys.ts';
import type { Logger } from '../../log.ts';
import type { Catalogue, Operation } from '../../musicapi/catalogue.ts';
import type { Finding } from '../../musicapi/finding.ts';
import { findCard } from '../../store/cards.ts';
import { findStanding } from '../../store/member-rules.ts';
import type { Store } from '../../store/open.ts';
import { BlockedError } from '../../tracker/admission.ts';
import {
  type GroupRequest,
  type IntakeDeps,
  type RequestedGroup,
  requestTasks,
} from '../../tracker/intake.ts';
import { requireRules } from '../../tracker/rules.ts';
import { words } from '../../words/words.ts';
import type { DiscordApi } from '../api/api.ts';
import { CODE, isRefusal, isTokenDead } from '../api/api-errors.ts';
import { explainNoSpending } from '../interactions/access.ts';
import type { ChannelFacts } from '../interactions/channel-facts.ts';
import { type Answer, later, message, type Visibility } from '../interactions/command.ts';
import { inTime } from '../interactions/in-time.ts';
import { isManager, originOf, rolesOf } from '../interactions/origin.ts';
import type { Preferences } from '../interactions/preferences.ts';
import { removeButtons } from '../interactions/press-buttons.ts';
import { pressKey } from '../interactions/press-key.ts';
import { messageLink } from '../messages/text.ts';
import { fillDefaults } from './draft-defaults.ts';
import { needsLookUp } from './draft-look.ts';
import type { DraftPlanner, PlannedDraft } from './draft-planner.ts';
import { DraftRefusal, refusal } from './draft-refusal.ts';
import { type Draft, draftOf } from './drafts.ts';
import { findAccount, requireAccount } from './request-account.ts';
import { findWishes } from './request-wishes.ts';

/** An interaction that can end in a new task. */
type Asking =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | ButtonInteraction
  | StringSelectMenuInteraction
  | ModalSubmitInteraction;

interface DeskDeps {
  readonly config: Config;
  readonly store: Store;
  readonly catalogue: Catalogue;
  readonly api: DiscordApi;
  readonly intake: IntakeDeps;
  readonly planner: DraftPlanner;
  readonly preferences: Preferences;
  readonly channels: ChannelFacts;
  readonly keys: Pick<AccountKeys, 'look'>;
  readonly log: Logger;
  /** Called after a task was recorded. */
  readonly onTask: (task: Task) => void;
}

/** By which key a decision is known, and who sees what becomes of it. */
interface Terms {
  readonly requestKey: string;
  readonly visibility: Visibility;
}

/** What a decision that is still to be taken is about. */
interface Preview {
  /** With what was left out. */
  readonly draft: Draft;
  /** What is worth a look before it is sent. */
  readonly warnings: readonly Finding[];
  /** Credits. */
  readonly price: number;
}

/** What a press asks for: one request, or the same several times. */
type Planned = Request | PlannedDraft['requests'];

/** Looking up what was named may take this long before a refusal that is certain anyway is told without it. */
const LOOK_UP_MS = 1_500;

/** Stands for lyrics that nobody has typed yet. */
const STILL_TO_COME = { url: '', name: '' } as const;

/** What only the person who asked gets to see. */
const PRIVATE_OPERATIONS: readonly OperationId[] = ['lyrics', 'tags'];

/** Who sees what becomes of an operation. */
function visibilityOf(operation: OperationId): Visibility {
  return PRIVATE_OPERATIONS.includes(operation) ? 'private' : 'public';
}

/**
 * The one way from a person's decision to a task: checks that need no I/O, the public acknowledgement, then the
 * transaction. One decision makes one task, however often it arrives.
 */
export class RequestDesk {
  readonly #deps: DeskDeps;

  constructor(deps: DeskDeps) {
    this.#deps = deps;
  }

  /**
   * Answers a command or a form, from what was typed. Whatever is found without I/O is said at once and privately,
   * together with what can be found in a moment; nothing is sent or recorded then, and what was typed is kept.
   *
   * @throws DraftRefusal with every finding.
   */
  ask(interaction: Asking, typed: Draft): Answer {
    this.requirePlace(interaction);
    const { planner } = this.#deps;
    const draft = this.#withDefaults(typed, interaction);
    const ahead = planner.look(draft, interaction);
    const plan = () => planner.plan(draft, interaction);
    if (ahead.length === 0 && !planner.suspects(draft)) return this.#answerDraft(interaction, draft, plan);
    if (!needsLookUp(draft)) throw this.#refuse(draft, ahead);
    return later(visibilityOf(draft.operation), async () => {
      const planning = plan();
      const planned = await inTime(LOOK_UP_MS, planning).catch(() => undefined);
      const findings = planned?.value.findings ?? ahead;
      if (findings.length > 0) throw this.#refuse(planned?.value.draft ?? draft, findings);
      return this.#answerDraft(interaction, draft, () => planning);
    });
  }

  /**
   * **Send anyway**: the same without the warnings. A second press finds the first one's task.
   *
   * @throws DraftRefusal when something stands in the way by now.
   */
  sendAnyway(interaction: ButtonInteraction, draft: Draft): Answer {
    this.requirePlace(interaction);
    const visibility = visibilityOf(draft.operation);
    return message(visibility, async () => {
      const { draft: found, findings, requests } = await this.#deps.planner.plan(draft, interaction);
      const refusals = findings.filter(({ severity }) => severity === 'refusal');
      if (refusals.length > 0) throw this.#refuse(found, refusals);
      const requestKey = pressKey(interaction.message.id, 'draft-send');
      await this.#take(interaction, found, requests, { requestKey, visibility });
      await removeButtons(interaction, this.#deps);
    });
  }

  /**
   * For a form of lyrics that opens after this: refuses what no lyrics would make right.
   *
   * @throws DraftRefusal with every refusal; warnings can wait.
   */
  lookAhead(interaction: Asking, draft: Draft): void {
    const findings = this.#deps.planner.look({ ...draft, lyricsFile: STILL_TO_COME }, interaction);
    const refusals = findings.filter(({ severity }) => severity === 'refusal');
    if (refusals.length > 0) throw this.#refuse(draft, refusals);
  }

  /**
   * What would be sent if the person wanted it. Needs no I/O.
   *
   * @throws DraftRefusal with every refusal.
   */
  preview(interaction: Asking, typed: Draft): Preview {
    this.requirePlace(interaction);
    const draft = this.#withDefaults(typed, interaction);
    const findings = this.#deps.planner.look(draft, interaction);
    const found = this.#refuse(draft, findings);
    if (findings.length > 0 && !found.isChoice) throw found;
    return { draft, warnings: findings, price: found.price };
  }

  /** The catalogue's entry that a draft is read by. */
  entryOf(draft: Draft): Operation {
    return this.#deps.planner.entryOf(draft);
  }

  /**
   * Answers a button that spends without asking again. The decision is the message's: a second press, whoever
   * presses, finds the first one's task, and the buttons that belong to this decision go away.
   *
   * @param visibility - of the answer and all that becomes of it
   */
  answerPress(
    interaction: ButtonInteraction,
    action: string,
    plan: () => Planned | Promise<Planned>,
    visibility: Visibility = 'public',
  ): Answer {
    this.requirePlace(interaction);
    return message(visibility, async () => {
      const terms = { requestKey: pressKey(interaction.message.id, action), visibility };
      const planned = await plan();
      await this.#takePlanned(interaction, 'operation' in planned ? [planned] : planned, terms);
      await removeButtons(interaction, this.#deps);
    });
  }

  /**
   * For presses that lead to a form or a question first: nobody fills in what is refused afterwards.
   *
   * @throws UserError where nothing may be asked for.
   */
  requirePlace(interaction: Asking): void {
    const { config, preferences } = this.#deps;
    const reason = explainNoSpending(interaction, config);
    if (reason && !preferences.hasOwnKey(interaction)) throw new UserError(reason);
  }

  /**
   * The same for people and for the server's rules: nobody is asked for more who is refused whatever the answer.
   *
   * @throws UserError when the person is blocked here, or a rule of the server lets nothing be asked for.
   */
  async requireUnblocked(interaction: Asking): Promise<void> {
    const { db } = this.#deps.store;
    const { guildId, user } = interaction;
    const { isBlocked } = await findStanding(db, guildId ?? undefined, user.id);
    if (isBlocked) throw new BlockedError();
    await requireRules(db, {
      ...this.#askerOf(interaction),
      origin: { guildId: guildId ?? undefined, userId: user.id },
    });
  }

  /** Whether something can be asked for about a clip here and now: each account knows only its own. */
  async canUse(interaction: BaseInteraction, clip: ClipReference): Promise<boolean> {
    const { config, keys, store } = this.#deps;
    const origin = originOf(interaction);
    try {
      await requireAccount(await findAccount(store.db, { clip }, origin), { origin, config, keys });
      return true;
    } catch (error) {
      if (error instanceof UserError) return false;
      throw error;
    }
  }

  /** What the rules of a server look at. */
  #askerOf(interaction: Asking) {
    return {
      roleIds: rolesOf(interaction),
      isManager: isManager(interaction),
      place: this.#deps.channels.placeOf(interaction),
    };
  }

  /**
   * What the person or the server has set stands in for what was left out of a new song; it gives way where the engine
   * could not do what is asked for.
   */
  #withDefaults(draft: Draft, interaction: Asking): Draft {
    const { planner, preferences, catalogue } = this.#deps;
    const filled = fillDefaults(draft, preferences.listDefaults(interaction), catalogue);
    if (filled === draft) return draft;
    const count = (one: Draft) =>
      planner.look(one, interaction).filter(({ severity }) => severity === 'refusal').length;
    return count(filled) > count(draft) ? draft : filled;
  }

  #answerDraft(interaction: Asking, draft: Draft, plan: () => Promise<PlannedDraft>): Answer {
    const visibility = visibilityOf(draft.operation);
    return message(visibility, async () => {
      const { draft: found, findings, requests } = await plan();
      if (findings.length > 0) throw this.#refuse(found, findings);
      await this.#take(interaction, found, requests, { requestKey: interaction.id, visibility });
    });
  }

  #refuse(draft: Draft, findings: readonly Finding[]): DraftRefusal {
    const { catalogue, planner } = this.#deps;
    const { engine, id } = planner.entryOf(draft);
    const others = draft.also ?? [];
    const prices = [id, ...others].map((operation) => catalogue.find(engine, operation)?.price ?? 0);
    const price = prices.reduce((sum, each) => sum + each, 0) * (draft.count ?? 1);
    return new DraftRefusal(draft, findings, price);
  }

  /** Several are the same request, so many times. */
  async #takePlanned(interaction: Asking, requests: PlannedDraft['requests'], terms: Terms): Promise<void> {
    const [request, ...others] = requests;
    const draft = { ...draftOf(request), ...(others.length > 0 ? { count: requests.length } : {}) };
    const findings = await this.#deps.planner.review(request, interaction.user.id);
    if (findings.length > 0) throw this.#refuse(draft, findings);
    await this.#take(interaction, draft, requests, terms);
  }

  async #take(
    interaction: Asking,
    draft: Draft,
    requests: PlannedDraft['requests'],
    { requestKey, visibility }: Terms,
  ): Promise<void> {
    const { api, channels, config, keys, preferences, store } = this.#deps;
    const origin = {
      ...originOf(interaction),
      ...preferences.localesFor(interaction),
      ...(await findWishes(store.db, interaction)),
    };
    const accountId = await findAccount(store.db, requests[0], origin);
    await requireAccount(accountId, { origin, config, keys });
    const { tasks, created } = await this.#record(draft, {
      requests,
      origin: visibility === 'private' ? { ...origin, isPrivate: true } : origin,
      requestKey,
      accountId,
      ...this.#askerOf(interaction),
      place: await channels.load(interaction, api),
    });
    const [task] = tasks;
    if (!task) throw new Error(`the decision ${requestKey} made no task`);
    if (created) return this.#deps.onTask(task);
    if (interaction.isButton()) await removeButtons(interaction, this.#deps);
    const link = await this.#findLink(task);
    const { askedHere, asked } = words().drafts;
    throw new UserError(link ? askedHere({ link }) : asked);
  }

  /** Budgets and the queue may have room later, or for something else: what was typed is kept for then. */
  async #record(draft: Draft, group: GroupRequest): Promise<RequestedGroup> {
    try {
      return await requestTasks(this.#deps.intake, group);
    } catch (error) {
      if (!(error instanceof UserError) || error instanceof BlockedError) throw error;
      throw new DraftRefusal(draft, [refusal('', error.message)], 0, error.message);
    }
  }

  /** Address of a task's card. In its first moments only Discord knows which message that is. */
  async #findLink({ id, origin }: Task): Promise<string | undefined> {
    const card = await findCard(this.#deps.store.db, id);
    const { interactionId, applicationId, token, guildId, channelId } = origin;
    try {
      const messageId =
        card?.messageId ?? (await this.#deps.api.getAnswer({ id: interactionId, applicationId, token })).id;
      return messageLink(guildId, channelId, messageId);
    } catch (error) {
      if (isTokenDead(error) || isRefusal(error, CODE.unknownMessage)) return undefined;
      throw error;
    }
  }
}
