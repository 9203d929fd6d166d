import { describe, expect, it } from 'vitest';
import { api, createScene, problemsOf, ROOMY, registerCommands } from './support.ts';

const x = (length: number) => 'x'.repeat(length);
const input = (extra: object = {}) => ({ type: 4, custom_id: 'i', style: 1, ...extra });
const label = (component: object, extra: object = {}) => ({ type: 18, label: 'L', component, ...extra });
const options = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ label: `o${i}`, value: `v${i}` }));
const modal = (...components: object[]) => ({ custom_id: 'm', title: 'T', components });

const REFUSED: readonly (readonly [title: string, data: object, path: string, code: string])[] = [
  ['a title of 46', { ...modal(label(input())), title: x(46) }, 'data.title', 'BASE_TYPE_BAD_LENGTH'],
  ['no title', { ...modal(label(input())), title: '' }, 'data.title', 'BASE_TYPE_REQUIRED'],
  [
    'a custom id of 101',
    { ...modal(label(input())), custom_id: x(101) },
    'data.custom_id',
    'BASE_TYPE_BAD_LENGTH',
  ],
  ['no components', modal(), 'data.components', 'BASE_TYPE_BAD_LENGTH'],
  [
    'six components',
    modal(...Array.from({ length: 6 }, (_, i) => label(input({ custom_id: `${i}` })))),
    'data.components',
    'BASE_TYPE_BAD_LENGTH',
  ],
  ['a text input on its own', modal(input()), 'data.components.0.type', 'UNION_TYPE_CHOICES'],
  [
    'a button',
    modal(label({ type: 2, style: 1, custom_id: 'b', label: 'b' })),
    'data.components.0.component.type',
    'UNION_TYPE_CHOICES',
  ],
  [
    'a label of 46',
    modal(label(input(), { label: x(46) })),
    'data.components.0.label',
    'BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a description of 101',
    modal(label(input(), { description: x(101) })),
    'data.components.0.description',
    'BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a max_length of 4001',
    modal(label(input({ max_length: 4001 }))),
    'data.components.0.component.max_length',
    'NUMBER_TYPE_MAX',
  ],
  [
    'a value of 4001',
    modal(label(input({ value: x(4001) }))),
    'data.components.0.component.value',
    'BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a value above max_length',
    modal(label(input({ max_length: 3, value: 'long' }))),
    'data.components.0.component.value',
    'BASE_TYPE_MAX_LENGTH',
  ],
  [
    'min_length above max_length',
    modal(label(input({ min_length: 4, max_length: 3 }))),
    'data.components.0.component.min_length',
    'NUMBER_TYPE_MAX',
  ],
  [
    'a placeholder of 101',
    modal(label(input({ placeholder: x(101) }))),
    'data.components.0.component.placeholder',
    'BASE_TYPE_MAX_LENGTH',
  ],
  [
    'the same custom id twice',
    modal(label(input()), label(input())),
    'data.components.1.component.custom_id',
    'COMPONENT_CUSTOM_ID_DUPLICATED',
  ],
  [
    'an unlabelled input in a row',
    modal({ type: 1, components: [input()] }),
    'data.components.0.components.0.label',
    'BASE_TYPE_REQUIRED',
  ],
  [
    'two inputs in a row',
    modal({ type: 1, components: [input({ label: 'a' }), input({ label: 'b', custom_id: 'j' })] }),
    'data.components.0.components',
    'BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a required select with min_values 0',
    modal(label({ type: 3, custom_id: 's', options: options(1), min_values: 0 })),
    'data.components.0.component.min_values',
    'NUMBER_TYPE_MIN',
  ],
  [
    'a required upload with min_values 0',
    modal(label({ type: 19, custom_id: 'f', min_values: 0 })),
    'data.components.0.component.min_values',
    'NUMBER_TYPE_MIN',
  ],
  [
    'a disabled select',
    modal(label({ type: 3, custom_id: 's', options: options(1), disabled: true })),
    'data.components.0.component.disabled',
    'COMPONENT_DISABLED_NOT_ALLOWED',
  ],
  [
    '26 options',
    modal(label({ type: 3, custom_id: 's', options: options(26) })),
    'data.components.0.component.options',
    'BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a radio group of one',
    modal(label({ type: 21, custom_id: 'r', options: options(1) })),
    'data.components.0.component.options',
    'BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a checkbox group of eleven',
    modal(label({ type: 22, custom_id: 'c', options: options(11) })),
    'data.components.0.component.options',
    'BASE_TYPE_BAD_LENGTH',
  ],
  [
    'an upload of eleven files',
    modal(label({ type: 19, custom_id: 'f', max_values: 11 })),
    'data.components.0.component.max_values',
    'NUMBER_TYPE_MAX',
  ],
];

const EVERYTHING = modal(
  { type: 10, content: 'Tell me' },
  label(input({ custom_id: 'text', style: 2, value: 'before', max_length: 10 }), { label: 'Text' }),
  label({ type: 3, custom_id: 'pick', options: options(3), max_values: 2, min_values: 1 }, { label: 'Pick' }),
  label({ type: 21, custom_id: 'radio', options: options(2), required: false }, { label: 'Radio' }),
  label({ type: 19, custom_id: 'files', required: false, max_values: 2 }, { label: 'Files' }),
);

async function scene() {
  const made = await createScene(ROOMY);
  await registerCommands(made.discord, [{ name: 'x', description: 'x' }]);
  const open = async (data: object) => {
    const sent = made.anna.command(made.channel, 'x');
    const { id, token } = sent.interaction;
    const answer = await api(
      made.discord,
      'POST',
      `/interactions/${id}/${token}/callback`,
      { type: 9, data },
      { token: null },
    );
    return { sent, answer };
  };
  return { ...made, open };
}

describe('a modal', () => {
  it.each(REFUSED)('is refused with %s', async (_title, data, path, code) => {
    const { open } = await scene();
    const { answer } = await open(data);
    expect(answer.status).toBe(400);
    expect(problemsOf(answer)[path]).toEqual([code]);
  });

  it.each([
    ['a text input in a row, which is deprecated', modal({ type: 1, components: [input({ label: 'Old' })] })],
    ['five labels', modal(...Array.from({ length: 5 }, (_, i) => label(input({ custom_id: `${i}` }))))],
    ['a value of 4000', modal(label(input({ value: x(4000) })))],
    ['every kind of field', EVERYTHING],
    [
      'an optional select with min_values 0',
      modal(label({ type: 3, custom_id: 's', options: options(1), min_values: 0, required: false })),
    ],
    ['a checkbox', modal(label({ type: 23, custom_id: 'c' }))],
    ['a checkbox group', modal(label({ type: 22, custom_id: 'c', options: options(10) }))],
    ['a user select', modal(label({ type: 5, custom_id: 'u' }))],
  ])('is accepted with %s', async (_title, data) => {
    const { open } = await scene();
    const { answer } = await open(data);
    expect(problemsOf(answer)).toEqual({});
    expect(answer.status).toBe(204);
  });
});

describe('submitting a modal', () => {
  it('sends what the person filled in, and what stood there already', async () => {
    const { open, anna } = await scene();
    const { sent } = await open(EVERYTHING);
    const shown = await sent.modal();
    expect(shown.texts).toEqual(['Tell me']);
    expect(shown.fields.map((field) => [field.label, field.kind, field.required])).toEqual([
      ['Text', 'text', true],
      ['Pick', 'select', true],
      ['Radio', 'radio', false],
      ['Files', 'files', false],
    ]);
    const files = [{ name: 'a.mp3', data: Buffer.from('abc') }];
    const { interaction } = anna.submit(shown, { Pick: ['o0', 'v2'], Radio: 'o1', Files: files });
    expect(interaction.payload).toMatchObject({
      type: 5,
      data: {
        custom_id: 'm',
        components: [
          { type: 10 },
          { type: 18, component: { type: 4, custom_id: 'text', value: 'before' } },
          { type: 18, component: { type: 3, custom_id: 'pick', values: ['v0', 'v2'] } },
          { type: 18, component: { type: 21, custom_id: 'radio', value: 'v1' } },
          { type: 18, component: { type: 19, custom_id: 'files', values: [expect.any(String)] } },
        ],
      },
    });
  });

  it('offers the roles, channels and people that there are, and says what was chosen', async () => {
    const { open, anna, guild, channel } = await scene();
    const band = guild.addRole({ name: 'Band' });
    const menu = (type: number, custom_id: string) => ({
      type: 18,
      label: custom_id,
      component: { type, custom_id, required: false },
    });
    const { answer, sent } = await open({
      custom_id: 'm',
      title: 'Choose',
      components: [menu(6, 'Role'), menu(8, 'Channel'), menu(5, 'Person'), menu(7, 'Anybody')],
    });
    expect(problemsOf(answer)).toEqual({});
    const shown = await sent.modal();
    for (const values of [
      { Role: guild.id },
      { Role: channel.id },
      { Channel: band.id },
      { Person: band.id },
    ])
      expect(() => anna.submit(shown, values)).toThrow('that is there');
    const chosen = { Role: band.id, Channel: channel.id, Person: anna.user.id, Anybody: band.id };
    expect(anna.submit(shown, chosen).interaction.payload).toMatchObject({
      data: {
        components: [
          { component: { type: 6, values: [band.id] } },
          { component: { type: 8, values: [channel.id] } },
          { component: { type: 5, values: [anna.user.id] } },
          { component: { type: 7, values: [band.id] } },
        ],
        resolved: {
          roles: { [band.id]: { name: 'Band' } },
          channels: { [channel.id]: { name: channel.name, type: 0 } },
          users: { [anna.user.id]: { id: anna.user.id } },
        },
      },
    });
  });

  it.each([
    ['an unknown field', { Nonsense: 'x', Pick: 'o0' }, 'no field "Nonsense"'],
    ['a required field that is empty', { Text: '', Pick: 'o0' }, 'it is required'],
    ['a required choice that is missing', {}, 'it is required'],
    ['too much text', { Text: x(11), Pick: 'o0' }, 'at most 10'],
    ['too many choices', { Pick: ['o0', 'o1', 'o2'] }, 'at most 2'],
    ['a choice that is none', { Pick: 'o9' }, 'one of o0, o1, o2'],
  ])('is stopped by the client with %s', async (_title, values, message) => {
    const { open, anna } = await scene();
    const { sent } = await open(EVERYTHING);
    const shown = await sent.modal();
    expect(() => anna.submit(shown, values)).toThrow(message);
  });
});
