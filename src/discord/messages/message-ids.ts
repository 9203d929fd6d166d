import { type APIMessage, ComponentType } from 'discord-api-types/v10';
import { type CustomId, decodeId } from './custom-ids.ts';

/** What the buttons of a message mean, ours only. */
export function listCustomIds(message: Pick<APIMessage, 'components'>): readonly CustomId[] {
  return (message.components ?? []).flatMap((row) => {
    if (row.type !== ComponentType.ActionRow) return [];
    return row.components.flatMap((component) => {
      const id = 'custom_id' in component ? decodeId(component.custom_id) : undefined;
      return id ? [id] : [];
    });
  });
}
