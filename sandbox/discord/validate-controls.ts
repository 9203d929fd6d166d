import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { z } from 'zod';
import { integer, list, type Reporter, report, snowflake, text, url } from './form.ts';

const LINK_SCHEMES = ['http', 'https', 'discord'] as const;
const EMOJI = /^\p{RGI_Emoji}$/v;

/** The number of a component within its message; 0 is the same as none. */
export const componentId = integer(0, 2 ** 31 - 1).nullish();
/** The name by which an app recognises a component. */
export const customId = text({ min: 1, max: 100 });

const emoji = z
  .object({ id: snowflake.nullish(), name: z.string().nullish(), animated: z.boolean().nullish() })
  .superRefine((value, ctx) => {
    const name = value.name ?? '';
    if (!value.id && !EMOJI.test(name) && !EMOJI.test(`${name}\uFE0F`)) {
      report(ctx, ['name'], 'BUTTON_COMPONENT_INVALID_EMOJI', 'Invalid emoji');
    }
  });

/** A button under a message. */
export const button = z
  .object({
    type: z.literal(ComponentType.Button),
    id: componentId,
    style: integer(ButtonStyle.Primary, ButtonStyle.Premium),
    label: text({ max: 80 }).nullish(),
    emoji: emoji.nullish(),
    custom_id: customId.nullish(),
    url: url(LINK_SCHEMES, 512).nullish(),
    sku_id: snowflake.nullish(),
    disabled: z.boolean().nullish(),
  })
  .superRefine((value, ctx) => {
    const { style } = value;
    if (style === ButtonStyle.Premium) {
      if (!value.sku_id) report(ctx, ['sku_id'], 'BASE_TYPE_REQUIRED', 'This field is required');
      if (value.custom_id || value.url || value.label || value.emoji) {
        report(ctx, [], 'BUTTON_COMPONENT_PREMIUM_EXCLUSIVE', 'A premium button has nothing but its sku_id');
      }
      return;
    }
    if (value.sku_id)
      report(ctx, ['sku_id'], 'BUTTON_COMPONENT_SKU_ID_NOT_ALLOWED', 'Only premium buttons have a sku_id');
    if (value.custom_id && value.url) {
      const message = 'A custom id and url cannot both be specified';
      report(ctx, [], 'BUTTON_COMPONENT_CUSTOM_ID_AND_URL_MUTUALLY_EXCLUSIVE', message);
    } else if (style === ButtonStyle.Link && !value.url) {
      report(ctx, ['url'], 'BUTTON_COMPONENT_URL_REQUIRED', 'A url is required');
    } else if (style !== ButtonStyle.Link && value.custom_id == null) {
      report(ctx, ['custom_id'], 'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED', 'A custom id is required');
    }
    if (!value.label && !value.emoji) {
      report(ctx, ['label'], 'BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED', 'A label or an emoji is required');
    }
  });

/** The numbers that every select has in common. */
export const selectRange = {
  id: componentId,
  custom_id: customId,
  placeholder: text({ max: 150 }).nullish(),
  min_values: integer(0, 25).nullish(),
  max_values: integer(1, 25).nullish(),
  disabled: z.boolean().nullish(),
};

const selectOption = z.object({
  label: text({ min: 1, max: 100 }),
  value: text({ min: 1, max: 100 }),
  description: text({ max: 100 }).nullish(),
  emoji: emoji.nullish(),
  default: z.boolean().nullish(),
});

/** The options of a string select. */
export const selectOptions = list(selectOption, { min: 1, max: 25 });

interface SelectNumbers {
  readonly min_values?: number | null | undefined;
  readonly max_values?: number | null | undefined;
  readonly options?:
    | readonly { readonly value: string; readonly default?: boolean | null | undefined }[]
    | undefined;
}

/** Checks what the fields of a select say about each other. */
export function checkSelect(value: SelectNumbers, ctx: Reporter): void {
  const min = value.min_values ?? 1;
  const max = value.max_values ?? Math.max(1, min);
  if (min > max) {
    report(ctx, ['min_values'], 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${max}.`);
  }
  if (!value.options) return;
  if (value.options.length > 0 && value.options.length < max) {
    report(ctx, ['options'], 'BASE_TYPE_BAD_LENGTH', `Must be between ${max} and 25 in length.`);
  }
  reportDuplicates(value.options, ctx);
  if (value.options.filter((option) => option.default).length > max) {
    report(
      ctx,
      ['options'],
      'SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES',
      'More default values than max_values',
    );
  }
}

/** Reports options that share a value. */
export function reportDuplicates(
  options: readonly { readonly value: string }[],
  ctx: Reporter,
  field = 'options',
): void {
  const seen = new Set<string>();
  for (const [index, option] of options.entries()) {
    if (seen.has(option.value)) {
      const message = 'The specified option value is already used';
      report(
        ctx,
        [field, index, field === 'options' ? 'value' : 'id'],
        'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
        message,
      );
    }
    seen.add(option.value);
  }
}

/** A menu with options of its own. */
export const stringSelect = z
  .object({ type: z.literal(ComponentType.StringSelect), ...selectRange, options: selectOptions })
  .superRefine(checkSelect);

/** What each of the selects below may have chosen before anybody does. */
const DEFAULT_TYPES: ReadonlyMap<number, readonly string[]> = new Map([
  [ComponentType.UserSelect, ['user']],
  [ComponentType.RoleSelect, ['role']],
  [ComponentType.MentionableSelect, ['user', 'role']],
  [ComponentType.ChannelSelect, ['channel']],
]);

interface EntityNumbers extends SelectNumbers {
  readonly type: ComponentType;
  readonly channel_types?: readonly number[] | null | undefined;
  readonly default_values?: readonly { readonly id: string; readonly type: string }[] | null | undefined;
}

/** Checks what the fields of such a select say about each other. */
export function checkEntitySelect(value: EntityNumbers, ctx: Reporter): void {
  checkSelect(value, ctx);
  const { type, channel_types: channels, default_values: defaults } = value;
  if (channels && type !== ComponentType.ChannelSelect) {
    report(ctx, ['channel_types'], 'BASE_TYPE_INVALID', 'Only channel selects have channel types');
  }
  if (!defaults || defaults.length === 0) return;
  const min = value.min_values ?? 1;
  const max = value.max_values ?? Math.max(1, min);
  if (defaults.length < min || defaults.length > max) {
    const message = `Must be between ${min} and ${max} in length.`;
    report(ctx, ['default_values'], 'BASE_TYPE_BAD_LENGTH', message);
  }
  const types = DEFAULT_TYPES.get(type) ?? [];
  for (const [index, one] of defaults.entries()) {
    if (types.includes(one.type)) continue;
    const message = `Value must be one of {${types.map((name) => `'${name}'`).join(', ')}}.`;
    report(ctx, ['default_values', index, 'type'], 'BASE_TYPE_CHOICES', message);
  }
  reportDuplicates(
    defaults.map(({ id }) => ({ value: id })),
    ctx,
    'default_values',
  );
}

/** The selects whose choices Discord itself offers: users, roles, mentionables, channels. */
export const entitySelectFields = {
  type: z.literal([
    ComponentType.UserSelect,
    ComponentType.RoleSelect,
    ComponentType.MentionableSelect,
    ComponentType.ChannelSelect,
  ]),
  ...selectRange,
  channel_types: z.array(z.int()).nullish(),
  default_values: list(z.object({ id: snowflake, type: z.enum(['user', 'role', 'channel']) }), {
    max: 25,
  }).nullish(),
};
/** A menu of users, roles, mentionables or channels. */
export const entitySelect = z.object(entitySelectFields).superRefine(checkEntitySelect);

/** A button as it was accepted. */
export type ButtonComponent = z.output<typeof button>;
/** A select of any kind as it was accepted. */
export type SelectComponent = z.output<typeof stringSelect> | z.output<typeof entitySelect>;
