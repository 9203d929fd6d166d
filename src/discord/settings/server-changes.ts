/** What a choice in the panel of a server changes. */
import { ENGINES } from '../../domain/request.ts';
import { EXPLICIT_RULES, PRESSERS, RESULT_PLACES, type ServerSettings } from '../../domain/settings.ts';
import type { Change } from '../../tracker/rule-book.ts';
import type { Control, ServerSection } from '../messages/settings-ids.ts';
import { type GuildFacts, isChannelGone, isRoleGone } from './guild-facts.ts';
import { requireSeen } from './moved.ts';
import { OPERATION_PARTS } from './operation-menu.ts';
import { pick, readChoice, refuseOld } from './panel-parts.ts';
import { shownOfServer } from './server-view.ts';

type ServerControl = Control<ServerSection>;

/** The change, for whoever was shown what holds when it is made. */
export function afterLook(control: ServerControl, change: Change<ServerSettings>): Change<ServerSettings> {
  return (present) => {
    requireSeen(control, shownOfServer(control.section, present));
    return typeof change === 'function' ? change(present) : change;
  };
}

/**
 * What was chosen in a menu whose choices we name.
 *
 * @throws UserError when it is of another version of the panel
 */
export function readListChoice(
  { section, part }: ServerControl,
  values: readonly string[],
): Change<ServerSettings> {
  const value = readChoice(values[0]);
  switch (section) {
    case 'operations': {
      const ids = OPERATION_PARTS[part ?? ''] ?? refuseOld();
      const off = ids.filter((id) => values.includes(id));
      return ({ offOperations }) => ({
        offOperations: [...offOperations.filter((id) => !ids.includes(id)), ...off],
      });
    }
    case 'engine':
      if (part === 'model') return { model: value };
      return { engine: value === undefined ? undefined : pick(ENGINES, value) };
    case 'pressers':
      return { pressers: pick(PRESSERS, value) };
    case 'results':
      return { results: pick(RESULT_PLACES, value) };
    case 'explicit':
      return { explicit: pick(EXPLICIT_RULES, value) };
    case 'retention':
      return { retentionDays: value === undefined ? undefined : Number(value) };
    case 'language':
      return { language: value };
    default:
      return refuseOld();
  }
}

/** What was chosen in a menu of roles or channels. */
export function readEntityChoice({ section }: ServerControl, ids: readonly string[]): Change<ServerSettings> {
  switch (section) {
    case 'channels':
      return { channelIds: ids };
    case 'roles':
      return { roleIds: ids };
    case 'pressers':
      // Whoever names roles wants them to count.
      return { presserRoleIds: ids, ...(ids.length > 0 ? { pressers: 'roles' } : {}) };
    default:
      return refuseOld();
  }
}

/** What a button changes at once. */
export function readPress({ section, part }: ServerControl, facts: GuildFacts): Change<ServerSettings> {
  if (section === 'pause') return { isPaused: part === 'on' };
  if (part !== 'gone') return refuseOld();
  const rolesLeft = (ids: readonly string[]) => ids.filter((id) => !isRoleGone(facts, id));
  switch (section) {
    case 'channels':
      return ({ channelIds }) => ({ channelIds: channelIds.filter((id) => !isChannelGone(facts, id)) });
    case 'roles':
      return ({ roleIds }) => ({ roleIds: rolesLeft(roleIds) });
    case 'pressers':
      return ({ presserRoleIds }) => ({ presserRoleIds: rolesLeft(presserRoleIds) });
    default:
      return refuseOld();
  }
}
