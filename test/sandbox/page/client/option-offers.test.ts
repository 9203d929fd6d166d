import { describe, expect, it } from 'vitest';
import { createField, type Field } from '../../../../sandbox/page/client/option-field.ts';
import { hasOffers, listOffers } from '../../../../sandbox/page/client/option-offers.ts';
import type { OptionView } from '../../../../sandbox/page/protocol.ts';
import { option } from './command-fixtures.ts';

const PEOPLE = [
  { name: 'Anna', value: '1' },
  { name: 'Ben', value: '2' },
];

const offered = (
  rest: Partial<OptionView>,
  filled: Partial<Field> = {},
  answered: { name: string; value: string }[] = [],
) =>
  listOffers(
    { ...createField(option('it', rest)), ...filled },
    (entity) => (entity === 'user' ? PEOPLE : []),
    answered,
  ).map(({ name }) => name);

describe('listOffers', () => {
  it('offers the choices that have the text in their name', () => {
    const choices = ['Female', 'Male', 'None'].map((name) => ({ name, value: name }));
    expect(offered({ choices })).toEqual(['Female', 'Male', 'None']);
    expect(offered({ choices }, { text: 'male' })).toEqual(['Female', 'Male']);
  });

  it('offers everything again once one was taken', () => {
    const picked = { name: 'True', value: true };
    expect(offered({ kind: 'boolean' }, { text: 'True', picked })).toEqual(['True', 'False']);
  });

  it('offers people by name, with or without an at sign', () => {
    expect(offered({ kind: 'user' }, { text: '@b' })).toEqual(['Ben']);
    expect(offered({ kind: 'role' })).toEqual([]);
  });

  it('offers what the bot answered as it is: the bot looks in tags and ids too', () => {
    const answered = [{ name: 'Night Sea', value: 'id' }];
    expect(offered({ autocomplete: true }, { text: 'shanty' }, answered)).toEqual(['Night Sea']);
  });

  it('offers as many as the client of Discord shows', () => {
    const choices = Array.from({ length: 30 }, (_, index) => ({ name: `${index}`, value: `${index}` }));
    expect(offered({ autocomplete: true }, {}, choices)).toHaveLength(25);
  });
});

describe('hasOffers', () => {
  it('is true for whatever one chooses from', () => {
    expect(hasOffers(option('it', { kind: 'channel' }))).toBe(true);
    expect(hasOffers(option('it', { autocomplete: true }))).toBe(true);
    expect(hasOffers(option('it'))).toBe(false);
    expect(hasOffers(option('it', { kind: 'file' }))).toBe(false);
  });
});
