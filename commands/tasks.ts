import { SlashCommandBuilder } from '@discordjs/builders';
import { type Command, privately } from '../src/discord/interactions/command.ts';
import { everywhere } from '../src/discord/interactions/command-places.ts';
import { localised } from '../src/discord/options/localised.ts';
import { loadTaskList } from '../src/discord/tasks/task-list-view.ts';

export default {
  data: everywhere(localised(new SlashCommandBuilder(), 'tasks', (w) => w.tasks.does)),

  answer(interaction, services) {
    return privately(async () => {
      await services.answers.fill(interaction, await loadTaskList(services, interaction.user.id));
    });
  },
} satisfies Command;
