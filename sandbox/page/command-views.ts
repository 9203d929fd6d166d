import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord-api-types/v10';
import { listExtensions } from '../discord/client-command.ts';
import { shownDescription, shownName } from '../discord/localisations.ts';
import type { CommandRecord } from '../discord/records.ts';
import type { CommandOption } from '../discord/validate-command.ts';
import type { ChoiceView, CommandView, OptionView } from './protocol.ts';

const OptionType = ApplicationCommandOptionType;

const KINDS: Readonly<Record<number, OptionView['kind']>> = {
  [OptionType.String]: 'string',
  [OptionType.Integer]: 'integer',
  [OptionType.Boolean]: 'boolean',
  [OptionType.User]: 'user',
  [OptionType.Channel]: 'channel',
  [OptionType.Role]: 'role',
  [OptionType.Mentionable]: 'mentionable',
  [OptionType.Number]: 'number',
  [OptionType.Attachment]: 'file',
};

/** Everything that one can use of a command, in the words of a client of this locale: each sub-command is one. */
export function showCommand({ body }: CommandRecord, locale: string): readonly CommandView[] {
  switch (body.type) {
    case ApplicationCommandType.ChatInput:
      return showBranch(body, { command: '', name: '' }, locale);
    case ApplicationCommandType.Message:
      return [
        {
          kind: 'message',
          command: body.name,
          name: shownName(body, locale),
          description: '',
          options: [],
        },
      ];
    default:
      return [];
  }
}

type Branch = Pick<CommandOption, 'name' | 'name_localizations' | 'description_localizations' | 'options'> & {
  readonly description: string;
};

function showBranch(
  branch: Branch,
  above: Pick<CommandView, 'command' | 'name'>,
  locale: string,
): readonly CommandView[] {
  const path = {
    command: `${above.command} ${branch.name}`.trimStart(),
    name: `${above.name} ${shownName(branch, locale)}`.trimStart(),
  };
  const options = branch.options ?? [];
  if (options.some(({ type }) => KINDS[type] === undefined)) {
    return options.flatMap((option) => showBranch(option, path, locale));
  }
  return [
    {
      kind: 'slash',
      ...path,
      description: shownDescription(branch, locale),
      options: options.map((option) => showOption(option, locale)),
    },
  ];
}

function showOption(option: CommandOption, locale: string): OptionView {
  return {
    option: option.name,
    name: shownName(option, locale),
    description: shownDescription(option, locale),
    kind: KINDS[option.type] ?? 'string',
    required: option.required ?? false,
    autocomplete: option.autocomplete ?? false,
    choices: (option.choices ?? []).map(
      (choice): ChoiceView => ({ name: shownName(choice, locale), value: choice.value }),
    ),
    min: option.min_value ?? option.min_length ?? null,
    max: option.max_value ?? option.max_length ?? null,
    fileTypes: (option.file_types ?? []).flatMap(listExtensions),
  };
}
