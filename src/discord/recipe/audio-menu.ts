/** The private menu of audio that somebody pointed at: what it is, how it was made, and what can be done with it. */
import {
  ActionRowBuilder,
  StringSelectMenuBuilder,
  StringSelectMenuOptionBuilder,
} from '@discordjs/builders';
import type { BaseInteraction } from 'discord.js';
import type { AudioFile } from '../../domain/request.ts';
import { UserError } from '../../errors.ts';
import type { Recipe } from '../../media/recipe.ts';
import { operationWords } from '../../words/operation-words.ts';
import { words } from '../../words/words.ts';
import { loadClipFacts } from '../clips/clip-eligibility.ts';
import type { FoundClip } from '../clips/clip-finder.ts';
import { listClipEntries } from '../clips/clip-menu.ts';
import { buildMoreMenu, type MenuEntry, type MissingEntry } from '../clips/menu-message.ts';
import { canUseClip } from '../drafts/request-account.ts';
import type { Services } from '../interactions/services.ts';
import { titleOf } from '../messages/clip-title.ts';
import { encodeId } from '../messages/custom-ids.ts';
import { buildMessage, type CardMessage } from '../messages/message.ts';
import { oneLine, plain } from '../messages/text.ts';
import { AUDIO_OPERATIONS, draftOfRecipe } from './audio-drafts.ts';
import type { FoundAudio } from './audio-shelf.ts';
import { buildRecipeEmbed } from './recipe-embed.ts';

const MAX_LABEL_LENGTH = 100;
const MAX_REASON_LENGTH = 300;

/** Asks which of several files is meant. */
export function buildFileQuestion(files: readonly AudioFile[], draftId: string): CardMessage {
  const { which, choose, thisAudio } = words().recipe.audio;
  const menu = new StringSelectMenuBuilder()
    .setCustomId(encodeId({ action: 'audio-pick', draftId }))
    .setPlaceholder(choose)
    .addOptions(
      files.map(({ name }, index) =>
        new StringSelectMenuOptionBuilder()
          .setLabel(oneLine(name, MAX_LABEL_LENGTH) || thisAudio)
          .setValue(String(index)),
      ),
    );
  return buildMessage({
    content: which,
    rows: [new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(menu)],
  });
}

/**
 * Looks into the first file and keeps what was found. Gives the menu: the song's own where the person may use it by its
 * id, else what can be done with a file that is brought in.
 *
 * @param draftId - under which it is kept
 * @throws UserError when it is no audio, cannot be had, or can be used for nothing.
 */
export async function findAudio(
  interaction: BaseInteraction,
  found: FoundAudio,
  draftId: string,
  services: Services,
): Promise<CardMessage> {
  const { audio, catalogue } = services;
  const [file, ...others] = found.files;
  const need = catalogue.get('sonic', 'upload').file;
  if (!file || !need) throw new UserError(words().recipe.audio.noFile);
  const { recipe, findings, ...checked } = await audio.look(file, need);
  const reasons = findings.map(({ message }) => message);
  const song = await findOwn(interaction, found, recipe, services);
  const own = song && (await canUseClip(interaction, song.reference, services)) ? song : undefined;
  if (reasons.length > 0 && !own && !recipe) throw new UserError(reasons.join('\n'));
  const known = { ...found, files: [checked.file, ...others], recipe };
  await audio.save(draftId, known);
  if (own) return await buildSongMenu(own, recipe, draftId, services);
  return buildFileMenu(known, reasons, draftId, services);
}

/** The song of ours that the file is, where the person may use it: by its card, or by the id that it says it has. */
async function findOwn(
  interaction: BaseInteraction,
  { clip, files }: FoundAudio,
  recipe: Recipe | undefined,
  { clips }: Services,
): Promise<FoundClip | undefined> {
  // Below the card of a song is that song; with several files it may be any part of it.
  if (clip && files.length === 1) return await clips.findPressed(clip);
  if (!recipe?.clip) return undefined;
  try {
    const found = await clips.find(recipe.clip.clipId, interaction);
    return found.clip ? found : undefined;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

async function buildSongMenu(
  own: FoundClip,
  recipe: Recipe | undefined,
  draftId: string,
  services: Services,
): Promise<CardMessage> {
  const { catalogue, store } = services;
  const { entries, missing } = listClipEntries(catalogue, await loadClipFacts(own, store), {
    hasAudio: own.clip?.audioUrl !== undefined,
    durationSeconds: own.clip?.durationSeconds,
    now: await store.now(),
  });
  const { readFrom } = words().recipe.audio;
  return buildMoreMenu({
    title: own.clip ? titleOf(own.clip) : recipe?.song.title,
    entries: [...entries, ...listAgain(recipe, draftId, services)],
    missing,
    quote: recipe && buildRecipeEmbed(recipe, [readFrom]),
  });
}

function buildFileMenu(
  { files: [file], recipe }: FoundAudio,
  reasons: readonly string[],
  draftId: string,
  services: Services,
): CardMessage {
  const { does, otherClip, readFrom, thisAudio } = words().recipe.audio;
  const entries: MenuEntry[] = [];
  const missing: MissingEntry[] = [];
  for (const [action, name] of [
    ['audio-extend', 'extend'],
    ['audio-cover', 'cover'],
    ['audio-sample', 'sample'],
    ['audio-upload', 'upload'],
  ] as const) {
    const { label } = operationWords({ engine: 'sonic', id: name });
    const { price } = services.catalogue.get('sonic', AUDIO_OPERATIONS[action]);
    const [reason] = reasons;
    if (reason) missing.push({ label, reason: plain(reason, MAX_REASON_LENGTH) });
    else entries.push({ label, does: does[name], price, id: { action, draftId } });
  }
  return buildMoreMenu({
    title: recipe?.song.title ?? file?.name ?? thisAudio,
    entries: [...entries, ...listAgain(recipe, draftId, services)],
    missing,
    quote: recipe && buildRecipeEmbed(recipe, recipe.clip ? [readFrom, otherClip] : [readFrom]),
  });
}

/** A new song by the same recipe, where it says enough. */
function listAgain(
  recipe: Recipe | undefined,
  draftId: string,
  { catalogue }: Services,
): readonly MenuEntry[] {
  const draft = recipe && draftOfRecipe(recipe, catalogue);
  if (!draft) return [];
  const { price } = catalogue.get(draft.engine ?? 'sonic', 'create');
  const { label } = operationWords({ engine: 'sonic', id: 'create' });
  return [{ label, does: words().recipe.audio.does.create, price, id: { action: 'audio-create', draftId } }];
}
