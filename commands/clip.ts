import { SlashCommandBuilder } from '@discordjs/builders';
import type { ChatInputCommandInteraction } from 'discord.js';
import { completeClip } from '../src/discord/clips/clip-operations.ts';
import { type Answer, type Command, later, message, privately } from '../src/discord/interactions/command.ts';
import { everywhere } from '../src/discord/interactions/command-places.ts';
import type { Services } from '../src/discord/interactions/services.ts';
import { loadFamily } from '../src/discord/library/family.ts';
import { buildFamilyTree } from '../src/discord/library/family-tree.ts';
import { buildFetchQuestion } from '../src/discord/library/fetch-question.ts';
import { localised } from '../src/discord/options/localised.ts';
import { clipOption, refuseFindings } from '../src/discord/options/options.ts';
import { UserError } from '../src/errors.ts';
import { languageForAll } from '../src/words/readers.ts';
import { speak, words } from '../src/words/words.ts';

/** A song for everybody, in the language of everybody; what is in its way only for the person. */
function answerShow(interaction: ChatInputCommandInteraction, services: Services): Answer {
  const named = readClip(interaction, services);
  return later('public', async () => {
    const { clips, shower, preferences, catalogue, answers } = services;
    const { clip, reference } = await clips.find(named, interaction);
    if (!clip) {
      return privately(() => answers.fill(interaction, buildFetchQuestion(reference, catalogue)));
    }
    const language = languageForAll(preferences.localesFor(interaction));
    return message('public', () => speak(language, () => shower.show(interaction, clip)));
  });
}

function answerTree(interaction: ChatInputCommandInteraction, services: Services): Answer {
  const named = readClip(interaction, services);
  return later('public', async () => {
    const { clips, preferences, store, answers } = services;
    const { clip, reference } = await clips.find(named, interaction);
    if (!clip) throw new UserError(words().library.tree.unknownClip({ clipId: reference.clipId }));
    const { user, guildId, channelId } = interaction;
    const reading = { guildId: guildId ?? undefined, channelId };
    const language = languageForAll(preferences.localesFor(interaction));
    return message('public', () =>
      speak(language, async () => {
        const family = await loadFamily(store.db, clip, { userId: user.id, guildId: reading.guildId });
        await answers.fill(interaction, buildFamilyTree(family, clip, reading));
      }),
    );
  });
}

function readClip(interaction: ChatInputCommandInteraction, { clips }: Services): string {
  const named = interaction.options.getString('clip', true);
  const findings: string[] = [];
  clips.checkName(named, interaction, findings);
  refuseFindings(findings);
  return named;
}

export default {
  data: everywhere(
    localised(new SlashCommandBuilder(), 'clip', (w) => w.clip.does)
      .addSubcommand((subcommand) =>
        localised(subcommand, 'show', (w) => w.clip.show).addStringOption(clipOption),
      )
      .addSubcommand((subcommand) =>
        localised(subcommand, 'tree', (w) => w.clip.tree).addStringOption(clipOption),
      ),
  ),

  answer: (interaction, services) =>
    interaction.options.getSubcommand() === 'tree'
      ? answerTree(interaction, services)
      : answerShow(interaction, services),

  complete: completeClip,
} satisfies Command;
