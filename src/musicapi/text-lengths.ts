import type { InputName } from '../domain/request.ts';
import { words } from '../words/words.ts';
import { countCodePoints } from './code-points.ts';
import { optionNameOf } from './inputs.ts';
import type { InputRule } from './operation.ts';
import type { Problem } from './problem.ts';

/** An input that holds a text. */
export type TextName = Extract<
  InputName,
  'prompt' | 'lyrics' | 'tags' | 'title' | 'avoid' | 'name' | 'describe'
>;

/** What is wrong with a text that is longer than its limit, in code points. */
export function checkLength(
  name: TextName,
  rule: InputRule,
  text: string,
  limit = Number.POSITIVE_INFINITY,
  situation = words().findings.text.situations[nounOf(name, rule)],
  advice = words().findings.text.advice.shorten,
): readonly Problem[] {
  const count = countCodePoints(text.trim());
  if (count <= limit) return [];
  const says = words().findings.text;
  const yours = says.yours[nounOf(name, rule)]({ count });
  const message = says.tooLong({ situation, most: limit, yours, advice });
  return [{ field: optionNameOf(name, rule), message }];
}

/** What is wrong with a text that is shorter than it has to be; undefined = nothing. */
export function findShortText(name: TextName, rule: InputRule, text: string): readonly Problem[] | undefined {
  const count = countCodePoints(text.trim());
  if (rule.min === undefined || count >= rule.min) return undefined;
  const says = words().findings.text;
  const noun = nounOf(name, rule);
  const situation = says.situations[noun];
  const message = says.tooShort({ situation, least: rule.min, yours: says.yours[noun]({ count }) });
  return [{ field: optionNameOf(name, rule), message }];
}

function nounOf(name: TextName, rule: InputRule): TextName | 'about' {
  return name === 'prompt' && rule.option === 'about' ? 'about' : name;
}
