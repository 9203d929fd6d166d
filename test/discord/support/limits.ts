import type { APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import { ComponentType } from 'discord-api-types/v10';
import { expect } from 'vitest';
import { decodeId } from '../../../src/discord/messages/custom-ids.ts';
import type { CardMessage } from '../../../src/discord/messages/message.ts';

/** Labels of all buttons of a message, row after row. */
export function labelsOf(message: CardMessage): string[] {
  return buttonsOf(message).map((button) => ('label' in button ? (button.label ?? '') : ''));
}

/** Custom ids of all buttons of a message, decoded. */
export function actionsOf(message: CardMessage) {
  return buttonsOf(message).map((button) =>
    'custom_id' in button ? decodeId(button.custom_id ?? '') : undefined,
  );
}

function buttonsOf(message: CardMessage) {
  return partsOf(message).filter((part) => part.type === ComponentType.Button);
}

/** The menus of a message whose choices we name. */
export function menusOf(message: CardMessage) {
  return partsOf(message).filter((part) => part.type === ComponentType.StringSelect);
}

function partsOf(message: CardMessage) {
  return message.components.flatMap((row) => row.components);
}

/** Everything in a message that a person reads. */
export function textOf(message: CardMessage): string {
  const embeds = message.embeds.flatMap(({ title, description, fields, footer }) => [
    title,
    description,
    ...(fields ?? []).flatMap(({ name, value }) => [name, value]),
    footer?.text,
  ]);
  return [message.content, ...embeds].filter(Boolean).join('\n');
}

/** Checks a message against the limits that Discord documents (Message, Embed Limits, Component Reference). */
export function expectWithinLimits(message: CardMessage): void {
  expect(message.content.length).toBeLessThanOrEqual(2_000);
  expect(message.content !== '' || message.embeds.length > 0).toBe(true);
  expect(message.content.isWellFormed()).toBe(true);
  expect(message.allowed_mentions.parse).toEqual([]);
  let total = 0;
  for (const { title, description, fields = [], footer } of message.embeds) {
    expect((title ?? '').length).toBeLessThanOrEqual(256);
    expect((description ?? '').length).toBeLessThanOrEqual(4_096);
    expect(fields.length).toBeLessThanOrEqual(25);
    expect((footer?.text ?? '').length).toBeLessThanOrEqual(2_048);
    for (const { name, value } of fields) {
      expect(name.length).toBeGreaterThan(0);
      expect(name.length).toBeLessThanOrEqual(256);
      expect(value.trim().length).toBeGreaterThan(0);
      expect(value.length).toBeLessThanOrEqual(1_024);
      expect(value.isWellFormed()).toBe(true);
      total += name.length + value.length;
    }
    total += [title, description, footer?.text].join('').length;
  }
  expect(total).toBeLessThanOrEqual(6_000);
  expect(message.components.length).toBeLessThanOrEqual(5);
  const ids = new Set<string>();
  for (const row of message.components) {
    expect(row.components.length).toBeGreaterThan(0);
    expect(row.components.length).toBeLessThanOrEqual(5);
  }
  expect(buttonsOf(message).length + menusOf(message).length).toBe(partsOf(message).length);
  for (const menu of menusOf(message)) {
    expect((menu.placeholder ?? '').length).toBeLessThanOrEqual(150);
    expect(decodeId(menu.custom_id)).toBeDefined();
    expect(menu.options.length).toBeGreaterThan(0);
    expect(menu.options.length).toBeLessThanOrEqual(25);
    expect(new Set(menu.options.map(({ value }) => value)).size).toBe(menu.options.length);
    for (const { label, description = '-' } of menu.options) {
      expect(label.trim()).not.toBe('');
      expect(Math.max(label.length, description.length)).toBeLessThanOrEqual(100);
    }
  }
  for (const button of buttonsOf(message)) {
    if (!('custom_id' in button)) throw new Error('not a button of ours');
    expect((button.label ?? '').length).toBeGreaterThan(0);
    expect((button.label ?? '').length).toBeLessThanOrEqual(80);
    expect(button.custom_id.length).toBeLessThanOrEqual(100);
    expect(decodeId(button.custom_id)).toBeDefined();
    expect(ids.has(button.custom_id)).toBe(false);
    ids.add(button.custom_id);
  }
}

/** The text inputs of a form, after checking it against Discord's limits (Modal, Label, Text Input). */
export function inputsOf(form: APIModalInteractionResponseCallbackData) {
  expect(form.title.length).toBeGreaterThan(0);
  expect(form.title.length).toBeLessThanOrEqual(45);
  expect(decodeId(form.custom_id)).toBeDefined();
  expect(form.components.length).toBeGreaterThanOrEqual(1);
  expect(form.components.length).toBeLessThanOrEqual(5);
  return form.components.flatMap((label) => {
    if (label.type !== ComponentType.Label) throw new Error('not a label');
    expect(label.label.length).toBeLessThanOrEqual(45);
    expect((label.description ?? '').length).toBeLessThanOrEqual(100);
    const input = label.component;
    if (input.type === ComponentType.FileUpload) return [];
    if (input.type !== ComponentType.TextInput) throw new Error('not a text input');
    expect(input.max_length ?? 4_000).toBeLessThanOrEqual(4_000);
    expect((input.value ?? '').length).toBeLessThanOrEqual(input.max_length ?? 4_000);
    expect((input.placeholder ?? '').length).toBeLessThanOrEqual(100);
    return [{ label: label.label, id: input.custom_id, value: input.value, placeholder: input.placeholder }];
  });
}

/** Descriptions of the fields of a form that take a file. */
export function fileFieldsOf(form: APIModalInteractionResponseCallbackData) {
  return form.components.flatMap((label) =>
    label.type === ComponentType.Label && label.component.type === ComponentType.FileUpload
      ? [label.description]
      : [],
  );
}
