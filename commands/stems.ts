import { SlashCommandBuilder } from '@discordjs/builders';
import type { ButtonInteraction } from 'discord.js';
import { knownClipOf } from '../src/discord/clips/clip-forms.ts';
import { buildStemsQuestion } from '../src/discord/clips/questions.ts';
import { type Answer, type Command, privately } from '../src/discord/interactions/command.ts';
import { everywhere } from '../src/discord/interactions/command-places.ts';
import type { Services } from '../src/discord/interactions/services.ts';
import { choicesOf, localised } from '../src/discord/options/localised.ts';
import { clipOption, readChoice, refuseFindings } from '../src/discord/options/options.ts';
import type { ClipReference, Request } from '../src/domain/request.ts';

const KINDS = ['basic', 'full'] as const;
type Kind = (typeof KINDS)[number];

function planStems(clip: ClipReference, kind: Kind): Request {
  return { operation: `stems-${kind}`, engine: clip.engine, clip };
}

function askWhich(reference: ClipReference, title: string | undefined, { catalogue }: Services) {
  return buildStemsQuestion({
    clip: reference,
    title,
    basicPrice: catalogue.price(planStems(reference, 'basic')),
    fullPrice: catalogue.price(planStems(reference, 'full')),
  });
}

function askAfterPress(interaction: ButtonInteraction, clip: ClipReference, services: Services): Answer {
  services.desk.requirePlace(interaction);
  return privately(async () => {
    await services.desk.requireUnblocked(interaction);
    const { title } = knownClipOf(await services.clips.findPressed(clip), interaction.message);
    await services.answers.fill(interaction, askWhich(clip, title, services));
  });
}

export default {
  data: everywhere(
    localised(new SlashCommandBuilder(), 'stems', (w) => w.stems.does)
      .addStringOption(clipOption)
      .addStringOption((option) =>
        localised(option, 'kind', (w) => w.stems.kind).addChoices(
          ...choicesOf(KINDS, (w) => w.commands.choices.kind),
        ),
      ),
  ),

  answer(interaction, services) {
    const { clips, desk, answers } = services;
    const findings: string[] = [];
    const kind = readChoice(KINDS, interaction.options.getString('kind'), findings);
    const named = interaction.options.getString('clip', true);
    clips.checkName(named, interaction, findings);
    refuseFindings(findings);
    if (kind) {
      return desk.ask(interaction, { operation: `stems-${kind}`, clip: named, inputs: {} });
    }
    desk.requirePlace(interaction);
    return privately(async () => {
      await desk.requireUnblocked(interaction);
      const { reference, clip } = await clips.find(named, interaction);
      await answers.fill(interaction, askWhich(reference, clip?.title, services));
    });
  },

  complete: (interaction, { clips }) => clips.complete(interaction.options.getFocused(), interaction),

  buttons: {
    stems: (interaction, { clip }, services) => askAfterPress(interaction, clip, services),
    'stems-basic': (interaction, { clip }, { desk }) =>
      desk.answerPress(interaction, 'stems-basic', () => planStems(clip, 'basic')),
    'stems-full': (interaction, { clip }, { desk }) =>
      desk.answerPress(interaction, 'stems-full', () => planStems(clip, 'full')),
  },
} satisfies Command;
