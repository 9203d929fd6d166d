import { ComponentType, TextInputStyle } from 'discord-api-types/v10';
import type { PersonFile } from './attachments.ts';
import { type Place, uploadForInteraction } from './client-command.ts';
import { ClientError } from './client-error.ts';
import { ENTITIES, type Entity, isOffered, resolveEntities } from './entities.ts';
import { lengthOf } from './form.ts';
import type { InteractionRecord } from './records.ts';
import { findInput, type ModalBody, type ModalComponent, type ModalInput } from './validate-modal.ts';

type Json = Record<string, unknown>;
type Kind = 'text' | 'select' | 'files' | 'radio' | 'checkboxes' | 'checkbox';

/** What a person can put into a field: text, the chosen option or options, a tick, or files. */
export type FieldValue = string | boolean | readonly string[] | readonly PersonFile[];

/** A field of a modal as a person sees it. */
export interface ModalField {
  readonly label: string;
  readonly description: string | undefined;
  readonly customId: string;
  readonly kind: Kind;
  /** Whether a text may have several lines. */
  readonly multiline: boolean;
  readonly required: boolean;
  /** What stands there before the person does anything. */
  readonly value: string | boolean | readonly string[];
  readonly placeholder: string | undefined;
  readonly minLength: number;
  readonly maxLength: number;
  readonly options: readonly {
    readonly label: string;
    readonly value: string;
    readonly description: string | undefined;
  }[];
  /** What a menu offers that has no options of its own. */
  readonly entity: Entity | undefined;
}

/** A modal as a person sees it. */
export class Modal {
  readonly title: string;
  readonly customId: string;
  readonly fields: readonly ModalField[];
  /** The text displays between the fields. */
  readonly texts: readonly string[];
  readonly body: ModalBody;
  /** The interaction that opened it. */
  readonly opener: InteractionRecord;

  constructor(opener: InteractionRecord, body: ModalBody) {
    this.opener = opener;
    this.body = body;
    this.title = body.title;
    this.customId = body.custom_id;
    this.fields = body.components.flatMap((component) => toField(component) ?? []);
    this.texts = body.components.flatMap((one) =>
      one.type === ComponentType.TextDisplay ? [one.content] : [],
    );
  }

  /** The field with this label or custom id. @throws ClientError when there is none */
  field(name: string): ModalField {
    const found = this.fields.find((field) => field.label === name || field.customId === name);
    if (found) return found;
    throw new ClientError(
      `The modal has no field "${name}"; fields: ${this.fields.map((one) => one.label).join(', ')}`,
    );
  }
}

/** Builds the data of a modal submit as Discord's client would, or refuses what it would not send. */
export function buildModalData(
  place: Place,
  modal: Modal,
  values: Readonly<Record<string, FieldValue | undefined>>,
): Json {
  const given = new Map(Object.entries(values).map(([name, value]) => [modal.field(name).customId, value]));
  const resolved: Record<string, Json> = {};
  const components = modal.body.components.map((component, index): Json => {
    const id = component.id || index + 1;
    const input = findInput(component);
    const field = toField(component);
    if (!input || !field) return { type: component.type, id };
    const value = fillField(place, field, given.get(field.customId) ?? field.value, resolved);
    const filled = { type: input.type, id: input.id || id + 100, custom_id: input.custom_id, ...value };
    if (component.type === ComponentType.ActionRow) return { type: component.type, id, components: [filled] };
    return { type: component.type, id, component: filled };
  });
  return {
    custom_id: modal.customId,
    components,
    ...(Object.keys(resolved).length > 0 ? { resolved } : {}),
  };
}

function fillField(place: Place, field: ModalField, value: FieldValue, resolved: Record<string, Json>): Json {
  const wrong = (expected: string) => new ClientError(`The field "${field.label}" takes ${expected}`);
  if (field.kind === 'checkbox') {
    if (typeof value !== 'boolean') throw wrong('true or false');
    return { value };
  }
  if (field.kind === 'text') {
    if (typeof value !== 'string') throw wrong('text');
    const length = lengthOf(value);
    if (field.required && length === 0) throw wrong('something: it is required');
    if (length > field.maxLength) throw wrong(`at most ${field.maxLength} characters`);
    if (length > 0 && length < field.minLength) throw wrong(`at least ${field.minLength} characters`);
    return { value };
  }
  if (typeof value === 'boolean') throw wrong('one or more choices');
  const chosen: readonly (string | PersonFile)[] =
    typeof value === 'string' ? (value === '' ? [] : [value]) : value;
  const { min, max } = rangeOf(field);
  if (field.required && chosen.length === 0) throw wrong('something: it is required');
  if (chosen.length > max) throw wrong(`at most ${max}`);
  if (chosen.length > 0 && chosen.length < min) throw wrong(`at least ${min}`);
  if (field.kind === 'files') {
    return {
      values: chosen.map((file) => {
        if (typeof file === 'string') throw wrong('files: { name, data }');
        return uploadForInteraction(place, file, resolved);
      }),
    };
  }
  const picked = chosen.map((name) => {
    if (field.entity) {
      const id = String(name);
      if (isOffered(place.world, place.channel, field.entity, id)) return id;
      throw wrong(`a ${field.entity} that is there`);
    }
    const option = field.options.find((one) => one.value === name || one.label === name);
    if (!option) throw wrong(`one of ${field.options.map((one) => one.label).join(', ')}`);
    return option.value;
  });
  if (field.entity) mergeResolved(resolved, resolveEntities(place.world, place.channel, picked));
  return field.kind === 'radio' ? { value: picked[0] ?? null } : { values: picked };
}

/** What the fields of a form resolve comes along together. */
function mergeResolved(into: Record<string, Json>, more: Readonly<Record<string, Json>>): void {
  for (const [kind, found] of Object.entries(more)) {
    if (Object.keys(found).length > 0) into[kind] = { ...into[kind], ...found };
  }
}

function rangeOf(field: ModalField): { min: number; max: number } {
  return { min: field.minLength, max: field.maxLength };
}

function toField(component: ModalComponent): ModalField | undefined {
  const input = findInput(component);
  if (!input) return undefined;
  const isLabel = component.type === ComponentType.Label;
  const label = isLabel ? component.label : 'label' in input ? (input.label ?? '') : '';
  const description = isLabel ? (component.description ?? undefined) : undefined;
  return { label, description, customId: input.custom_id, ...describeInput(input) };
}

function describeInput(input: ModalInput): Omit<ModalField, 'label' | 'description' | 'customId'> {
  const base = {
    multiline: false,
    required: true,
    placeholder: undefined,
    minLength: 0,
    maxLength: 1,
    options: [],
    entity: undefined,
  };
  switch (input.type) {
    case ComponentType.TextInput:
      return {
        ...base,
        kind: 'text',
        multiline: input.style === TextInputStyle.Paragraph,
        required: input.required ?? true,
        value: input.value ?? '',
        placeholder: input.placeholder ?? undefined,
        minLength: input.min_length ?? 0,
        maxLength: input.max_length ?? 4000,
      };
    case ComponentType.Checkbox:
      return { ...base, kind: 'checkbox', required: false, value: input.default ?? false };
    case ComponentType.FileUpload:
      return {
        ...base,
        kind: 'files',
        required: input.required ?? true,
        value: [],
        minLength: input.min_values ?? 1,
        maxLength: input.max_values ?? 1,
      };
    case ComponentType.RadioGroup:
    case ComponentType.CheckboxGroup:
    case ComponentType.StringSelect: {
      const isRadio = input.type === ComponentType.RadioGroup;
      const isGroup = input.type === ComponentType.CheckboxGroup;
      return {
        ...base,
        kind: isRadio ? 'radio' : isGroup ? 'checkboxes' : 'select',
        required: input.required ?? true,
        value: input.options.filter((option) => option.default).map((option) => option.value),
        minLength: 'min_values' in input ? (input.min_values ?? 1) : 1,
        maxLength: 'max_values' in input ? (input.max_values ?? (isGroup ? input.options.length : 1)) : 1,
        options: input.options.map(({ label, value, description }) => ({
          label,
          value,
          description: description ?? undefined,
        })),
      };
    }
    default:
      return {
        ...base,
        entity: ENTITIES[input.type],
        kind: 'select',
        required: input.required ?? true,
        value: (input.default_values ?? []).map(({ id }) => id),
        minLength: input.min_values ?? 1,
        maxLength: input.max_values ?? 1,
      };
  }
}
