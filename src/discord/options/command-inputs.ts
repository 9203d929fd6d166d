/** Options of slash commands, read into a request's inputs. */
import type { ChatInputCommandInteraction } from 'discord.js';
import {
  DOWNLOAD_FORMATS,
  ENGINES,
  type InputName,
  type RequestInputs,
  VARIATIONS,
  VOCALS,
} from '../../domain/request.ts';
import { optionNameOf } from '../../musicapi/inputs.ts';
import { shownOption } from '../../words/shown-names.ts';
import type { Draft, Unread } from '../drafts/drafts.ts';
import { isTime } from '../forms/form-fields.ts';
import { readChoice, readTime } from './options.ts';

type Options = Pick<ChatInputCommandInteraction['options'], 'getString' | 'getNumber' | 'getBoolean'>;

function readInput(options: Options, name: InputName, findings: string[]) {
  const option = optionNameOf(name);
  if (isTime(name)) return readTime(shownOption(option), options.getString(option), findings);
  switch (name) {
    case 'instrumental':
      return options.getBoolean(option) ?? undefined;
    case 'strength':
    case 'styleWeight':
    case 'weirdness':
      return options.getNumber(option) ?? undefined;
    case 'vocals':
      return readChoice(VOCALS, options.getString(option), findings, (choices) => choices.vocals);
    case 'variation':
      return readChoice(VARIATIONS, options.getString(option), findings, (choices) => choices.variation);
    case 'format':
      return readChoice(DOWNLOAD_FORMATS, options.getString(option), findings);
    default:
      return options.getString(option) ?? undefined;
  }
}

/** What was typed into options, and what of it could not be read. */
export interface Typed {
  readonly inputs: RequestInputs;
  readonly unread: Readonly<Record<string, Unread>>;
}

/** Reads the named inputs by the options of the same meaning; what was left out is absent. */
export function readTyped(options: Options, names: readonly InputName[]): Typed {
  const inputs: Record<string, unknown> = {};
  const unread: Record<string, Unread> = {};
  for (const name of names) {
    const problems: string[] = [];
    const value = readInput(options, name, problems);
    const [problem] = problems;
    // Only what is typed as text can be misread.
    if (problem !== undefined) unread[name] = { text: options.getString(optionNameOf(name)) ?? '', problem };
    else if (value !== undefined) inputs[name] = value;
  }
  return { inputs, unread };
}

/**
 * Adds the engine that was named. One that MusicAPI no longer offers, named as engine or as model, is told as such.
 *
 * @param explainRetired - the catalogue's
 */
export function withEngine(
  { inputs, unread }: Typed,
  text: string | null,
  explainRetired: (name: string) => string | undefined,
): Typed & Pick<Draft, 'engine'> {
  const problems: string[] = [];
  const engine = readChoice(ENGINES, text, problems);
  const [unknown] = problems;
  const retired = explainRetired(inputs.model ?? '');
  return {
    inputs: retired === undefined ? inputs : { ...inputs, model: undefined },
    engine,
    unread: {
      ...unread,
      ...(unknown === undefined
        ? {}
        : { engine: { text: text ?? '', problem: explainRetired(text ?? '') ?? unknown } }),
      ...(retired === undefined ? {} : { model: { text: inputs.model ?? '', problem: retired } }),
    },
  };
}
