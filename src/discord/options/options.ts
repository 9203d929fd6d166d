import type { SlashCommandStringOption } from '@discordjs/builders';
import { UserError } from '../../errors.ts';
import type { Words } from '../../words/en.ts';
import { LANGUAGES, words, wordsOf } from '../../words/words.ts';
import { parseTime, plain } from '../messages/text.ts';
import { localised } from './localised.ts';

/** The `clip` option: what every command about a clip begins with. */
export function clipOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return localised(option, 'clip', (w) => w.options.clip)
    .setRequired(true)
    .setAutocomplete(true);
}

/** Words for choices that are more than a proper name. */
type ChoiceWords<T extends string> = (choices: Words['options']['choices']) => Readonly<Record<T, string>>;

/**
 * Reads one of several fixed values. Discord checks choices in its client only, so others may arrive.
 *
 * @param find - the words by which people may type them instead, in whatever language
 */
export function readChoice<T extends string>(
  values: readonly T[],
  text: string | null,
  findings: string[],
  find?: ChoiceWords<T>,
): T | undefined {
  if (text === null) return undefined;
  const catalogues = find ? LANGUAGES.map((language) => find(wordsOf(language).options.choices)) : [];
  const found = values.find((value) => value === text || catalogues.some((word) => word[value] === text));
  if (found !== undefined) return found;
  const { choices, unknownChoice } = words().options;
  const shown = find ? values.map((value) => find(choices)[value]) : values;
  findings.push(unknownChoice({ text: plain(text, 60), values: shown }));
  return undefined;
}

/** Reads a time or length in seconds. */
export function readTime(
  name: string,
  text: string | null | undefined,
  findings: string[],
): number | undefined {
  if (text === null || text === undefined || text.trim() === '') return undefined;
  const seconds = parseTime(text);
  if (seconds === undefined) {
    findings.push(words().options.noTime({ text: plain(text, 60), name }));
  }
  return seconds;
}

/** Reads a number from 0 to 1 that was typed as text. */
export function readShare(name: string, text: string | undefined, findings: string[]): number | undefined {
  if (text === undefined) return undefined;
  const share = /^\d*[.,]?\d+$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN;
  if (share >= 0 && share <= 1) return share;
  findings.push(words().options.noShare({ text: plain(text, 60), name }));
  return undefined;
}

/**
 * Ends reading: whoever typed three things wrong hears of all three at once.
 *
 * @throws UserError with every finding, if there are any.
 */
export function refuseFindings(findings: readonly string[]): void {
  const [only, ...others] = findings;
  if (only === undefined) return;
  const lines = others.length === 0 ? [only] : findings.map((finding) => `- ${finding}`);
  throw new UserError([...lines, words().answers.nothingSpent].join('\n'));
}
