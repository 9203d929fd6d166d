import type { ButtonInteraction } from 'discord.js';
import { ComponentType } from 'discord-api-types/v10';
import { countHearts, toggleHeart } from '../../store/hearts.ts';
import { type Components, updating } from '../interactions/command.ts';
import { decodeId } from '../messages/custom-ids.ts';

/** The heart on a clip card: one per person and clip, a second press takes it back. */
export const heartButton: Components = {
  buttons: {
    heart: (interaction, { clip }, { api, store }) =>
      updating(async () => {
        const now = await store.now();
        const { count } = await store.transaction((tx) =>
          toggleHeart(tx, clip.clipId, interaction.user.id, now),
        );
        let shown: number | undefined;
        // Edits of presses that come together overtake each other, so each one looks again after its own.
        for (let latest = count; latest !== shown; latest = await countHearts(store.db, clip.clipId)) {
          await api.editAnswer(interaction, { components: withCount(interaction, latest) });
          shown = latest;
        }
      }),
  },
};

/** The message's own rows, with the new count on the heart: everything else stays as it is. */
function withCount(interaction: ButtonInteraction, count: number) {
  return interaction.message.components.map((row) => {
    const json = row.toJSON();
    if (json.type !== ComponentType.ActionRow) return json;
    const components = json.components.map((component) => {
      const isHeart = 'custom_id' in component && decodeId(component.custom_id)?.action === 'heart';
      return isHeart ? { ...component, label: String(count) } : component;
    });
    return { ...json, components };
  });
}
