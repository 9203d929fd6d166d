import type { Attachment, ModalSubmitInteraction } from 'discord.js';

/** What somebody put into a form, by the custom id of each input. */
export interface SentForm {
  readonly texts: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, readonly Pick<Attachment, 'url' | 'name' | 'size'>[]>>;
}

/** Reads a sent form. */
export function readSentForm(interaction: ModalSubmitInteraction): SentForm {
  const texts: Record<string, string> = {};
  const files: Record<string, readonly Attachment[]> = {};
  for (const [name, field] of interaction.fields.fields) {
    if ('value' in field && typeof field.value === 'string') texts[name] = field.value;
    if ('attachments' in field && field.attachments) files[name] = [...field.attachments.values()];
  }
  return { texts, files };
}
