import { ComponentType, TextInputStyle } from 'discord-api-types/v10';
import { z } from 'zod';
import { integer, lengthOf, list, type Reporter, report, text } from './form.ts';
import { textDisplay } from './validate-components.ts';
import {
  checkEntitySelect,
  checkSelect,
  componentId,
  customId,
  entitySelectFields,
  reportDuplicates,
  selectOptions,
  selectRange,
} from './validate-controls.ts';

const MAX_TEXT_INPUT = 4000;
const required = z.boolean().nullish();
const id = componentId;

const textInputFields = {
  type: z.literal(ComponentType.TextInput),
  id,
  custom_id: customId,
  style: integer(TextInputStyle.Short, TextInputStyle.Paragraph),
  min_length: integer(0, MAX_TEXT_INPUT).nullish(),
  max_length: integer(1, MAX_TEXT_INPUT).nullish(),
  required,
  value: text({ max: MAX_TEXT_INPUT }).nullish(),
  placeholder: text({ max: 100 }).nullish(),
};
const textInput = z
  .object({ ...textInputFields, label: text({ max: 45 }).nullish() })
  .superRefine(checkTextInput);
const labelledTextInput = z
  .object({ ...textInputFields, label: text({ min: 1, max: 45 }) })
  .superRefine(checkTextInput);

function checkTextInput(
  value: {
    min_length?: number | null | undefined;
    max_length?: number | null | undefined;
    value?: string | null | undefined;
  },
  ctx: Reporter,
): void {
  const max = value.max_length ?? MAX_TEXT_INPUT;
  if ((value.min_length ?? 0) > max) {
    report(ctx, ['min_length'], 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${max}.`);
  }
  if (value.max_length && lengthOf(value.value ?? '') > value.max_length) {
    report(ctx, ['value'], 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`);
  }
}

function refuseDisabled(value: { disabled?: boolean | null | undefined }, ctx: Reporter): void {
  if (value.disabled) {
    report(
      ctx,
      ['disabled'],
      'COMPONENT_DISABLED_NOT_ALLOWED',
      'Disabled components are not allowed in modals',
    );
  }
}

/** What is required cannot be answered with nothing. */
function checkRequired(
  value: { required?: boolean | null | undefined; min_values?: number | null | undefined },
  ctx: Reporter,
): void {
  if (value.required !== false && value.min_values === 0) {
    report(ctx, ['min_values'], 'NUMBER_TYPE_MIN', 'int value should be greater than or equal to 1.');
  }
}

const stringSelect = z
  .object({ type: z.literal(ComponentType.StringSelect), ...selectRange, options: selectOptions, required })
  .superRefine((value, ctx) => {
    checkSelect(value, ctx);
    refuseDisabled(value, ctx);
    checkRequired(value, ctx);
  });
const entitySelect = z.object({ ...entitySelectFields, required }).superRefine((value, ctx) => {
  checkEntitySelect(value, ctx);
  refuseDisabled(value, ctx);
  checkRequired(value, ctx);
});
const fileUpload = z
  .object({
    type: z.literal(ComponentType.FileUpload),
    id,
    custom_id: customId,
    min_values: integer(0, 10).nullish(),
    max_values: integer(1, 10).nullish(),
    required,
  })
  .superRefine((value, ctx) => {
    checkSelect(value, ctx);
    checkRequired(value, ctx);
  });

const groupOption = z.object({
  value: text({ min: 1, max: 100 }),
  label: text({ min: 1, max: 100 }),
  description: text({ max: 100 }).nullish(),
  default: z.boolean().nullish(),
});
const radioGroup = z
  .object({
    type: z.literal(ComponentType.RadioGroup),
    id,
    custom_id: customId,
    options: list(groupOption, { min: 2, max: 10 }),
    required,
  })
  .superRefine((value, ctx) => reportDuplicates(value.options, ctx));
const checkboxGroup = z
  .object({
    type: z.literal(ComponentType.CheckboxGroup),
    id,
    custom_id: customId,
    options: list(groupOption, { min: 1, max: 10 }),
    min_values: integer(0, 10).nullish(),
    max_values: integer(1, 10).nullish(),
    required,
  })
  .superRefine((value, ctx) => {
    reportDuplicates(value.options, ctx);
    checkRequired(value, ctx);
  });
const checkbox = z.object({
  type: z.literal(ComponentType.Checkbox),
  id,
  custom_id: customId,
  default: z.boolean().nullish(),
});

const label = z.object({
  type: z.literal(ComponentType.Label),
  id,
  label: text({ min: 1, max: 45 }),
  description: text({ max: 100 }).nullish(),
  component: z.discriminatedUnion('type', [
    textInput,
    stringSelect,
    entitySelect,
    fileUpload,
    radioGroup,
    checkboxGroup,
    checkbox,
  ]),
});
/** Deprecated by Discord, still accepted. */
const actionRow = z.object({
  type: z.literal(ComponentType.ActionRow),
  id,
  components: list(z.discriminatedUnion('type', [labelledTextInput]), { min: 1, max: 1 }),
});

/** The data of a modal. @see https://discord.com/developers/docs/interactions/receiving-and-responding */
export const modalBody = z.object({
  custom_id: customId,
  title: text({ min: 1, max: 45 }),
  components: list(z.discriminatedUnion('type', [label, actionRow, textDisplay]), {
    min: 1,
    max: 5,
  }).superRefine((all, ctx) => {
    const seen = new Set<string>();
    for (const [index, one] of all.entries()) {
      const input = findInput(one);
      if (!input) continue;
      if (seen.has(input.custom_id)) {
        const inside = one.type === ComponentType.Label ? ['component'] : ['components', 0];
        const message = 'Component custom id cannot be duplicated';
        report(ctx, [index, ...inside, 'custom_id'], 'COMPONENT_CUSTOM_ID_DUPLICATED', message);
      }
      seen.add(input.custom_id);
    }
  }),
});

/** A modal as it was accepted. */
export type ModalBody = z.output<typeof modalBody>;
/** One top-level component of a modal. */
export type ModalComponent = ModalBody['components'][number];
/** What a person fills in. */
export type ModalInput = z.output<typeof label>['component'];

/** The part of a modal component that a person fills in, if it has one. */
export function findInput(component: ModalComponent): ModalInput | undefined {
  if (component.type === ComponentType.Label) return component.component;
  if (component.type === ComponentType.ActionRow) return component.components[0];
  return undefined;
}
