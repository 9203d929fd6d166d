import type {
  ButtonInteraction,
  ChatInputCommandInteraction,
  ModalSubmitInteraction,
  StringSelectMenuInteraction,
} from 'discord.js';
import { ENGINES, VOCALS } from '../../domain/request.ts';
import { MEMBER_DELIVERIES, type MemberSettings } from '../../domain/settings.ts';
import { memberAccount } from '../../store/accounts.ts';
import { speak } from '../../words/words.ts';
import { readSentForm } from '../forms/interaction-fields.ts';
import { type Answer, type Components, opening, updating } from '../interactions/command.ts';
import type { Services } from '../interactions/services.ts';
import { type Control, MY_SECTIONS, type MySection } from '../messages/settings-ids.ts';
import { describeChanges } from './change-words.ts';
import { removeKey, setKey } from './key-changes.ts';
import { buildKeyForm, loadKeyState } from './key-parts.ts';
import { requireSeen, SettingMovedError } from './moved.ts';
import { buildMyPanel, shownOfMine } from './my-panel.ts';
import { pick, readChoice, refuseOld } from './panel-parts.ts';
import { MEMBER_VALUES } from './value-words.ts';

type Used = ButtonInteraction | StringSelectMenuInteraction | ModalSubmitInteraction;
type MyControl = Control<MySection>;

/** Everything in the panel of `/settings me`. */
export const myPanel: Components = {
  lists: {
    'my-show': (interaction, _id, services) => {
      const section = pick(MY_SECTIONS, interaction.values[0]);
      return updating(() => showMyPanel(interaction, services, section));
    },

    'my-set': (interaction, { control }, services) => {
      const wanted = readListChoice(control, interaction.values[0]);
      return change(interaction, control, services, async () => {
        const changes = await services.rules.changeMember(interaction.user.id, (present) => {
          requireSeen(control, shownOfMine(control.section, present));
          return wanted;
        });
        return () => describeChanges(changes, MEMBER_VALUES);
      });
    },
  },

  buttons: {
    'my-set': (interaction, { control }, services) => {
      if (control.section !== 'key') return refuseOld();
      const actorId = interaction.user.id;
      return change(interaction, control, services, () =>
        removeKey(services, { accountId: memberAccount(actorId), actorId, control }),
      );
    },

    'my-ask': (_interaction, { control: { section, seen } }) => {
      if (section !== 'key') return refuseOld();
      return opening(async () => buildKeyForm({ action: 'my-typed', control: { section, seen } }));
    },
  },

  forms: {
    'my-typed': (interaction, { control }, services) => {
      if (control.section !== 'key') return refuseOld();
      const actorId = interaction.user.id;
      const { texts } = readSentForm(interaction);
      return change(interaction, control, services, () =>
        setKey(services, { accountId: memberAccount(actorId), actorId, control, texts }),
      );
    },
  },
};

/** Shows what holds for the person now, in the language that they have set by now. */
export async function showMyPanel(
  interaction: Used | ChatInputCommandInteraction,
  services: Services,
  section?: MySection,
  done?: () => string,
): Promise<void> {
  const { rules, catalogue, preferences, answers } = services;
  const userId = interaction.user.id;
  const settings = await rules.lookMember(userId);
  const key = await loadKeyState(services, memberAccount(userId), section === 'key');
  const panel = speak(preferences.languageFor(interaction), () =>
    buildMyPanel({ settings, key, catalogue }, section, done?.()),
  );
  await answers.fill(interaction, panel);
}

/** Does something, and shows what holds then. Whoever was shown something else before is told so. */
function change(
  interaction: Used,
  { section }: MyControl,
  services: Services,
  work: () => Promise<() => string>,
): Answer {
  return updating(async () => {
    const done = await work().catch((error: unknown) => {
      if (error instanceof SettingMovedError) return () => error.message;
      throw error;
    });
    await showMyPanel(interaction, services, section, done);
  });
}

/** @throws UserError when it is of another version of the panel */
function readListChoice({ section, part }: MyControl, chosen: string | undefined): Partial<MemberSettings> {
  const value = readChoice(chosen);
  switch (section) {
    case 'engine':
      if (part === 'model') return { model: value };
      return { engine: value === undefined ? undefined : pick(ENGINES, value) };
    case 'voice':
      if (part === 'instrumental') return { instrumental: value === 'yes' ? true : undefined };
      return { vocals: value === undefined ? undefined : pick(VOCALS, value) };
    case 'delivery':
      return { delivery: pick(MEMBER_DELIVERIES, value) };
    case 'mention':
      return { isMentioned: value === 'yes' };
    case 'language':
      return { language: value };
    default:
      return refuseOld();
  }
}
