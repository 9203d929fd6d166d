/** The inputs of requests by name: what people call them, and whether they were filled in. */
import type { InputName, Request } from '../domain/request.ts';
import { filled } from './mode.ts';
import type { InputRule } from './operation.ts';

/** Options of slash commands; where a name is missing here, it is the input's own. */
const OPTION_NAMES: { readonly [name in InputName]?: string } = {
  durationSeconds: 'duration',
  styleWeight: 'style-weight',
  atSeconds: 'at',
  lengthSeconds: 'length',
  fromSeconds: 'from',
  toSeconds: 'to',
};

const TEXTS = ['prompt', 'lyrics', 'tags', 'title', 'avoid', 'name', 'describe'] as const;
const NUMBERS = [
  'durationSeconds',
  'styleWeight',
  'weirdness',
  'strength',
  'atSeconds',
  'lengthSeconds',
  'fromSeconds',
  'toSeconds',
] as const;
const OTHERS = ['model', 'instrumental', 'vocals', 'variation', 'format'] as const;

/** Every input, in the order in which findings about them are told. */
export const INPUT_NAMES: readonly InputName[] = [...TEXTS, ...NUMBERS, ...OTHERS];

/** The input as the person sees it: `prompt`, `style-weight` … */
export function optionNameOf(name: InputName, rule?: InputRule): string {
  return rule?.option ?? OPTION_NAMES[name] ?? name;
}

/** Whether an input holds a text. */
export function isText(name: InputName): name is (typeof TEXTS)[number] {
  return TEXTS.some((text) => text === name);
}

/** Whether an input holds a number. */
export function isNumber(name: InputName): name is (typeof NUMBERS)[number] {
  return NUMBERS.some((number) => number === name);
}

/** Whether a request says anything for an input: an emptied text, or a switch that is off, says nothing. */
export function isGiven(request: Request, name: InputName): boolean {
  const value = request[name];
  if (typeof value === 'string') return filled(value) !== undefined;
  return value !== undefined && value !== false;
}
