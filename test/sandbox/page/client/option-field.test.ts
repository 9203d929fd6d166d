import { describe, expect, it } from 'vitest';
import {
  createField,
  describeLimits,
  type Field,
  readField,
} from '../../../../sandbox/page/client/option-field.ts';
import type { OptionView } from '../../../../sandbox/page/protocol.ts';
import { option } from './command-fixtures.ts';

const LIMIT_BYTES = 1024;

const read = (rest: Partial<OptionView>, filled: Partial<Field>) =>
  readField({ ...createField(option('it', rest)), ...filled }, LIMIT_BYTES);

describe('readField', () => {
  it('leaves an empty option out, and asks for a required one', () => {
    expect(read({}, {})).toEqual({ value: undefined });
    expect(read({ required: true }, {})).toEqual({ problem: 'it is required.' });
  });

  it('takes text within its limits, counted in characters', () => {
    expect(read({ max: 3 }, { text: '🎵🎵🎵' })).toEqual({ value: '🎵🎵🎵' });
    expect(read({ max: 3 }, { text: 'long' })).toEqual({ problem: 'At most 3 characters; these are 4.' });
    expect(read({ min: 2 }, { text: 'a' })).toEqual({ problem: 'At least 2 characters.' });
    expect(read({}, { text: 'a'.repeat(6001) })).toEqual({
      problem: 'At most 6,000 characters; these are 6,001.',
    });
  });

  it('sends the value of a choice, taken or typed by its name, and nothing else', () => {
    const choices = [{ name: 'Female', value: 'female' }];
    expect(read({ choices }, { text: 'Female', picked: choices[0] })).toEqual({ value: 'female' });
    expect(read({ choices }, { text: 'female ' })).toEqual({ value: 'female' });
    expect(read({ choices }, { text: 'both' })).toEqual({ problem: 'Not a choice. It takes Female.' });
  });

  it('sends the value of a suggestion, or the text where none was taken', () => {
    expect(
      read({ autocomplete: true }, { text: 'Night Sea', picked: { name: 'Night Sea', value: 'id' } }),
    ).toEqual({
      value: 'id',
    });
    expect(read({ autocomplete: true }, { text: '1:30' })).toEqual({ value: '1:30' });
  });

  it('reads numbers, whole where they have to be, within their bounds', () => {
    expect(read({ kind: 'number', min: 0, max: 1 }, { text: '0.5' })).toEqual({ value: 0.5 });
    expect(read({ kind: 'number', min: 0, max: 1 }, { text: '1.5' })).toEqual({
      problem: 'It takes 0 to 1.',
    });
    expect(read({ kind: 'number' }, { text: 'half' })).toEqual({ problem: '“half” is not a number.' });
    expect(read({ kind: 'integer' }, { text: '2.5' })).toEqual({ problem: 'It takes a whole number.' });
    expect(read({ kind: 'integer', min: 2 }, { text: '1' })).toEqual({ problem: 'It takes at least 2.' });
  });

  it('takes truths and people only from the list', () => {
    expect(read({ kind: 'boolean' }, { text: 'True', picked: { name: 'True', value: true } })).toEqual({
      value: true,
    });
    expect(read({ kind: 'user' }, { text: 'Anna' })).toEqual({ problem: 'Choose one from the list.' });
  });

  it('refuses files that are too large or of another type', () => {
    const file = new File(['la'], 'tune.WAV');
    const large = new File([new Uint8Array(2048)], 'large.wav');
    expect(read({ kind: 'file', fileTypes: ['.wav'] }, { file })).toEqual({ value: file });
    expect(read({ kind: 'file', fileTypes: ['.mp3', '.ogg'] }, { file })).toEqual({
      problem: '“tune.WAV” is not one of .mp3, .ogg.',
    });
    expect(read({ kind: 'file' }, { file: large })).toEqual({
      problem: '“large.wav” has 2 kB; you may upload up to 1 kB here.',
    });
  });
});

describe('describeLimits', () => {
  it('says what an option takes, and nothing where there is no limit', () => {
    expect(describeLimits(option('it', { max: 5000 }))).toBe('at most 5,000 characters');
    expect(describeLimits(option('it', { kind: 'integer', min: 2, max: 10 }))).toBe('2 to 10');
    expect(describeLimits(option('it', { kind: 'file', fileTypes: ['.txt'] }))).toBe('.txt files');
    expect(describeLimits(option('it'))).toBe('');
  });
});
