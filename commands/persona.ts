import { SlashCommandBuilder, type SlashCommandStringOption } from '@discordjs/builders';
import type { ChatInputCommandInteraction } from 'discord.js';
import { answerOnClip, completeClip } from '../src/discord/clips/clip-operations.ts';
import { type Answer, type Command, privately, updating } from '../src/discord/interactions/command.ts';
import { everywhere } from '../src/discord/interactions/command-places.ts';
import type { Services } from '../src/discord/interactions/services.ts';
import { buildMessage } from '../src/discord/messages/message.ts';
import { plain } from '../src/discord/messages/text.ts';
import { readTyped } from '../src/discord/options/command-inputs.ts';
import { localised } from '../src/discord/options/localised.ts';
import { clipOption } from '../src/discord/options/options.ts';
import { buildPersonaList } from '../src/discord/people/persona-list.ts';
import { forgetPersona, listPersonas } from '../src/store/personas.ts';
import { words } from '../src/words/words.ts';

function personaOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return localised(option, 'persona', (w) => w.persona.persona)
    .setRequired(true)
    .setAutocomplete(true);
}

async function loadList({ store, catalogue }: Services, userId: string) {
  return buildPersonaList(await listPersonas(store.db, userId), catalogue.get('sonic', 'persona-song').price);
}

function answerForget(interaction: ChatInputCommandInteraction, services: Services): Answer {
  const named = interaction.options.getString('persona', true);
  return privately(async () => {
    const { store, personas, answers } = services;
    const { personaId, name } = await personas.get(named, interaction.user.id);
    await forgetPersona(store.db, interaction.user.id, personaId, await store.now());
    const content = words().commands.persona.forgotten({ name: plain(name, 80) });
    await answers.fill(interaction, buildMessage({ content }));
  });
}

export default {
  data: everywhere(
    localised(new SlashCommandBuilder(), 'persona', (w) => w.persona.does)
      .addSubcommand((subcommand) =>
        localised(subcommand, 'create', (w) => w.persona.create)
          .addStringOption(clipOption)
          .addStringOption((option) => localised(option, 'name', (w) => w.options.name).setRequired(true))
          .addStringOption((option) => localised(option, 'describe', (w) => w.persona.describe)),
      )
      .addSubcommand((subcommand) =>
        localised(subcommand, 'sing', (w) => w.persona.sing)
          .addStringOption(personaOption)
          .addStringOption((option) => localised(option, 'prompt', (w) => w.persona.prompt))
          .addStringOption((option) => localised(option, 'lyrics', (w) => w.persona.lyrics))
          .addStringOption((option) => localised(option, 'tags', (w) => w.options.tags))
          .addStringOption((option) => localised(option, 'title', (w) => w.options.title)),
      )
      .addSubcommand((subcommand) => localised(subcommand, 'list', (w) => w.persona.list))
      .addSubcommand((subcommand) =>
        localised(subcommand, 'forget', (w) => w.persona.forget).addStringOption(personaOption),
      ),
  ),

  answer(interaction, services) {
    const { options } = interaction;
    switch (options.getSubcommand()) {
      case 'create':
        return answerOnClip(interaction, services, 'persona', ['name', 'describe']);
      case 'sing':
        return services.desk.ask(interaction, {
          operation: 'persona-song',
          persona: options.getString('persona', true),
          ...readTyped(options, ['prompt', 'lyrics', 'tags', 'title']),
        });
      case 'forget':
        return answerForget(interaction, services);
      default:
        return privately(async () => {
          await services.answers.fill(interaction, await loadList(services, interaction.user.id));
        });
    }
  },

  complete: (interaction, services) => {
    const { name, value } = interaction.options.getFocused(true);
    if (name === 'clip') return completeClip(interaction, services);
    return services.personas.complete(value, interaction.user.id);
  },

  buttons: {
    forget: (interaction, { taskId }, services) =>
      updating(async () => {
        const { store, answers } = services;
        const { id: userId } = interaction.user;
        const persona = (await listPersonas(store.db, userId)).find((one) => one.taskId === taskId);
        if (persona) await forgetPersona(store.db, userId, persona.personaId, await store.now());
        await answers.fill(interaction, await loadList(services, userId));
      }),
  },
} satisfies Command;
