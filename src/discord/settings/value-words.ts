/** What is set, in words. */
import type { Budget } from '../../domain/budget.ts';
import { ENGINES } from '../../domain/request.ts';
import type { MemberSettings, ServerSettings } from '../../domain/settings.ts';
import { operationWords } from '../../words/operation-words.ts';
import { formatPeriod } from '../../words/periods.ts';
import { LANGUAGES, words, wordsOf } from '../../words/words.ts';
import { mentionOf } from '../cards/mention.ts';
import { formatCredits, oneLine, plain } from '../messages/text.ts';
import type { PeriodCredits } from '../people/credits-fields.ts';
import { type GuildFacts, isChannelGone, isRoleGone } from './guild-facts.ts';

/** How things are named. */
export interface Naming {
  readonly facts: GuildFacts;
  /** So many of a list. */
  readonly most: number;
}

type Formatters<Settings> = {
  readonly [Name in keyof Settings]-?: (value: Settings[Name], naming: Naming) => string;
};

const MAX_WORD_SHOWN = 40;
const EVERYBODY = '@everyone';

/** The settings of a server. */
export const SERVER_VALUES: Formatters<ServerSettings> = {
  isPaused: (isPaused) =>
    isPaused ? words().settingsPanel.values.paused : words().settingsPanel.values.open,
  channelIds: (ids, { facts, most }) =>
    nameSome(ids, most, (id) => nameChannel(id, facts)) ?? words().settingsPanel.values.everywhere,
  roleIds: (ids, { facts, most }) =>
    nameSome(ids, most, (id) => nameRole(id, facts)) ?? words().settingsPanel.values.everybody,
  offOperations: (ids) =>
    nameSome(ids, ids.length, (id) => operationWords({ engine: ENGINES[0], id }).label) ??
    words().settingsPanel.values.nothing,
  engine: formatEngine,
  model: formatModel,
  pressers: (pressers) => words().settingsPanel.values.pressers[pressers],
  presserRoleIds: (ids, { facts, most }) =>
    nameSome(ids, most, (id) => nameRole(id, facts)) ?? words().settingsPanel.values.noRoles,
  results: (place) => words().settingsPanel.values.results[place],
  explicit: (rule) => words().settingsPanel.values.explicit[rule],
  blockedWords: (list, { most }) => formatWordList(list, most),
  language: formatLanguage,
  retentionDays: formatRetention,
};

/** The settings of a member. */
export const MEMBER_VALUES: Formatters<MemberSettings> = {
  engine: (engine) => engine ?? words().settingsPanel.values.asTheServer,
  model: (model) =>
    model === undefined ? words().settingsPanel.values.asTheServer : oneLine(model, MAX_WORD_SHOWN),
  vocals: (vocals) =>
    vocals === undefined ? words().settingsPanel.values.anyVoice : words().options.choices.vocals[vocals],
  instrumental: (instrumental) => words().settingsPanel.values.instrumental[instrumental ? 'yes' : 'no'],
  delivery: (delivery) => words().settingsPanel.values.delivery[delivery],
  isMentioned: (isMentioned) =>
    isMentioned ? words().settingsPanel.values.mentioned : words().settingsPanel.values.silent,
  language: formatLanguage,
};

/** Members who are blocked. */
export function formatBlocked(ids: readonly string[], most: number): string {
  const some = nameSome(ids, most, mentionOf);
  const { values } = words().settingsPanel;
  return some === undefined ? values.nobody : values.members({ count: ids.length, some });
}

/** Words, and how many there are. */
export function formatWordList(list: readonly string[], most: number): string {
  const some = nameSome(list, most, (word) => plain(word, MAX_WORD_SHOWN));
  const { values } = words().settingsPanel;
  return some === undefined ? values.nothing : values.words({ count: list.length, some });
}

/** Whose budget it is. */
export function formatHolder(
  { holder, holderId }: Pick<Budget, 'holder' | 'holderId'>,
  nameOfRole: (roleId: string) => string,
): string {
  const { budgets } = words().settingsPanel;
  return holder === 'role' ? budgets.role({ role: nameOfRole(holderId) }) : budgets[holder];
}

/** Credits in a period. */
export function formatAmount({ credits, period }: PeriodCredits): string {
  const { unlimited, limit } = words().people.members;
  if (credits === Number.POSITIVE_INFINITY) return unlimited;
  return limit({ credits: formatCredits(credits), period: formatPeriod(period) });
}

/** Credits that the bot allows. */
export function formatPerDay(credits: number): string {
  if (credits === Number.POSITIVE_INFINITY) return words().people.members.unlimited;
  return words().settingsPanel.budgets.perDay({ credits: formatCredits(credits) });
}

/** A role, where mentions are shown. */
export function nameRole(id: string, facts: GuildFacts): string {
  if (isRoleGone(facts, id)) return words().settingsPanel.values.goneRole({ id });
  // A mention of the role of everybody would read "@@everyone".
  return facts.roles?.get(id) === EVERYBODY ? EVERYBODY : `<@&${id}>`;
}

/** The same where they are not. */
export function nameRolePlainly(id: string, { roles }: GuildFacts): string {
  const name = roles?.get(id);
  if (name !== undefined) return `@${oneLine(name, MAX_WORD_SHOWN)}`;
  return roles ? words().settingsPanel.values.goneRole({ id }) : `@${id}`;
}

function nameChannel(id: string, facts: GuildFacts): string {
  return isChannelGone(facts, id) ? words().settingsPanel.values.goneChannel({ id }) : `<#${id}>`;
}

function nameSome<T>(list: readonly T[], most: number, name: (one: T) => string): string | undefined {
  if (list.length === 0) return undefined;
  const named = list.slice(0, most).map(name);
  const left = list.length - named.length;
  const rest = left > 0 ? [words().settingsPanel.values.more({ count: left })] : [];
  return words().units.and({ parts: [...named, ...rest] });
}

/** How long texts are kept. */
export function formatRetention(days: number | undefined): string {
  const { keptForDays, keptUntilDeleted } = words().settingsPanel.values;
  return days === undefined ? keptUntilDeleted : keptForDays({ days });
}

function formatEngine(engine: ServerSettings['engine']): string {
  return engine ?? words().settingsPanel.values.defaultEngine({ engine: ENGINES[0] });
}

function formatModel(model: string | undefined): string {
  return model === undefined ? words().settingsPanel.values.defaultModel : oneLine(model, MAX_WORD_SHOWN);
}

function formatLanguage(language: string | undefined): string {
  const { values } = words().settingsPanel;
  if (language === undefined) return values.asDiscordSays;
  const known = LANGUAGES.find((one) => one === language);
  if (known) return wordsOf(known).settingsPanel.languageItself;
  return values.unknownLanguage({ language: plain(language, MAX_WORD_SHOWN) });
}
