import { describe, expect, it } from 'vitest';
import { findByLetter, isWithin, moveActive, pick } from '../../../../sandbox/page/client/menu-choice.ts';

describe('pick', () => {
  const one = { min: 1, max: 1 };
  const upToTwo = { min: 0, max: 2 };

  it('takes the other one where only one may be chosen', () => {
    expect(pick(['a'], 'b', one)).toEqual(['b']);
    expect(pick(['a'], 'a', one)).toEqual(['a']);
  });

  it('takes a choice back where none may be chosen, too', () => {
    expect(pick(['a'], 'a', { min: 0, max: 1 })).toEqual([]);
  });

  it('adds and removes where several may be chosen, up to their limit', () => {
    expect(pick(['a'], 'b', upToTwo)).toEqual(['a', 'b']);
    expect(pick(['a', 'b'], 'a', upToTwo)).toEqual(['b']);
    expect(pick(['a', 'b'], 'c', upToTwo)).toEqual(['a', 'b']);
  });
});

describe('isWithin', () => {
  it.each([
    [[], false],
    [['a'], true],
    [['a', 'b'], true],
    [['a', 'b', 'c'], false],
  ])('decides about %j of one to two', (chosen, expected) => {
    expect(isWithin(chosen, { min: 1, max: 2 })).toBe(expected);
  });
});

describe('moveActive', () => {
  it.each([
    [0, 'ArrowUp', 0],
    [0, 'ArrowDown', 1],
    [2, 'ArrowDown', 2],
    [2, 'Home', 0],
    [0, 'End', 2],
    [1, 'x', undefined],
  ])('goes from %i with %s to %s of three', (active, key, expected) => {
    expect(moveActive(active, key, 3)).toBe(expected);
  });
});

describe('findByLetter', () => {
  const options = ['Anna', 'Ben', 'amber'].map((label) => ({ label, value: label }));

  it('finds the next one that begins with it, and goes round', () => {
    expect(findByLetter(options, 0, 'a')).toBe(2);
    expect(findByLetter(options, 2, 'a')).toBe(0);
    expect(findByLetter(options, 0, 'z')).toBeUndefined();
  });
});
