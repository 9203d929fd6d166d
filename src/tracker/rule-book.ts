import { foldWords } from '../domain/blocked-words.ts';
import { type Budget, type BudgetHolder, EVERYWHERE } from '../domain/budget.ts';
import type { Period } from '../domain/period.ts';
import {
  listChanges,
  type MemberSettings,
  RETENTION_DAYS,
  type ServerSettings,
  type SettingChange,
} from '../domain/settings.ts';
import { UserError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Catalogue } from '../musicapi/catalogue.ts';
import { OPERATOR_ACCOUNT } from '../store/accounts.ts';
import { addAudit } from '../store/audit.ts';
import { listServerBudgets, removeBudget, saveBudget } from '../store/budgets.ts';
import { lockKey } from '../store/dialect.ts';
import type { Store } from '../store/open.ts';
import { bumpRevision } from '../store/revisions.ts';
import type { Executor } from '../store/schema.ts';
import {
  findMemberSettings,
  findServerSettings,
  saveMemberSettings,
  saveServerSettings,
} from '../store/settings.ts';
import { LANGUAGES, words } from '../words/words.ts';
import { createIds } from './ids.ts';

/** What setting rules needs. */
interface RuleBookDeps {
  readonly store: Store;
  readonly catalogue: Catalogue;
  readonly log: Logger;
  /** Called after a committed change: what is kept in memory of the settings is out of date, in every process. */
  readonly onChange: () => Promise<void> | void;
  /** Ids of audit entries, sorted by time. @defaultValue monotonic ULIDs */
  readonly newId?: () => string;
}

/** Somebody's decision about a server. That they have the right to it was checked before. */
export interface ServerDeed {
  readonly guildId: string;
  readonly actorId: string;
}

/** A budget of a server's own. */
export interface ServerBudget {
  /** `role`: of each member with the role; `member`: of each other member; `server`: of all together. */
  readonly holder: BudgetHolder;
  /** The role; empty for the others. */
  readonly holderId: string;
  readonly period: Period;
  /** Infinity = unlimited. */
  readonly credits: number;
}

/**
 * What is to be different; a function is given what is set at that moment, and may throw when it is not what somebody
 * was shown.
 */
export type Change<Settings> = Partial<Settings> | ((present: Settings) => Partial<Settings>);

/** Names whose budget it is. */
export type BudgetKey = Pick<ServerBudget, 'holder' | 'holderId'>;

/** Bounds of what is read with every request. */
const MAX_BLOCKED_WORDS = 200;
const MAX_WORD_LENGTH = 100;
/** So many characters fit into a form, wherever the lines end. */
const MAX_WORDS_LENGTH = 15_000;

const newAuditId = createIds();

/**
 * What servers and members set for themselves. Every change is written together with its entry in the audit, holds at
 * once in every process, and says what it changed.
 */
export class RuleBook {
  readonly #deps: RuleBookDeps;

  constructor(deps: RuleBookDeps) {
    this.#deps = deps;
  }

  /** What is set for a server. */
  async lookServer(guildId: string): Promise<ServerSettings> {
    return await findServerSettings(this.#deps.store.db, guildId);
  }

  /** What a member has set. */
  async lookMember(userId: string): Promise<MemberSettings> {
    return await findMemberSettings(this.#deps.store.db, userId);
  }

  /**
   * Changes settings of a server; what is left out stays as it is, and undefined takes it back.
   *
   * @returns what is different now; empty when nothing is
   * @throws UserError when something of it cannot be; then nothing is changed.
   */
  async changeServer(deed: ServerDeed, change: Change<ServerSettings>): Promise<readonly SettingChange[]> {
    const { guildId, actorId } = deed;
    return await this.#change(deed, `server settings ${guildId}`, async (tx, at) => {
      const before = await findServerSettings(tx, guildId);
      const after = this.#check(before, tidy({ ...before, ...resolve(change, before) }));
      await saveServerSettings(tx, guildId, after, { by: actorId, at });
      return listChanges(before, after);
    });
  }

  /**
   * The same of a member.
   *
   * @throws UserError when something of it cannot be; then nothing is changed.
   */
  async changeMember(userId: string, change: Change<MemberSettings>): Promise<readonly SettingChange[]> {
    const deed = { guildId: EVERYWHERE, actorId: userId };
    return await this.#change(deed, `member settings ${userId}`, async (tx, at) => {
      const before = await findMemberSettings(tx, userId);
      const after = this.#check(before, { ...before, ...resolve(change, before) });
      await saveMemberSettings(tx, userId, after, at);
      return listChanges(before, after);
    });
  }

  /** The budgets that a server has set for itself. They hold for the operator's key and for its own. */
  async listBudgets(guildId: string): Promise<readonly Budget[]> {
    return await listServerBudgets(this.#deps.store.db, OPERATOR_ACCOUNT, guildId);
  }

  /**
   * Sets a budget of a server; the one that was there for the same holder is replaced.
   *
   * @param check - is given the server's budgets at that moment, and may throw
   */
  async setBudget(
    deed: ServerDeed,
    budget: ServerBudget,
    check?: (present: readonly Budget[]) => void,
  ): Promise<readonly SettingChange[]> {
    const { guildId, actorId: by } = deed;
    return await this.#changeBudget(deed, budget, async (tx, at) => {
      check?.(await listServerBudgets(tx, OPERATOR_ACCOUNT, guildId));
      await saveBudget(tx, { ...budget, accountId: OPERATOR_ACCOUNT, guildId }, { by, at });
    });
  }

  /**
   * Takes a budget of a server away.
   *
   * @param check - is given the server's budgets at that moment, and may throw
   */
  async removeBudget(
    deed: ServerDeed,
    key: BudgetKey,
    check?: (present: readonly Budget[]) => void,
  ): Promise<readonly SettingChange[]> {
    const { guildId } = deed;
    return await this.#changeBudget(deed, key, async (tx) => {
      check?.(await listServerBudgets(tx, OPERATOR_ACCOUNT, guildId));
      await removeBudget(tx, { ...key, accountId: OPERATOR_ACCOUNT, guildId });
    });
  }

  async #changeBudget(
    deed: ServerDeed,
    { holder, holderId }: BudgetKey,
    work: (tx: Executor, at: number) => Promise<void>,
  ): Promise<readonly SettingChange[]> {
    const find = async (tx: Executor) => {
      const budgets = await listServerBudgets(tx, OPERATOR_ACCOUNT, deed.guildId);
      const found = budgets.find((one) => one.holder === holder && one.holderId === holderId);
      return found && { period: found.period, credits: amountOf(found.credits) };
    };
    const setting = holderId ? `budget of ${holder} ${holderId}` : `budget of ${holder}`;
    return await this.#change(deed, `server settings ${deed.guildId}`, async (tx, at) => {
      const before = await find(tx);
      await work(tx, at);
      const after = await find(tx);
      return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ setting, before, after }];
    });
  }

  /** Does it and writes it down, or neither. */
  async #change(
    { guildId, actorId }: ServerDeed,
    lock: string,
    work: (tx: Executor, at: number) => Promise<readonly SettingChange[]>,
  ): Promise<readonly SettingChange[]> {
    const { store, log, newId = newAuditId, onChange } = this.#deps;
    const changes = await store.transaction(async (tx) => {
      await lockKey(tx, lock);
      const at = await store.now(tx);
      const changed = await work(tx, at);
      for (const { setting, before, after } of changed) {
        const act = setting.startsWith('budget of ') ? 'budget' : 'setting';
        const detail = `${format(before)} -> ${format(after)}`;
        await addAudit(tx, { id: newId(), guildId, actorId, targetId: setting, act, detail, at });
      }
      if (changed.length > 0) await bumpRevision(tx, 'settings');
      return changed;
    });
    if (changes.length > 0) {
      log.info({ guildId, actorId, settings: changes.map(({ setting }) => setting) }, 'settings changed');
      await onChange();
    }
    return changes;
  }

  /**
   * A default model belongs to a default engine, and leaves with it. What is not changed is not judged: it may be from
   * a time when it could be, and must not stand in the way of the rest.
   */
  #check<Settings extends Pick<MemberSettings, 'engine' | 'model' | 'language'>>(
    before: Settings,
    after: Settings,
  ): Settings {
    const { invalid } = words().settings;
    const { language, engine, model } = after;
    if (
      language !== undefined &&
      language !== before.language &&
      !LANGUAGES.some((one) => one === language)
    ) {
      throw new UserError(invalid.language({ language: language.slice(0, MAX_WORD_LENGTH) }));
    }
    if (model === undefined) return after;
    if (model === before.model) return engine === before.engine ? after : { ...after, model: undefined };
    const { catalogue } = this.#deps;
    const models = engine ? catalogue.models(engine) : [];
    if (!engine || !models.some(({ id }) => id === model)) {
      throw new UserError(invalid.model({ engine: engine ?? '-', model: model.slice(0, MAX_WORD_LENGTH) }));
    }
    return after;
  }
}

function resolve<Settings>(change: Change<Settings>, present: Settings): Partial<Settings> {
  return typeof change === 'function' ? change(present) : change;
}

/** Lists without doubles, and words that can be found at all. */
function tidy(settings: ServerSettings): ServerSettings {
  const blockedWords = unique(settings.blockedWords.map((word) => word.trim()).filter((word) => word !== ''));
  const { invalid } = words().settings;
  const { least, most } = RETENTION_DAYS;
  const { retentionDays: days = least } = settings;
  if (!Number.isInteger(days) || days < least || days > most) {
    throw new UserError(invalid.retention({ most: words().units.number({ value: most }) }));
  }
  if (blockedWords.length > MAX_BLOCKED_WORDS) {
    throw new UserError(invalid.tooManyWords({ most: words().units.number({ value: MAX_BLOCKED_WORDS }) }));
  }
  if (blockedWords.reduce((sum, word) => sum + word.length, 0) > MAX_WORDS_LENGTH) {
    throw new UserError(invalid.longWords({ most: words().units.number({ value: MAX_WORDS_LENGTH }) }));
  }
  for (const word of blockedWords) {
    if (word.length > MAX_WORD_LENGTH) {
      throw new UserError(invalid.longWord({ most: words().units.number({ value: MAX_WORD_LENGTH }) }));
    }
    if (foldWords(word).length === 0) throw new UserError(invalid.emptyWord({ word }));
  }
  return {
    ...settings,
    blockedWords,
    channelIds: unique(settings.channelIds),
    roleIds: unique(settings.roleIds),
    presserRoleIds: unique(settings.presserRoleIds),
    offOperations: unique(settings.offOperations),
  };
}

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}

/** JSON has no Infinity. */
function amountOf(credits: number): number | 'unlimited' {
  return credits === Number.POSITIVE_INFINITY ? 'unlimited' : credits;
}

/** As it stands in the audit. */
function format(value: unknown): string {
  return value === undefined ? 'not set' : JSON.stringify(value);
}
