import { ComponentType } from 'discord-api-types/v10';
import type { Modal, ModalField } from '../discord/client-modal.ts';
import { findInput } from '../discord/validate-modal.ts';
import type { FieldView, ModalView } from './protocol.ts';

/** A modal to fill in. It is named by the interaction that opened it: there is one at most. */
export function showModal(modal: Modal): ModalView {
  return {
    id: modal.opener.id,
    title: modal.title,
    rows: modal.body.components.flatMap((component): ModalView['rows'] => {
      if (component.type === ComponentType.TextDisplay) return [{ text: component.content }];
      const input = findInput(component);
      return input ? [{ field: showField(modal.field(input.custom_id)) }] : [];
    }),
  };
}

function showField(field: ModalField): FieldView {
  return {
    customId: field.customId,
    label: field.label,
    description: field.description ?? null,
    kind: field.multiline ? 'paragraph' : field.kind,
    required: field.required,
    value: field.value,
    placeholder: field.placeholder ?? null,
    min: field.minLength,
    max: field.maxLength,
    options: field.options.map((option) => ({ ...option, description: option.description ?? null })),
    entity: field.entity ?? null,
  };
}
