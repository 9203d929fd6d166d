/** What was changed, in words. */
import type { SettingChange } from '../../domain/settings.ts';
import { words } from '../../words/words.ts';
import type { PeriodCredits } from '../people/credits-fields.ts';
import type { GuildFacts } from './guild-facts.ts';
import {
  formatAmount,
  formatWordList,
  type MEMBER_VALUES,
  type Naming,
  type SERVER_VALUES,
} from './value-words.ts';

type Name = keyof typeof SERVER_VALUES | keyof typeof MEMBER_VALUES;
type Formatters = Readonly<Record<string, (value: never, naming: Naming) => string>>;

/** So many of a list are named; the panel below names more. */
const MOST_NAMED = 8;

/** A sentence for each setting that is different now. */
export function describeChanges(
  changes: readonly SettingChange[],
  formatters: typeof SERVER_VALUES | typeof MEMBER_VALUES,
  facts: GuildFacts = {},
): string {
  // By name, since a change names its setting.
  const byName: Formatters = formatters;
  const { changed, unchanged, names } = words().settingsPanel;
  if (changes.length === 0) return unchanged;
  return changes
    .map(({ setting, before, after }) => {
      if (setting === 'blockedWords') return describeWords(before, after);
      const format = byName[setting];
      // A change is between two states of the settings that the formatters are made for.
      const [from, to] = [before, after].map(
        (value) => format?.(value as never, { facts, most: MOST_NAMED }) ?? '',
      );
      return changed({ setting: names[setting as Name], before: from ?? '', after: to ?? '' });
    })
    .join('\n');
}

/** The same of a budget. */
export function describeBudget(holder: string, before?: PeriodCredits, after?: PeriodCredits): string {
  const { changed, unchanged, budgets } = words().settingsPanel;
  const [from, to] = [before, after].map((one) => (one ? formatAmount(one) : budgets.noBudget));
  if (from === to) return unchanged;
  return changed({ setting: budgets.name({ holder }), before: from ?? '', after: to ?? '' });
}

/** A list that may be long: what came and what went says more than the two. */
function describeWords(before: unknown, after: unknown): string {
  const [from, to] = [before, after].map((list) =>
    Array.isArray(list) ? list.filter((word): word is string => typeof word === 'string') : [],
  );
  const old = from ?? [];
  const present = to ?? [];
  return words().settingsPanel.words.changed({
    after: formatWordList(present, MOST_NAMED),
    added: formatWordList(
      present.filter((word) => !old.includes(word)),
      MOST_NAMED,
    ),
    removed: formatWordList(
      old.filter((word) => !present.includes(word)),
      MOST_NAMED,
    ),
  });
}
