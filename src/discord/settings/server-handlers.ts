import type {
  ButtonInteraction,
  ChannelSelectMenuInteraction,
  ChatInputCommandInteraction,
  ModalSubmitInteraction,
  RoleSelectMenuInteraction,
  StringSelectMenuInteraction,
} from 'discord.js';
import type { ServerSettings } from '../../domain/settings.ts';
import { UserError } from '../../errors.ts';
import { serverAccount } from '../../store/accounts.ts';
import type { BudgetKey, Change, ServerDeed } from '../../tracker/rule-book.ts';
import { words } from '../../words/words.ts';
import { readSentForm } from '../forms/interaction-fields.ts';
import { type Answer, type Components, opening, updating } from '../interactions/command.ts';
import { isManager } from '../interactions/origin.ts';
import type { Services } from '../interactions/services.ts';
import { type Control, markSeen, SERVER_SECTIONS, type ServerSection } from '../messages/settings-ids.ts';
import { type PeriodCredits, readCredits } from '../people/credits-fields.ts';
import { buildBudgetForm, readBudgetPart } from './budget-parts.ts';
import { describeBudget, describeChanges } from './change-words.ts';
import { loadGuildFacts } from './guild-facts.ts';
import { removeKey, setKey } from './key-changes.ts';
import { buildKeyForm } from './key-parts.ts';
import { requireSeen, SettingMovedError } from './moved.ts';
import { pick, refuseOld } from './panel-parts.ts';
import { afterLook, readEntityChoice, readListChoice, readPress } from './server-changes.ts';
import { buildServerPanel } from './server-panel.ts';
import {
  loadServerView,
  type ServerView,
  shownOfBudget,
  shownOfBudgets,
  shownOfServer,
} from './server-view.ts';
import { formatHolder, nameRole, SERVER_VALUES } from './value-words.ts';
import { buildWordForm, readWordForm } from './word-form.ts';

type Used =
  | ButtonInteraction
  | StringSelectMenuInteraction
  | RoleSelectMenuInteraction
  | ChannelSelectMenuInteraction
  | ModalSubmitInteraction;
type ServerControl = Control<ServerSection>;
/** Says what was done, once it is known what holds now. */
type Done = (view: ServerView) => string;

/** Everything in the panel of `/settings server`. The right to it is checked with every press. */
export const serverPanel: Components = {
  lists: {
    'server-show': (interaction, _id, services) => {
      const deed = requireManager(interaction);
      const section = pick(SERVER_SECTIONS, interaction.values[0]);
      return updating(() => showServerPanel(interaction, services, deed, section));
    },

    'server-set': (interaction, { control }, services) => {
      if (control.section === 'budgets') return takeBudgetAway(interaction, control, services);
      return set(interaction, control, services, () => readListChoice(control, interaction.values));
    },
  },

  channels: {
    'server-set': (interaction, { control }, services) =>
      set(interaction, control, services, () => readEntityChoice(control, interaction.values)),
  },

  roles: {
    'server-set': (interaction, { control }, services) =>
      set(interaction, control, services, () => readEntityChoice(control, interaction.values)),

    'server-ask': (interaction, _id, services) =>
      askForBudget(interaction, readBudgetPart(interaction.values[0]), services),
  },

  buttons: {
    'server-set': (interaction, { control }, services) => {
      if (control.section === 'key') {
        return change(interaction, control, services, async ({ guildId, actorId }) =>
          removeKey(services, { accountId: serverAccount(guildId), actorId, control }),
        );
      }
      return set(interaction, control, services, async ({ guildId }) =>
        readPress(control, await loadGuildFacts(services, guildId, { roles: true, channels: true })),
      );
    },

    'server-ask': (interaction, { control }, services) => {
      const { guildId } = requireManager(interaction);
      const { section, seen } = control;
      switch (section) {
        case 'budgets':
          return askForBudget(interaction, readBudgetPart(control.part), services);
        case 'words':
          return opening(async () => {
            const settings = await services.rules.lookServer(guildId);
            const present = markSeen(shownOfServer(section, settings));
            const id = { action: 'server-typed', control: { section, seen: present } } as const;
            return buildWordForm(id, settings.blockedWords);
          });
        case 'key':
          return opening(async () => buildKeyForm({ action: 'server-typed', control: { section, seen } }));
        default:
          return refuseOld();
      }
    },
  },

  forms: {
    'server-typed': (interaction, { control }, services) => {
      requireManager(interaction);
      const { texts } = readSentForm(interaction);
      switch (control.section) {
        case 'budgets':
          return setBudget(interaction, control, services, readCredits(texts));
        case 'words':
          return set(interaction, control, services, () => ({ blockedWords: readWordForm(texts) }));
        case 'key':
          return change(interaction, control, services, ({ guildId, actorId }) =>
            setKey(services, { accountId: serverAccount(guildId), actorId, control, texts }),
          );
        default:
          return refuseOld();
      }
    },
  },
};

/** Whoever may change the settings of the server; needs no I/O. @throws UserError for everybody else. */
export function requireManager(interaction: Used | ChatInputCommandInteraction): ServerDeed {
  const { guildId, user } = interaction;
  const { server } = words().settingsPanel;
  if (!guildId) throw new UserError(server.noServer);
  if (!isManager(interaction)) throw new UserError(server.onlyManagers);
  return { guildId, actorId: user.id };
}

/** Shows what holds for the server now. */
export async function showServerPanel(
  interaction: Used | ChatInputCommandInteraction,
  services: Services,
  { guildId }: ServerDeed,
  section?: ServerSection,
  done?: Done,
): Promise<void> {
  const view = await loadServerView(services, guildId, section);
  await services.answers.fill(interaction, buildServerPanel(view, section, done?.(view)));
}

/** Does something, and shows what holds then. Whoever was shown something else before is told so. */
function change(
  interaction: Used,
  { section }: ServerControl,
  services: Services,
  work: (deed: ServerDeed) => Promise<Done>,
): Answer {
  const deed = requireManager(interaction);
  return updating(async () => {
    const done = await work(deed).catch((error: unknown): Done => {
      if (error instanceof SettingMovedError) return () => error.message;
      throw error;
    });
    await showServerPanel(interaction, services, deed, section, done);
  });
}

function set(
  interaction: Used,
  control: ServerControl,
  services: Services,
  read: (deed: ServerDeed) => Change<ServerSettings> | Promise<Change<ServerSettings>>,
): Answer {
  return change(interaction, control, services, async (deed) => {
    const wanted = afterLook(control, await read(deed));
    const changes = await services.rules.changeServer(deed, wanted);
    return ({ facts }) => describeChanges(changes, SERVER_VALUES, facts);
  });
}

function askForBudget(interaction: Used, key: BudgetKey | undefined, { rules }: Services): Answer {
  const { guildId } = requireManager(interaction);
  if (!key) return refuseOld();
  return opening(async () => buildBudgetForm(key, await rules.listBudgets(guildId)));
}

function setBudget(
  interaction: Used,
  control: ServerControl,
  services: Services,
  amount: PeriodCredits,
): Answer {
  const key = readBudgetPart(control.part) ?? refuseOld();
  return change(interaction, control, services, async (deed) => {
    let before: PeriodCredits | undefined;
    await services.rules.setBudget(deed, { ...key, ...amount }, (present) => {
      requireSeen(control, shownOfBudget(present, key));
      before = present.find(({ holder, holderId }) => holder === key.holder && holderId === key.holderId);
    });
    return ({ facts }) =>
      describeBudget(
        formatHolder(key, (id) => nameRole(id, facts)),
        before,
        amount,
      );
  });
}

function takeBudgetAway(
  interaction: StringSelectMenuInteraction,
  control: ServerControl,
  services: Services,
): Answer {
  const key = readBudgetPart(interaction.values[0]) ?? refuseOld();
  return change(interaction, control, services, async (deed) => {
    let before: PeriodCredits | undefined;
    await services.rules.removeBudget(deed, key, (present) => {
      requireSeen(control, shownOfBudgets(present));
      before = present.find(({ holder, holderId }) => holder === key.holder && holderId === key.holderId);
    });
    return ({ facts }) =>
      describeBudget(
        formatHolder(key, (id) => nameRole(id, facts)),
        before,
      );
  });
}
