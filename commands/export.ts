import { SlashCommandBuilder } from '@discordjs/builders';
import { completeClip } from '../src/discord/clips/clip-operations.ts';
import type { Command } from '../src/discord/interactions/command.ts';
import { everywhere } from '../src/discord/interactions/command-places.ts';
import { localised, properChoices } from '../src/discord/options/localised.ts';
import { clipOption, readChoice } from '../src/discord/options/options.ts';
import type { OperationId, RequestInputs } from '../src/domain/request.ts';

const FORMATS = ['wav', 'mp3', 'm4a', 'midi', 'lrc'] as const;
type Format = (typeof FORMATS)[number];

/** What makes a file of each kind. */
const MADE_BY: Readonly<Record<Format, { readonly operation: OperationId; readonly inputs: RequestInputs }>> =
  {
    wav: { operation: 'wav', inputs: {} },
    mp3: { operation: 'download', inputs: { format: 'mp3' } },
    m4a: { operation: 'download', inputs: { format: 'm4a' } },
    midi: { operation: 'midi', inputs: {} },
    lrc: { operation: 'timeline', inputs: {} },
  };

export default {
  data: everywhere(
    localised(new SlashCommandBuilder(), 'export', (w) => w.export.does)
      .addStringOption(clipOption)
      .addStringOption((option) =>
        localised(option, 'format', (w) => w.export.format)
          .setRequired(true)
          .addChoices(...properChoices(FORMATS)),
      ),
  ),

  answer(interaction, { desk }) {
    const { options } = interaction;
    const clip = options.getString('clip', true);
    const typed = options.getString('format', true);
    const problems: string[] = [];
    const format = readChoice(FORMATS, typed, problems);
    if (format) return desk.ask(interaction, { ...MADE_BY[format], clip });
    const [problem = ''] = problems;
    const unread = { format: { text: typed, problem } };
    return desk.ask(interaction, { operation: 'download', inputs: {}, unread, clip });
  },

  complete: completeClip,
} satisfies Command;
