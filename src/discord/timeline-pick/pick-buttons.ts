import type { ButtonInteraction, StringSelectMenuInteraction } from 'discord.js';
import type { ClipReference } from '../../domain/request.ts';
import type { Catalogue } from '../../musicapi/catalogue.ts';
import { explainClip, loadClipFacts } from '../clips/clip-eligibility.ts';
import type { FoundClip } from '../clips/clip-finder.ts';
import { knownClipOf, openClipForm } from '../clips/clip-forms.ts';
import { type Components, privately, updating } from '../interactions/command.ts';
import type { Services } from '../interactions/services.ts';
import type { CardMessage } from '../messages/message.ts';
import { PICK_OPERATIONS, type PickState } from '../messages/pick-ids.ts';
import { buildNoLines, buildPickMessage, type PickableOperation } from './pick-message.ts';

/** **Pick a line**: pointing at lines and sections, and the forms that are filled with their times. */
export const pickButtons: Components = {
  buttons: {
    pick: (interaction, { clip }, services) =>
      privately(async () => {
        const body = await buildPick(interaction, clip, { page: 0 }, services);
        await services.answers.fill(interaction, body);
      }),

    'pick-page': (interaction, { clip, pick }, services) =>
      updating(async () => {
        await services.answers.fill(interaction, await buildPick(interaction, clip, pick, services));
      }),

    'pick-do': (interaction, { operation, clip, times }, services) => {
      const [from, to] = [times.fromMs / 1_000, times.toMs / 1_000];
      const inputs = operation === 'extend' ? { atSeconds: from } : { fromSeconds: from, toSeconds: to };
      return openClipForm(interaction, operation, clip, services, inputs);
    },
  },

  lists: {
    'pick-line': (interaction, { clip, pick }, services) =>
      updating(async () => {
        const chosen = Number(interaction.values[0]);
        const isFirst = pick.first === undefined;
        const state = isFirst ? { page: 0, first: chosen } : { ...pick, last: chosen };
        await services.answers.fill(interaction, await buildPick(interaction, clip, state, services));
      }),
  },
};

/** Whether lines can be pointed at in songs of this engine at all. */
export function canPick(
  { catalogue }: { readonly catalogue: Catalogue },
  { engine }: ClipReference,
): boolean {
  return catalogue.find(engine, 'timeline') !== undefined;
}

async function buildPick(
  interaction: ButtonInteraction | StringSelectMenuInteraction,
  reference: ClipReference,
  state: PickState,
  services: Services,
): Promise<CardMessage> {
  const { catalogue, clips, lines } = services;
  const found = await clips.findPressed(reference);
  const { title } = knownClipOf(found, interaction.message);
  const about = { clip: reference, title, operations: await listOperations(found, services) };
  const moments = await lines.find(found, interaction);
  if (moments && moments.length > 0) return buildPickMessage({ ...about, moments, state });
  const timeline = moments ? undefined : catalogue.find(reference.engine, 'timeline');
  return buildNoLines({ ...about, timeline });
}

/** What can begin at a line of this song. */
async function listOperations(
  found: FoundClip,
  { catalogue, store }: Pick<Services, 'catalogue' | 'store'>,
): Promise<readonly PickableOperation[]> {
  const facts = await loadClipFacts(found, store);
  const now = await store.now();
  return PICK_OPERATIONS.flatMap((id) => {
    const entry = catalogue.find(found.reference.engine, id);
    return entry && explainClip(entry, facts, now) === undefined ? [{ ...entry, id }] : [];
  });
}
