/** The options by which every new song can be tuned. */
import type { SlashCommandOptionsOnlyBuilder, SlashCommandStringOption } from '@discordjs/builders';
import type { AutocompleteInteraction } from 'discord.js';
import { ENGINES, type InputName, VOCALS } from '../../domain/request.ts';
import { modelLabel } from '../../words/operation-words.ts';
import { words } from '../../words/words.ts';
import type { Choice } from '../interactions/command.ts';
import type { Services } from '../interactions/services.ts';
import { oneLine } from '../messages/text.ts';
import { choicesOf, localised, properChoices } from './localised.ts';
import { readChoice } from './options.ts';

/** Discord takes at most this many suggestions. */
const MAX_CHOICES = 25;
const MAX_CHOICE_LENGTH = 100;

/** The inputs behind the options, besides the engine. */
export const TUNING: readonly InputName[] = [
  'vocals',
  'durationSeconds',
  'model',
  'avoid',
  'styleWeight',
  'weirdness',
];

/** Adds `vocals`, `duration`, `engine`, `model`, `avoid`, `style-weight` and `weirdness`. */
export function addTuningOptions(command: SlashCommandOptionsOnlyBuilder): SlashCommandOptionsOnlyBuilder {
  return command
    .addStringOption((option) =>
      localised(option, 'vocals', (w) => w.songs.vocals).addChoices(
        ...choicesOf(VOCALS, (w) => w.options.choices.vocals),
      ),
    )
    .addStringOption((option) => localised(option, 'duration', (w) => w.songs.duration))
    .addStringOption((option) =>
      localised(option, 'engine', (w) => w.songs.engine).addChoices(...properChoices(ENGINES)),
    )
    .addStringOption((option) => localised(option, 'model', (w) => w.songs.model).setAutocomplete(true))
    .addStringOption((option) => localised(option, 'avoid', (w) => w.songs.avoid))
    .addNumberOption((option) =>
      localised(option, 'style-weight', (w) => w.songs.styleWeight)
        .setMinValue(0)
        .setMaxValue(1),
    )
    .addNumberOption((option) =>
      localised(option, 'weirdness', (w) => w.songs.weirdness)
        .setMinValue(0)
        .setMaxValue(1),
    );
}

/** The inputs behind the options of a song from a description. */
export const SONG: readonly InputName[] = ['prompt', 'tags', 'title', 'instrumental', ...TUNING];

/** The `prompt` of a song from a description. */
export function promptOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return localised(option, 'prompt', (w) => w.songs.prompt).setRequired(true);
}

/** Adds the other options of a song from a description. */
export function addSongOptions(command: SlashCommandOptionsOnlyBuilder): SlashCommandOptionsOnlyBuilder {
  return addTuningOptions(
    addNamingOptions(command).addBooleanOption((option) =>
      localised(option, 'instrumental', (w) => w.songs.instrumental),
    ),
  );
}

/** Adds `tags` and `title`. */
export function addNamingOptions(command: SlashCommandOptionsOnlyBuilder): SlashCommandOptionsOnlyBuilder {
  return command
    .addStringOption((option) => localised(option, 'tags', (w) => w.songs.tags))
    .addStringOption((option) => localised(option, 'title', (w) => w.options.title));
}

/** Suggestions for `model`: those of the chosen engine, and an earlier one that was typed out with what it means now. */
export async function completeModel(
  { options }: Pick<AutocompleteInteraction, 'options'>,
  { catalogue }: Pick<Services, 'catalogue'>,
): Promise<readonly Choice[]> {
  const engine = readChoice(ENGINES, options.getString('engine'), []) ?? 'sonic';
  const typed = options.getFocused().trim().toLowerCase();
  const models = catalogue.models(engine).map((model) => ({ id: model.id, label: modelLabel(model) }));
  const offered = models
    .filter(({ id, label }) => `${id} ${label}`.toLowerCase().includes(typed))
    .map(({ id, label }) => ({ name: oneLine(label, MAX_CHOICE_LENGTH), value: id }));
  const resolved = catalogue.resolveModel(engine, typed);
  const isMapped = typed !== '' && resolved !== typed && models.every(({ id }) => id.toLowerCase() !== typed);
  const mapping = words().options.madeWith({ typed, model: resolved });
  const mapped = { name: oneLine(mapping, MAX_CHOICE_LENGTH), value: typed };
  return [...(isMapped ? [mapped] : []), ...offered].slice(0, MAX_CHOICES);
}
