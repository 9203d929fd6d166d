import { EmbedBuilder } from '@discordjs/builders';
import type { APIEmbedField } from 'discord-api-types/v10';
import { isStandIn } from '../../domain/clip.ts';
import type { Recipe } from '../../media/recipe.ts';
import { INPUT_NAMES, isText, optionNameOf } from '../../musicapi/inputs.ts';
import { operationWords } from '../../words/operation-words.ts';
import { shownOption } from '../../words/shown-names.ts';
import { words } from '../../words/words.ts';
import { COLOURS } from '../messages/message.ts';
import { formatDuration, plain } from '../messages/text.ts';

const MAX_TITLE_LENGTH = 200;
const MAX_FIELD_LENGTH = 1_000;
/** An embed takes 6,000 characters in all (Discord: Embed Limits). */
const MAX_LYRICS_LENGTH = 2_000;

/**
 * What a file says of itself, as text. Anybody can have written it.
 *
 * @param notes - sentences of ours
 */
export function buildRecipeEmbed(recipe: Recipe, notes: readonly string[]): EmbedBuilder {
  const { song } = recipe;
  const title = plain(song.title ?? '', MAX_TITLE_LENGTH) || words().recipe.audio.thisAudio;
  const lyrics = plain(song.lyrics ?? '', MAX_LYRICS_LENGTH, { lines: 'keep' });
  return new EmbedBuilder()
    .setColor(COLOURS.waiting)
    .setTitle(title)
    .setDescription([...notes, ...(lyrics ? ['', lyrics] : [])].join('\n'))
    .addFields(fieldsOf(recipe));
}

function fieldsOf(recipe: Recipe): APIEmbedField[] {
  const { engine, operation, model, clip, parent, inputs, song } = recipe;
  const { fields, engineAndModel } = words().recipe;
  const prompt = inputs.prompt ?? song.prompt;
  const all = [
    { name: fields.tags, value: plain(song.tags ?? '', MAX_FIELD_LENGTH) },
    { name: fields.prompt, value: plain(prompt ?? '', MAX_FIELD_LENGTH) },
    {
      name: fields.engine,
      value: model ? engineAndModel({ engine, model: plain(model, 60) }) : engine,
      inline: true,
    },
    {
      name: fields.length,
      value: song.durationSeconds === undefined ? '' : formatDuration(song.durationSeconds),
      inline: true,
    },
    { name: fields.madeWith, value: operationWords({ engine, id: operation }).label, inline: true },
    { name: fields.settings, value: plain(listSettings(recipe), MAX_FIELD_LENGTH) },
    { name: fields.clipId, value: clip ? `\`${clip.clipId}\`` : '', inline: true },
    {
      name: fields.from,
      value: parent && !isStandIn(parent.clipId) ? `\`${parent.clipId}\`` : '',
      inline: true,
    },
  ];
  return all.filter(({ value }) => value !== '');
}

/** What was asked for beside texts: `vocals: female, strength: 0.4`. */
function listSettings({ inputs }: Recipe): string {
  const { setting, settings } = words().recipe;
  const given = INPUT_NAMES.flatMap((name) => {
    const value = inputs[name];
    const isTold = value !== undefined && value !== false && !(isText(name) && name !== 'avoid');
    return isTold ? [setting({ name: shownOption(optionNameOf(name)), value: String(value) })] : [];
  });
  return settings({ parts: given });
}
