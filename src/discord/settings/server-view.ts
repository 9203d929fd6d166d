import type { Budget } from '../../domain/budget.ts';
import type { ServerSettings } from '../../domain/settings.ts';
import type { Catalogue } from '../../musicapi/catalogue.ts';
import { serverAccount } from '../../store/accounts.ts';
import { listBlocked } from '../../store/member-rules.ts';
import type { Services } from '../interactions/services.ts';
import type { ServerSection } from '../messages/settings-ids.ts';
import { type GuildFacts, loadGuildFacts } from './guild-facts.ts';
import { type KeyState, loadKeyState } from './key-parts.ts';

/** All that the panel of a server shows. */
export interface ServerView {
  readonly guildId: string;
  readonly settings: ServerSettings;
  readonly budgets: readonly Budget[];
  readonly blockedIds: readonly string[];
  readonly key: KeyState;
  readonly facts: GuildFacts;
  /** What the bot allows in any case; Infinity = unlimited. */
  readonly limits: { readonly member: number; readonly server: number };
  readonly catalogue: Catalogue;
}

/** Loads what holds for a server at this moment. */
export async function loadServerView(
  services: Services,
  guildId: string,
  section: ServerSection | undefined,
): Promise<ServerView> {
  const { rules, store, config, catalogue } = services;
  const settings = await rules.lookServer(guildId);
  const budgets = await rules.listBudgets(guildId);
  const { roleIds, presserRoleIds, channelIds } = settings;
  const hasRoles =
    roleIds.length + presserRoleIds.length > 0 || budgets.some(({ holder }) => holder === 'role');
  // What was just taken off a list is named too.
  const isAboutRoles = section === 'roles' || section === 'pressers' || section === 'budgets';
  const wanted = {
    roles: hasRoles || isAboutRoles,
    channels: channelIds.length > 0 || section === 'channels',
  };
  return {
    guildId,
    settings,
    budgets,
    blockedIds: await listBlocked(store.db, guildId),
    key: await loadKeyState(services, serverAccount(guildId), section === 'key'),
    facts: await loadGuildFacts(services, guildId, wanted),
    limits: { member: config.budgetMemberDay, server: config.budgetServerDay },
    catalogue,
  };
}

/** What of a server's settings a section is about: whoever changes it was shown exactly this. */
export function shownOfServer(section: ServerSection, settings: ServerSettings): unknown {
  switch (section) {
    case 'pause':
      return settings.isPaused;
    case 'channels':
      return settings.channelIds;
    case 'roles':
      return settings.roleIds;
    case 'operations':
      return settings.offOperations;
    case 'engine':
      return [settings.engine, settings.model];
    case 'pressers':
      return [settings.pressers, settings.presserRoleIds];
    case 'results':
      return settings.results;
    case 'explicit':
      return settings.explicit;
    case 'words':
      return settings.blockedWords;
    case 'retention':
      return settings.retentionDays;
    case 'language':
      return settings.language;
    case 'budgets':
    case 'members':
    case 'key':
      // These are no settings of this kind.
      return undefined;
    default:
      return section satisfies never;
  }
}

/** The budget of a holder, as somebody is shown it. */
export function shownOfBudget(
  budgets: readonly Budget[],
  { holder, holderId }: Pick<Budget, 'holder' | 'holderId'>,
): unknown {
  const found = budgets.find((one) => one.holder === holder && one.holderId === holderId);
  return found && [found.period, String(found.credits)];
}

/** All budgets, as somebody is shown them. */
export function shownOfBudgets(budgets: readonly Budget[]): unknown {
  return budgets.map((one) => [one.holder, one.holderId, shownOfBudget(budgets, one)]);
}
