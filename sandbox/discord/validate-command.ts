import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord-api-types/v10';
import { z } from 'zod';
import { integer, lengthOf, list, type Reporter, report, text } from './form.ts';
import { findShownTwice, localized } from './localisations.ts';

const OptionType = ApplicationCommandOptionType;
/** @see https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming */
const CHAT_INPUT_NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const MAX_COMMAND_CHARACTERS = 8000;

const chatInputName = z.string().superRefine((value, ctx) => {
  if (!CHAT_INPUT_NAME.test(value) || value !== value.toLowerCase()) {
    report(ctx, [], 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
  }
});
const description = text({ min: 1, max: 100 });

const choice = z.object({
  name: text({ min: 1, max: 100 }),
  name_localizations: localized(text({ min: 1, max: 100 })),
  value: z.union([text({ min: 1, max: 100 }), z.number()]),
});

const optionFields = {
  type: integer(OptionType.Subcommand, OptionType.Attachment),
  name: chatInputName,
  name_localizations: localized(chatInputName),
  description,
  description_localizations: localized(description),
  required: z.boolean().nullish(),
  choices: list(choice, { max: 25 }).nullish(),
  channel_types: z.array(z.int()).nullish(),
  min_value: z.number().nullish(),
  max_value: z.number().nullish(),
  min_length: integer(0, 6000).nullish(),
  max_length: integer(1, 6000).nullish(),
  autocomplete: z.boolean().nullish(),
  file_types: list(text({ min: 1, max: 32 }), { max: 10 }).nullish(),
};

interface OptionLike {
  readonly type: number;
  readonly name: string;
  readonly name_localizations?: Localized;
  readonly description: string;
  readonly required?: boolean | null | undefined;
  readonly options?: readonly OptionLike[] | null | undefined;
}

const leafOption = z.object(optionFields).superRefine(checkLeaf);
const subcommand = z
  .object({ ...optionFields, options: list(leafOption, { max: 25 }).superRefine(checkOrder).nullish() })
  .superRefine(checkLeaf);
const anyOption = z
  .object({ ...optionFields, options: list(subcommand, { max: 25 }).superRefine(checkOrder).nullish() })
  .superRefine((value, ctx) => {
    checkLeaf(value, ctx);
    for (const [index, child] of (value.options ?? []).entries()) {
      const isSubcommand = child.type === OptionType.Subcommand;
      if ((value.type === OptionType.SubcommandGroup) !== isSubcommand) {
        report(ctx, ['options', index, 'type'], 'BASE_TYPE_CHOICES', 'Value is not allowed at this level.');
      }
    }
  });

/** An option of a command, sub-commands and groups included. */
export type CommandOption = z.output<typeof anyOption>;

const fields = {
  default_member_permissions: z.union([z.string().regex(/^\d+$/), z.int().transform(String)]).nullish(),
  dm_permission: z.boolean().nullish(),
  nsfw: z.boolean().nullish(),
  contexts: z.array(integer(0, 2)).nullish(),
  integration_types: z.array(integer(0, 1)).nullish(),
};

const chatInput = z
  .object({
    ...fields,
    type: z.literal(ApplicationCommandType.ChatInput),
    name: chatInputName,
    name_localizations: localized(chatInputName),
    description,
    description_localizations: localized(description),
    options: list(anyOption, { max: 25 }).superRefine(checkOrder).superRefine(checkMixture).nullish(),
  })
  .superRefine((value, ctx) => {
    if (commandLength(value) > MAX_COMMAND_CHARACTERS) {
      report(
        ctx,
        [],
        'APPLICATION_COMMAND_TOO_LARGE',
        `Command exceeds maximum size (${MAX_COMMAND_CHARACTERS})`,
      );
    }
  });
const contextMenu = z
  .object({
    ...fields,
    type: z.literal([ApplicationCommandType.User, ApplicationCommandType.Message]),
    name: text({ min: 1, max: 32 }),
    name_localizations: localized(text({ min: 1, max: 32 })),
    description: z.string().nullish(),
    options: z.array(z.unknown()).nullish(),
  })
  .superRefine((value, ctx) => {
    if (value.description) {
      const message = 'Context menu commands cannot have description';
      report(ctx, ['description'], 'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID', message);
    }
    if (value.options?.length) {
      const message = 'Context menu commands cannot have options';
      report(ctx, ['options'], 'APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_INVALID', message);
    }
  })
  .transform((value) => ({
    ...value,
    description: '',
    description_localizations: undefined,
    options: undefined,
  }));

/** A command to register; `type` is 1 when it is left out. */
export const commandBody = z.preprocess(
  (raw) => (typeof raw === 'object' && raw !== null && !('type' in raw) ? { ...raw, type: 1 } : raw),
  z.discriminatedUnion('type', [chatInput, contextMenu]),
);

/** A command as it was accepted. */
export type CommandBody = z.output<typeof commandBody>;

function checkLeaf(
  value: z.output<z.ZodObject<typeof optionFields>> & { options?: unknown },
  ctx: Reporter,
): void {
  const takesText = value.type === OptionType.String;
  const takesNumber = value.type === OptionType.Integer || value.type === OptionType.Number;
  const isBranch = value.type === OptionType.Subcommand || value.type === OptionType.SubcommandGroup;
  const notAllowed = (field: string) =>
    report(
      ctx,
      [field],
      'APPLICATION_COMMAND_OPTION_FIELD_INVALID',
      `${field} is not valid for this type of option`,
    );
  if (!takesText && !takesNumber) {
    if (value.choices?.length) notAllowed('choices');
    if (value.autocomplete) notAllowed('autocomplete');
  }
  if (!takesText && (value.min_length ?? value.max_length) != null) notAllowed('max_length');
  if (!takesNumber && (value.min_value ?? value.max_value) != null) notAllowed('max_value');
  if (isBranch && value.required) notAllowed('required');
  if (!isBranch && Array.isArray(value.options) && value.options.length > 0) notAllowed('options');
  if (value.autocomplete && value.choices?.length) {
    const message = 'Autocomplete and choices cannot both be set';
    report(ctx, ['autocomplete'], 'APPLICATION_COMMAND_OPTIONS_CHOICES_AND_AUTOCOMPLETE', message);
  }
  if (value.min_length != null && value.max_length != null && value.min_length > value.max_length) {
    report(
      ctx,
      ['min_length'],
      'NUMBER_TYPE_MAX',
      `int value should be less than or equal to ${value.max_length}.`,
    );
  }
  if (value.min_value != null && value.max_value != null && value.min_value > value.max_value) {
    report(
      ctx,
      ['min_value'],
      'NUMBER_TYPE_MAX',
      `int value should be less than or equal to ${value.max_value}.`,
    );
  }
  for (const [index, one] of (value.choices ?? []).entries()) {
    if (takesText !== (typeof one.value === 'string')) {
      report(
        ctx,
        ['choices', index, 'value'],
        'BASE_TYPE_INVALID',
        'The choice is not of the type of its option',
      );
    }
  }
}

function checkOrder(options: readonly OptionLike[], ctx: Reporter): void {
  const names = new Set<string>();
  let sawOptional = false;
  for (const [index, option] of options.entries()) {
    if (names.has(option.name)) {
      const message = 'Option names must be unique';
      report(ctx, [index, 'name'], 'APPLICATION_COMMAND_OPTIONS_NAME_INVALID', message);
    }
    names.add(option.name);
    if (option.required && sawOptional) {
      const message = 'Required options must be placed before non-required options';
      report(ctx, [index], 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID', message);
    }
    if (!option.required) sawOptional = true;
  }
  for (const { one, locale } of findShownTwice(options)) {
    const path = [options.indexOf(one), 'name_localizations', locale];
    report(ctx, path, 'APPLICATION_COMMAND_OPTIONS_NAME_INVALID', 'Option names must be unique');
  }
}

function checkMixture(options: readonly OptionLike[], ctx: Reporter): void {
  const branches = options.filter((option) => option.type <= OptionType.SubcommandGroup).length;
  if (branches > 0 && branches < options.length) {
    const message =
      'Sub-command and sub-command group option types are mutually exclusive to all other types';
    report(ctx, [], 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', message);
  }
}

type Localized = Readonly<Record<string, string | null>> | null | undefined;

interface Named {
  readonly name: string;
  readonly name_localizations?: Localized;
  readonly description?: string | undefined;
  readonly description_localizations?: Localized;
  readonly options?: readonly Named[] | null | undefined;
  readonly choices?:
    | readonly {
        readonly name: string;
        readonly name_localizations?: Localized;
        readonly value: string | number;
      }[]
    | null
    | undefined;
}

/** Names, descriptions and values together; of translations only the longest counts. */
function commandLength(one: Named): number {
  let sum =
    longest(one.name, one.name_localizations) + longest(one.description ?? '', one.description_localizations);
  for (const entry of one.choices ?? []) {
    sum += longest(entry.name, entry.name_localizations) + lengthOf(String(entry.value));
  }
  for (const option of one.options ?? []) sum += commandLength(option);
  return sum;
}

function longest(base: string, translations: Localized): number {
  return Math.max(lengthOf(base), ...Object.values(translations ?? {}).map((one) => lengthOf(one ?? '')));
}
