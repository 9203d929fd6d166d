import type { ButtonInteraction } from 'discord.js';
import type { OperationId, Request } from '../../domain/request.ts';
import { UserError } from '../../errors.ts';
import type { Catalogue, Operation } from '../../musicapi/catalogue.ts';
import type { Finding } from '../../musicapi/finding.ts';
import { findStanding } from '../../store/member-rules.ts';
import { BlockedError } from '../../tracker/admission.ts';
import { requireRules } from '../../tracker/rules.ts';
import { explainNoSpending } from '../interactions/access.ts';
import { type Answer, later, message, type Visibility } from '../interactions/command.ts';
import { inTime } from '../interactions/in-time.ts';
import { removeButtons } from '../interactions/press-buttons.ts';
import { pressKey } from '../interactions/press-key.ts';
import { fillDefaults } from './draft-defaults.ts';
import { needsLookUp, priceOf } from './draft-look.ts';
import type { DraftPlanner, PlannedDraft } from './draft-planner.ts';
import { DraftRefusal, isRefusal } from './draft-refusal.ts';
import { type Draft, draftOf } from './drafts.ts';
import { type Asking, askerOf, type TakeDeps, takeDecision } from './take-decision.ts';

interface DeskDeps extends TakeDeps {
  readonly catalogue: Catalogue;
  readonly planner: DraftPlanner;
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
      this.#requireChoice(found, findings);
      const requestKey = pressKey(interaction.message.id, 'draft-send');
      await takeDecision(interaction, { draft: found, requests, requestKey, visibility }, this.#deps);
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
    this.#requireChoice(draft, findings);
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
      const planned = await plan();
      const requests: PlannedDraft['requests'] = 'operation' in planned ? [planned] : planned;
      const [request, ...others] = requests;
      const draft = { ...draftOf(request), ...(others.length > 0 ? { count: requests.length } : {}) };
      const findings = await this.#deps.planner.review(request, interaction.user.id);
      if (findings.length > 0) throw this.#refuse(draft, findings);
      const requestKey = pressKey(interaction.message.id, action);
      await takeDecision(interaction, { draft, requests, requestKey, visibility }, this.#deps);
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
      ...askerOf(interaction, this.#deps.channels),
      origin: { guildId: guildId ?? undefined, userId: user.id },
    });
  }

  /**
   * What the person or the server has set stands in for what was left out of a new song; it gives way where the engine
   * could not do what is asked for.
   */
  #withDefaults(draft: Draft, interaction: Asking): Draft {
    const { planner, preferences, catalogue } = this.#deps;
    const filled = fillDefaults(draft, preferences.listDefaults(interaction), catalogue);
    if (filled === draft) return draft;
    const count = (one: Draft) => planner.look(one, interaction).filter(isRefusal).length;
    return count(filled) > count(draft) ? draft : filled;
  }

  #answerDraft(interaction: Asking, draft: Draft, plan: () => Promise<PlannedDraft>): Answer {
    const visibility = visibilityOf(draft.operation);
    return message(visibility, async () => {
      const { draft: found, findings, requests } = await plan();
      if (findings.length > 0) throw this.#refuse(found, findings);
      const decision = { draft: found, requests, requestKey: interaction.id, visibility };
      await takeDecision(interaction, decision, this.#deps);
    });
  }

  /** Warnings leave the choice. */
  #requireChoice(draft: Draft, findings: readonly Finding[]): void {
    const refusals = findings.filter(isRefusal);
    if (refusals.length > 0) throw this.#refuse(draft, refusals);
  }

  #refuse(draft: Draft, findings: readonly Finding[]): DraftRefusal {
    return new DraftRefusal(draft, findings, priceOf(draft, this.#deps.catalogue));
  }
}
