import type { ButtonInteraction, ModalSubmitInteraction, UserSelectMenuInteraction } from 'discord.js';
import { UserError } from '../../errors.ts';
import type { MemberDeed } from '../../tracker/members.ts';
import { formatPeriod } from '../../words/periods.ts';
import { words } from '../../words/words.ts';
import { readSentForm } from '../forms/interaction-fields.ts';
import { type Answer, type Components, opening, privately, updating } from '../interactions/command.ts';
import { isManager } from '../interactions/origin.ts';
import type { Services } from '../interactions/services.ts';
import { formatCredits } from '../messages/text.ts';
import { readCredits } from './credits-fields.ts';
import { buildGrantForm, buildMembersPanel } from './members-message.ts';

/** **Members** of `/credits`, and everything in its panel. The right to it is checked with every press. */
export const membersPanel: Components = {
  buttons: {
    members: (interaction, _id, services) =>
      privately(async () => {
        await requireManager(interaction, services);
        await services.answers.fill(interaction, buildMembersPanel());
      }),

    'member-grant': (interaction, { memberId }, services) =>
      opening(async () => {
        await requireManager(interaction, services);
        return buildGrantForm(memberId);
      }),

    'member-reset': (interaction, { memberId }, services) =>
      act(interaction, memberId, services, async (deed) => {
        await services.members.reset(deed);
        const { done } = words().people.members;
        return deed.isOperator ? done.resetEverywhere : done.reset;
      }),

    'member-block': (interaction, { memberId }, services) =>
      act(interaction, memberId, services, async (deed) => {
        await services.members.block(deed);
        return words().people.members.done.blocked;
      }),

    'member-unblock': (interaction, { memberId }, services) =>
      act(interaction, memberId, services, async (deed) => {
        await services.members.unblock(deed);
        return words().people.members.done.unblocked;
      }),
  },

  people: {
    'members-pick': (interaction, _id, services) =>
      updating(async () => {
        await requireManager(interaction, services);
        const [memberId] = interaction.values;
        if (memberId === undefined) throw new UserError(words().people.members.notChosen);
        await show(interaction, memberId, services);
      }),
  },

  forms: {
    'member-grant-form': (interaction, { memberId }, services) => {
      const grant = readCredits(readSentForm(interaction).texts);
      return act(interaction, memberId, services, async (deed) => {
        await services.members.grant(deed, grant);
        const { done } = words().people.members;
        if (grant.credits === 0) return done.takenBack;
        const credits = Number.isFinite(grant.credits) ? formatCredits(grant.credits) : done.unlimitedCredits;
        return done.granted({ credits, period: formatPeriod(grant.period) });
      });
    },
  },
};

type Pressed = ButtonInteraction | UserSelectMenuInteraction | ModalSubmitInteraction;

async function requireManager(
  interaction: Pressed,
  { operators }: Services,
): Promise<Pick<MemberDeed, 'guildId' | 'isOperator'>> {
  const { guildId } = interaction;
  if (!guildId) throw new UserError(words().people.members.noServer);
  const isOperator = await operators.has(interaction.user.id);
  if (isOperator || isManager(interaction)) return { guildId, isOperator };
  throw new UserError(words().people.members.noRight);
}

function act(
  interaction: Pressed,
  targetId: string,
  services: Services,
  work: (deed: MemberDeed) => Promise<string>,
): Answer {
  return updating(async () => {
    const right = await requireManager(interaction, services);
    const done = await work({ ...right, actorId: interaction.user.id, targetId });
    await show(interaction, targetId, services, done);
  });
}

async function show(
  interaction: Pressed,
  memberId: string,
  services: Services,
  done?: string,
): Promise<void> {
  const view = await services.members.look(interaction.guildId ?? '', memberId);
  await services.answers.fill(interaction, buildMembersPanel({ memberId, view, done }));
}
