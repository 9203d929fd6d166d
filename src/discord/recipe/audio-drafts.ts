/** What can be asked for with audio that somebody pointed at, filled with what the file says of itself. */
import { ENGINES, type InputName, type OperationId, type RequestInputs } from '../../domain/request.ts';
import type { Recipe } from '../../media/recipe.ts';
import type { Catalogue, Operation } from '../../musicapi/catalogue.ts';
import { isText } from '../../musicapi/inputs.ts';
import { cut } from '../clips/clip-defaults.ts';
import type { Draft } from '../drafts/drafts.ts';
import type { FoundAudio } from './audio-shelf.ts';
import { stripMentions } from './message-text.ts';

/** What the buttons stand for. A file is brought in by the operation itself. */
export const AUDIO_OPERATIONS = {
  'audio-extend': 'upload-extend',
  'audio-cover': 'upload-cover',
  'audio-sample': 'sample',
  'audio-upload': 'upload',
} as const satisfies Record<string, OperationId>;
/** One of them. */
export type AudioAction = keyof typeof AUDIO_OPERATIONS;

/** The draft of something that is done with the file. */
export function draftOfAudio(
  action: AudioAction,
  { files: [file], recipe }: FoundAudio,
  catalogue: Catalogue,
): Draft {
  const operation = catalogue.get('sonic', AUDIO_OPERATIONS[action]);
  const { title, tags, lyrics } = recipe?.song ?? {};
  return {
    operation: operation.id,
    engine: operation.engine,
    file,
    inputs: pickInputs(operation, action === 'audio-sample' ? { tags } : { title, tags, lyrics }),
  };
}

/**
 * The draft of a new song by the same recipe: as it was asked for where it was a new song itself, else from what came
 * of it. Undefined where the file says nothing that a song could be made from.
 */
export function draftOfRecipe(recipe: Recipe, catalogue: Catalogue): Draft | undefined {
  const { song, inputs } = recipe;
  const isAgain = recipe.operation === 'create' && (inputs.prompt || inputs.lyrics);
  const engine = isAgain ? recipe.engine : 'sonic';
  const operation = catalogue.find(engine, 'create');
  if (!operation || !ENGINES.includes(engine)) return undefined;
  const { title, tags, lyrics, prompt } = song;
  const wanted = isAgain ? inputs : lyrics ? { title, tags, lyrics } : { title, tags, prompt };
  const known = catalogue.models(engine).some(({ id }) => id === wanted.model);
  const picked = pickInputs(operation, known ? wanted : { ...wanted, model: undefined });
  if (!picked.prompt && !picked.lyrics) return undefined;
  const draft: Draft = { operation: 'create', engine, inputs: picked };
  return picked.lyrics ? { ...draft, isComposed: true, inputs: { ...picked, prompt: undefined } } : draft;
}

/** As much of it as the operation takes. */
function pickInputs({ inputs: rules }: Operation, wanted: RequestInputs): RequestInputs {
  const picked: Partial<Record<InputName, unknown>> = {};
  for (const name of Object.keys(wanted) as InputName[]) {
    const [rule, value] = [rules[name], wanted[name]];
    if (!rule || value === undefined) continue;
    const max = rule.max ?? Number.POSITIVE_INFINITY;
    picked[name] = typeof value === 'string' && isText(name) ? cut(stripMentions(value), max) : value;
  }
  // Every value comes from the field of the same name.
  return picked as RequestInputs;
}
