import { describe, expect, it } from 'vitest';
import {
  createDraft,
  findProblem,
  findProblems,
  hasChanged,
  toInputs,
} from '../../../../sandbox/page/client/modal-draft.ts';
import type { FieldView, ModalView } from '../../../../sandbox/page/protocol.ts';

const field = (customId: string, more: Partial<FieldView> = {}): FieldView => ({
  customId,
  label: customId,
  description: null,
  kind: 'text',
  required: true,
  value: '',
  placeholder: null,
  min: 0,
  max: 5,
  options: [],
  entity: null,
  ...more,
});

const modal: ModalView = {
  id: '1',
  title: 'Extend',
  rows: [
    { field: field('from', { value: '0:09' }) },
    { text: 'Some words' },
    { field: field('voice', { kind: 'select', value: ['a'], max: 1 }) },
  ],
};

describe('createDraft', () => {
  it('begins with what stands in the fields', () => {
    expect([...createDraft(modal)]).toEqual([
      ['from', '0:09'],
      ['voice', ['a']],
    ]);
  });
});

describe('hasChanged', () => {
  it('knows what would be lost', () => {
    const draft = createDraft(modal);
    expect(hasChanged(modal, draft)).toBe(false);
    expect(hasChanged(modal, new Map([...draft, ['from', '0:10']]))).toBe(true);
    expect(hasChanged(modal, new Map([...draft, ['voice', []]]))).toBe(true);
  });
});

describe('findProblem', () => {
  it.each([
    [field('a'), '', 'This is required.'],
    [field('a', { required: false }), '', undefined],
    [field('a'), '12345', undefined],
    [field('a'), '123456', 'This takes at most 5 characters; there are 6.'],
    [field('a'), '🎵🎵🎵🎵🎵', undefined],
    [field('a', { kind: 'paragraph', min: 2 }), '1', 'This takes at least 2 characters; there is 1.'],
    [field('a', { kind: 'select', max: 1 }), [], 'This is required.'],
    [field('a', { kind: 'select', max: 1 }), ['a', 'b'], 'This takes at most 1 choice; there are 2.'],
    [
      field('a', { kind: 'files', max: 1 }),
      [new File([], 'a'), new File([], 'b')],
      'This takes at most 1 file; there are 2.',
    ],
    [field('a', { kind: 'checkbox' }), false, undefined],
  ])('looks at %o with %j', (view, value, expected) => {
    expect(findProblem(view, value)).toBe(expected);
  });
});

describe('findProblems', () => {
  it('names the fields, from top to bottom', () => {
    const draft = new Map([...createDraft(modal), ['from', 'too long'], ['voice', []]]);
    expect([...findProblems(modal, draft).keys()]).toEqual(['from', 'voice']);
    expect(findProblems(modal, createDraft(modal)).size).toBe(0);
  });
});

describe('toInputs', () => {
  it('reads the files and leaves the rest', async () => {
    const draft = new Map<string, string | boolean | readonly string[] | readonly File[]>([
      ['text', 'a'],
      ['tick', true],
      ['menu', ['a']],
      ['nothing', []],
      ['files', [new File(['abc'], 'a.mp3')]],
    ]);
    const read = async (file: File) => ({ name: file.name, base64: await file.text() });
    expect(await toInputs(draft, read)).toEqual({
      text: 'a',
      tick: true,
      menu: ['a'],
      nothing: [],
      files: [{ name: 'a.mp3', base64: 'abc' }],
    });
  });
});
