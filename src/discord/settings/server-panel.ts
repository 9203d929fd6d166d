import { words } from '../../words/words.ts';
import type { CardMessage } from '../messages/message.ts';
import { SERVER_SECTIONS, type ServerSection } from '../messages/settings-ids.ts';
import { formatKey } from './key-parts.ts';
import { buildPanel, formatLine } from './panel-parts.ts';
import { buildPauseButton, buildServerControls } from './server-controls.ts';
import type { ServerView } from './server-view.ts';
import {
  formatAmount,
  formatBlocked,
  formatHolder,
  formatPerDay,
  nameRole,
  SERVER_VALUES,
} from './value-words.ts';

/** So many of each list are named: as many as fit into an embed with everything else. */
const MOST_NAMED = [25, 12, 6, 3] as const;
const MAX_DESCRIPTION_LENGTH = 4_096;

/**
 * Builds the panel of a server's settings.
 *
 * @param section - which is open; none: what there is
 * @param done - what was just done
 */
export function buildServerPanel(view: ServerView, section?: ServerSection, done?: string): CardMessage {
  const { texts = [], rows } = section
    ? buildServerControls(section, view)
    : { rows: [buildPauseButton(view)] };
  return buildPanel({
    title: words().settingsPanel.server.title,
    lines: listFittingLines(view),
    menu: { id: { action: 'server-show' }, sections: SERVER_SECTIONS },
    section,
    texts: [done, ...texts],
    rows,
  });
}

function listFittingLines(view: ServerView): readonly string[] {
  const choices = MOST_NAMED.map((most) => listLines(view, most));
  const isFitting = (lines: readonly string[]) => lines.join('\n').length <= MAX_DESCRIPTION_LENGTH;
  return choices.find(isFitting) ?? choices.at(-1) ?? [];
}

function listLines(
  { settings, facts, budgets, blockedIds, limits, key }: ServerView,
  most: number,
): readonly string[] {
  const naming = { facts, most };
  const { names, budgets: budgetWords, values } = words().settingsPanel;
  const own = budgets.slice(0, most).map((budget) => {
    const holder = formatHolder(budget, (id) => nameRole(id, facts));
    return `- ${budgetWords.line({ holder, amount: formatAmount(budget) })}`;
  });
  const left = budgets.length - own.length;
  const member = formatPerDay(limits.member);
  const server = formatPerDay(limits.server);
  const isByRole = settings.pressers === 'roles' || settings.presserRoleIds.length > 0;
  return [
    formatLine(names.isPaused, SERVER_VALUES.isPaused(settings.isPaused, naming)),
    formatLine(names.channelIds, SERVER_VALUES.channelIds(settings.channelIds, naming)),
    formatLine(names.roleIds, SERVER_VALUES.roleIds(settings.roleIds, naming)),
    formatLine(names.offOperations, SERVER_VALUES.offOperations(settings.offOperations, naming)),
    formatLine(names.engine, SERVER_VALUES.engine(settings.engine, naming)),
    formatLine(names.model, SERVER_VALUES.model(settings.model, naming)),
    formatLine(names.pressers, SERVER_VALUES.pressers(settings.pressers, naming)),
    ...(isByRole
      ? [formatLine(names.presserRoleIds, SERVER_VALUES.presserRoleIds(settings.presserRoleIds, naming))]
      : []),
    formatLine(names.results, SERVER_VALUES.results(settings.results, naming)),
    formatLine(names.explicit, SERVER_VALUES.explicit(settings.explicit, naming)),
    formatLine(names.budgets, own.length > 0 ? '' : budgetWords.none({ member, server })).trimEnd(),
    ...own,
    ...(left > 0 ? [`- ${values.more({ count: left })}`] : []),
    formatLine(names.blockedWords, SERVER_VALUES.blockedWords(settings.blockedWords, naming)),
    formatLine(names.blockedMembers, formatBlocked(blockedIds, most)),
    formatLine(names.retentionDays, SERVER_VALUES.retentionDays(settings.retentionDays, naming)),
    formatLine(names.language, SERVER_VALUES.language(settings.language, naming)),
    formatLine(names.key, formatKey(key)),
  ];
}
