/** The two fields in which somebody says how many credits there are in which period. */
import { LabelBuilder, TextInputBuilder } from '@discordjs/builders';
import { TextInputStyle } from 'discord-api-types/v10';
import { type Period, parsePeriod } from '../../domain/period.ts';
import { LANGUAGES, words, wordsOf } from '../../words/words.ts';
import { refuseFindings } from '../options/options.ts';

/** Credits in a period. */
export interface PeriodCredits {
  /** Infinity = unlimited. */
  readonly credits: number;
  readonly period: Period;
}

/** Custom ids of the inputs. */
const FIELDS = { amount: 'amount', period: 'period' } as const;
const MAX_LENGTH = 12;

/**
 * Builds the fields.
 *
 * @param amountIs - what the amount means; at most 100 characters
 * @param present - what stands in them. @defaultValue no amount, a day
 */
export function buildCreditsLabels(amountIs: string, present?: PeriodCredits): readonly LabelBuilder[] {
  const { grantForm } = words().people;
  const amount = buildInput(FIELDS.amount);
  const period = buildInput(FIELDS.period).setValue(typePeriod(present?.period ?? { kind: 'day' }));
  if (present) amount.setValue(typeAmount(present.credits));
  return [
    new LabelBuilder().setLabel(grantForm.amount).setDescription(amountIs).setTextInputComponent(amount),
    new LabelBuilder()
      .setLabel(grantForm.period)
      .setDescription(grantForm.periodIs)
      .setTextInputComponent(period),
  ];
}

/**
 * Reads what was typed into them.
 *
 * @throws UserError with everything that cannot be read.
 */
export function readCredits(typed: Readonly<Record<string, string>>): PeriodCredits {
  const findings: string[] = [];
  const { noAmount, noPeriod } = words().people.grantForm;
  const amount = toEnglish(typed[FIELDS.amount] ?? '');
  const credits = amount === 'unlimited' ? Number.POSITIVE_INFINITY : Number(amount);
  if (amount !== 'unlimited' && !/^\d{1,9}$/.test(amount)) findings.push(noAmount);
  const period = parsePeriod(toEnglish(typed[FIELDS.period] ?? ''));
  if (!period) findings.push(noPeriod);
  refuseFindings(findings);
  return { credits, period: period ?? { kind: 'day' } };
}

function buildInput(customId: string): TextInputBuilder {
  return new TextInputBuilder()
    .setCustomId(customId)
    .setStyle(TextInputStyle.Short)
    .setMaxLength(MAX_LENGTH)
    .setRequired(true);
}

/** As one would type it. */
function typeAmount(credits: number): string {
  return Number.isFinite(credits) ? String(credits) : words().people.grantForm.typed.unlimited;
}

function typePeriod(period: Period): string {
  return period.kind === 'rolling' ? `${period.hours}h` : words().people.grantForm.typed[period.kind];
}

/** A word of the form as English has it, whichever language it was typed in; everything else as it was. */
function toEnglish(typed: string): string {
  const text = typed.trim().toLowerCase();
  for (const language of LANGUAGES) {
    for (const [meaning, word] of Object.entries(wordsOf(language).people.grantForm.typed)) {
      if (text === word.toLowerCase()) return meaning;
      if (meaning === 'hours' && text.endsWith(word.toLowerCase()))
        return text.replace(word.toLowerCase(), meaning);
    }
  }
  return text;
}
