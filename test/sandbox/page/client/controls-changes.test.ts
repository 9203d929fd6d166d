import { describe, expect, it } from 'vitest';
import {
  describeChanges,
  listArmed,
  listSections,
} from '../../../../sandbox/page/client/controls-changes.ts';
import type { Control } from '../../../../sandbox/page/protocol.ts';

const fails = (on: boolean): Control => ({
  id: 'task-fails',
  group: 'musicapi',
  kind: 'switch',
  label: 'The next task fails',
  expect: 'The card says why.',
  on,
  once: true,
});
const runs: Control = {
  ...fails(true),
  id: 'bot-runs',
  group: 'bot',
  kind: 'switch',
  label: 'The bot runs',
  on: true,
  once: false,
};
const pace = (value: string): Control => ({
  id: 'pace',
  group: 'time',
  kind: 'choice',
  label: 'Songs take',
  expect: 'The card counts.',
  value,
  options: [{ value: 'real', label: 'Minutes' }],
});

describe('listSections', () => {
  it('puts controls under their headings and leaves empty ones out', () => {
    expect(
      listSections([fails(false), runs]).map(({ heading, controls }) => [heading, controls.length]),
    ).toEqual([
      ['The bot', 1],
      ["MusicAPI's bad days", 1],
    ]);
  });
});

describe('listArmed', () => {
  it('names the troubles that are on, and no settings', () => {
    expect(listArmed([fails(true), runs])).toEqual([fails(true)]);
    expect(listArmed([fails(false), runs])).toEqual([]);
  });
});

describe('describeChanges', () => {
  it('says what went on or off by itself, and what was chosen', () => {
    expect(describeChanges([fails(true), pace('fast'), runs], [fails(false), pace('real'), runs])).toEqual([
      'The next task fails: off.',
      'Songs take: Minutes.',
    ]);
  });

  it('says nothing when the controls are seen for the first time', () => {
    expect(describeChanges([], [fails(true)])).toEqual([]);
  });
});
