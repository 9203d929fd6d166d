/** The forms of numbers and lists in one language, by `Intl`. */
export interface Numbers {
  /** `2,000` in English, `2.000` in German; at most two places after the point. */
  number(value: number): string;
  /** `12.0` in English, `12,0` in German: always so many places after the point. */
  fixed(value: number, places: number): string;
  /** With every place after the point: for figures that are compared with a bound. */
  exact(value: number): string;
  /** The number with the word in the form that the language wants for it: `1 credit`, `20 credits`. */
  count(value: number, forms: CountForms): string;
  /** What the language says for so many, without the number: `The file is`, `The files are`. */
  form(value: number, forms: CountForms): string;
  /** `a, b and c`. */
  and(parts: readonly string[]): string;
  /** `a, b or c`. */
  or(parts: readonly string[]): string;
  /** `a, b, c`: what may be chosen from, after a colon or in brackets. */
  list(parts: readonly string[]): string;
}

/** A word in its forms, by the plural categories of the language (Unicode: CLDR plural rules). */
type CountForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/**
 * @param locale - BCP 47, with the region whose customs hold
 */
export function createNumbers(locale: string): Numbers {
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const exactly = new Intl.NumberFormat(locale, { maximumFractionDigits: 20 });
  const plurals = new Intl.PluralRules(locale);
  const every = new Intl.ListFormat(locale, { type: 'conjunction' });
  const any = new Intl.ListFormat(locale, { type: 'disjunction' });
  const form = (value: number, forms: CountForms) => forms[plurals.select(value)] ?? forms.other;
  return {
    number: (value) => numbers.format(value),
    exact: (value) => exactly.format(value),
    fixed: (value, places) =>
      value.toLocaleString(locale, { minimumFractionDigits: places, maximumFractionDigits: places }),
    count: (value, forms) => `${numbers.format(value)} ${form(value, forms)}`,
    form,
    and: (parts) => every.format(parts),
    or: (parts) => any.format(parts),
    list: (parts) => parts.join(', '),
  };
}
