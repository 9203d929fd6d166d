import { describe, expect, it } from 'vitest';
import { createIds } from '../../src/tracker/ids.ts';

describe('createIds', () => {
  it('gives ids in the order in which they were asked for, within one millisecond too', () => {
    const newId = createIds();
    const ids = Array.from({ length: 1_000 }, () => newId());
    expect(ids).toEqual(ids.toSorted());
    expect(new Set(ids).size).toBe(1_000);
  });

  it('gives ULIDs, and another source gives others', () => {
    const [one, other] = [createIds()(), createIds()()];
    expect(one).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(one.slice(10)).not.toBe(other.slice(10));
  });
});
