import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../src/doctor/checks.ts';
import { OUTCOMES, UNFINISHED } from '../../src/doctor/outcomes.ts';

const CALL = /expectFound\([^;]*?,\s*'([\w-]+)',\s*'([\w-]+)',?\s*\)/g;

/** What the tests of this folder look for, as `id: outcome`. */
function listTested(): ReadonlySet<string> {
  const files = globSync('*.test.ts', { cwd: import.meta.dirname });
  const sources = files.map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'));
  return new Set(
    sources.flatMap((text) => [...text.matchAll(CALL)].map(([, id, found]) => `${id}: ${found}`)),
  );
}

describe('OUTCOMES', () => {
  it('has a test for everything that can be found', () => {
    const tested = listTested();
    const all = Object.entries(OUTCOMES).flatMap(([id, { found }]) =>
      Object.keys(found).map((outcome) => `${id}: ${outcome}`),
    );
    expect(all.filter((one) => !tested.has(one))).toEqual([]);
    const ends = [...tested].map((one) => one.split(': ')[1]);
    expect(ends).toEqual(expect.arrayContaining(Object.keys(UNFINISHED)));
  });
});

describe('CHECKS', () => {
  it('has what a check needs before it, and is in the order of the report', () => {
    const ids = CHECKS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [index, { id, needs }] of CHECKS.entries()) {
      for (const need of needs) expect(ids.slice(0, index), id).toContain(need);
    }
    const groups = ids.map((id) => OUTCOMES[id].group);
    expect(groups).toEqual([...new Set(groups)].flatMap((group) => groups.filter((one) => one === group)));
  });
});
