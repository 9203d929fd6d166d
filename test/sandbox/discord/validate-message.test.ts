import { describe, expect, it } from 'vitest';
import { api, createScene, problemsOf, ROOMY } from './support.ts';

const button = (customId: string, extra: object = {}) => ({
  type: 2,
  style: 1,
  label: 'Go',
  custom_id: customId,
  ...extra,
});
const row = (...components: object[]) => ({ type: 1, components });
const options = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ label: `o${i}`, value: `v${i}` }));
const select = (extra: object = {}) => ({ type: 3, custom_id: 's', options: options(2), ...extra });
const asRole = (id: string) => ({ id, type: 'role' });
const field = { name: 'n', value: 'v' };
const x = (length: number) => 'x'.repeat(length);

/** Each body with the path and the code of its problem. */
const REFUSED: readonly (readonly [title: string, body: object, path: string, code: string])[] = [
  ['2001 characters of content', { content: x(2001) }, 'content', 'BASE_TYPE_MAX_LENGTH'],
  ['content that is no text', { content: { a: 1 } }, 'content', 'STRING_TYPE_CONVERT'],
  ['11 embeds', { embeds: Array(11).fill({ title: 't' }) }, 'embeds', 'BASE_TYPE_MAX_LENGTH'],
  ['an embed title of 257', { embeds: [{ title: x(257) }] }, 'embeds.0.title', 'BASE_TYPE_MAX_LENGTH'],
  [
    'a description of 4097',
    { embeds: [{ description: x(4097) }] },
    'embeds.0.description',
    'BASE_TYPE_MAX_LENGTH',
  ],
  ['26 fields', { embeds: [{ fields: Array(26).fill(field) }] }, 'embeds.0.fields', 'BASE_TYPE_MAX_LENGTH'],
  [
    'a field name of 257',
    { embeds: [{ fields: [{ ...field, name: x(257) }] }] },
    'embeds.0.fields.0.name',
    'BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a field value of 1025',
    { embeds: [{ fields: [{ ...field, value: x(1025) }] }] },
    'embeds.0.fields.0.value',
    'BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a blank field value',
    { embeds: [{ fields: [{ ...field, value: ' ' }] }] },
    'embeds.0.fields.0.value',
    'BASE_TYPE_REQUIRED',
  ],
  [
    'a footer of 2049',
    { embeds: [{ footer: { text: x(2049) } }] },
    'embeds.0.footer.text',
    'BASE_TYPE_BAD_LENGTH',
  ],
  [
    'an author of 257',
    { embeds: [{ author: { name: x(257) } }] },
    'embeds.0.author.name',
    'BASE_TYPE_BAD_LENGTH',
  ],
  [
    '6001 characters over all embeds',
    { embeds: [{ description: x(4000) }, { description: x(2001) }] },
    'embeds',
    'MAX_EMBED_SIZE_EXCEEDED',
  ],
  [
    'an embed link that is no address',
    { embeds: [{ title: 't', url: 'nonsense' }] },
    'embeds.0.url',
    'URL_TYPE_INVALID_URL',
  ],
  [
    'an embed link to a name without a dot',
    { embeds: [{ title: 't', url: 'http://localhost:3000/x' }] },
    'embeds.0.url',
    'URL_TYPE_INVALID_URL',
  ],
  [
    'an embed picture over ftp',
    { embeds: [{ image: { url: 'ftp://a.b/c' } }] },
    'embeds.0.image.url',
    'URL_TYPE_INVALID_SCHEME',
  ],
  [
    'an embed colour above white',
    { embeds: [{ title: 't', color: 0x1000000 }] },
    'embeds.0.color',
    'NUMBER_TYPE_MAX',
  ],
  [
    'an embed time that is none',
    { embeds: [{ title: 't', timestamp: 'soon' }] },
    'embeds.0.timestamp',
    'DATE_TIME_TYPE_PARSE',
  ],
  [
    'a picture that was not uploaded',
    { embeds: [{ image: { url: 'attachment://a.png' } }] },
    'embeds.0.image.url',
    'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
  ],
  [
    'six rows',
    { components: Array.from({ length: 6 }, (_, i) => row(button(`b${i}`))) },
    'components',
    'BASE_TYPE_MAX_LENGTH',
  ],
  [
    'six buttons in a row',
    { components: [row(...Array.from({ length: 6 }, (_, i) => button(`b${i}`)))] },
    'components.0.components',
    'BASE_TYPE_BAD_LENGTH',
  ],
  ['an empty row', { components: [row()] }, 'components.0.components', 'BASE_TYPE_BAD_LENGTH'],
  [
    'roles chosen before anybody does in a select of channels',
    { components: [row({ type: 8, custom_id: 's', default_values: [{ id: '1', type: 'role' }] })] },
    'components.0.components.0.default_values.0.type',
    'BASE_TYPE_CHOICES',
  ],
  [
    'more roles chosen before anybody does than may be chosen',
    { components: [row({ type: 6, custom_id: 's', default_values: ['1', '2'].map(asRole) })] },
    'components.0.components.0.default_values',
    'BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a role chosen twice before anybody does',
    { components: [row({ type: 6, custom_id: 's', max_values: 2, default_values: ['1', '1'].map(asRole) })] },
    'components.0.components.0.default_values.1.id',
    'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
  ],
  [
    'channel types of a select of roles',
    { components: [row({ type: 6, custom_id: 's', channel_types: [0] })] },
    'components.0.components.0.channel_types',
    'BASE_TYPE_INVALID',
  ],
  [
    'a button beside a select',
    { components: [row(select(), button('b'))] },
    'components.0.components.1',
    'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
  ],
  ['a button outside a row', { components: [button('b')] }, 'components.0.type', 'UNION_TYPE_CHOICES'],
  [
    'a label of 81',
    { components: [row(button('b', { label: x(81) }))] },
    'components.0.components.0.label',
    'BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a button without label and emoji',
    { components: [row(button('b', { label: undefined }))] },
    'components.0.components.0.label',
    'BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED',
  ],
  [
    'an emoji that is none',
    { components: [row(button('b', { emoji: { name: 'heart' } }))] },
    'components.0.components.0.emoji.name',
    'BUTTON_COMPONENT_INVALID_EMOJI',
  ],
  [
    'a custom id of 101',
    { components: [row(button(x(101)))] },
    'components.0.components.0.custom_id',
    'BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a button without custom id',
    { components: [row({ type: 2, style: 1, label: 'Go' })] },
    'components.0.components.0.custom_id',
    'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED',
  ],
  [
    'an empty custom id',
    { components: [row(button(''))] },
    'components.0.components.0.custom_id',
    'BASE_TYPE_REQUIRED',
  ],
  [
    'the same custom id twice',
    { components: [row(button('b')), row(button('b'))] },
    'components.1.components.0.custom_id',
    'COMPONENT_CUSTOM_ID_DUPLICATED',
  ],
  [
    'a link without url',
    { components: [row({ type: 2, style: 5, label: 'l' })] },
    'components.0.components.0.url',
    'BUTTON_COMPONENT_URL_REQUIRED',
  ],
  [
    'a link with a custom id',
    { components: [row({ type: 2, style: 5, label: 'l', url: 'https://a.b', custom_id: 'c' })] },
    'components.0.components.0',
    'BUTTON_COMPONENT_CUSTOM_ID_AND_URL_MUTUALLY_EXCLUSIVE',
  ],
  [
    'a link of 513',
    { components: [row({ type: 2, style: 5, label: 'l', url: `https://a.b/${x(501)}` })] },
    'components.0.components.0.url',
    'BASE_TYPE_BAD_LENGTH',
  ],
  [
    '26 select options',
    { components: [row(select({ options: options(26) }))] },
    'components.0.components.0.options',
    'BASE_TYPE_BAD_LENGTH',
  ],
  [
    'no select options',
    { components: [row(select({ options: [] }))] },
    'components.0.components.0.options',
    'BASE_TYPE_BAD_LENGTH',
  ],
  [
    'two options of one value',
    { components: [row(select({ options: [...options(1), ...options(1)] }))] },
    'components.0.components.0.options.1.value',
    'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
  ],
  [
    'a placeholder of 151',
    { components: [row(select({ placeholder: x(151) }))] },
    'components.0.components.0.placeholder',
    'BASE_TYPE_MAX_LENGTH',
  ],
  [
    'more values than options',
    { components: [row(select({ max_values: 3 }))] },
    'components.0.components.0.options',
    'BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a text display in a classic message',
    { components: [{ type: 10, content: 'x' }] },
    'components.0.type',
    'UNION_TYPE_CHOICES',
  ],
  [
    'an attachment entry without its file',
    { content: 'x', attachments: [{ id: 0 }] },
    'attachments.0.id',
    'ATTACHMENT_NOT_FOUND',
  ],
  [
    '11 attachment entries',
    { content: 'x', attachments: Array.from({ length: 11 }, (_, id) => ({ id })) },
    'attachments',
    'BASE_TYPE_MAX_LENGTH',
  ],
  [
    'an alternative text of 1025',
    { content: 'x', attachments: [{ id: 0, description: x(1_025) }] },
    'attachments.0.description',
    'BASE_TYPE_MAX_LENGTH',
  ],
  ['a nonce of 26', { content: 'x', nonce: x(26) }, 'nonce', 'NONCE_TYPE_TOO_LONG'],
  [
    'parse and users together',
    { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } },
    'allowed_mentions',
    'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
  ],
  [
    'an unknown kind of mention',
    { content: 'x', allowed_mentions: { parse: ['all'] } },
    'allowed_mentions.parse.0',
    'BASE_TYPE_CHOICES',
  ],
  [
    '101 allowed users',
    { content: 'x', allowed_mentions: { users: Array.from({ length: 101 }, (_, i) => String(i)) } },
    'allowed_mentions.users',
    'BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a reply to nothing',
    { content: 'x', message_reference: { message_id: '1' } },
    'message_reference',
    'REPLIES_UNKNOWN_MESSAGE',
  ],
  [
    'content beside components v2',
    { flags: 32_768, content: 'x', components: [{ type: 10, content: 'y' }] },
    'content',
    'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  ],
  [
    'embeds beside components v2',
    { flags: 32_768, embeds: [{ title: 'x' }], components: [{ type: 10, content: 'y' }] },
    'embeds',
    'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  ],
  [
    '41 components',
    { flags: 32_768, components: [{ type: 17, components: Array(40).fill({ type: 14 }) }] },
    'components',
    'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
  ],
  [
    '4001 characters of text displays',
    {
      flags: 32_768,
      components: [
        { type: 10, content: x(4000) },
        { type: 10, content: 'x' },
      ],
    },
    'components',
    'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
  ],
  [
    'a file component without its file',
    { flags: 32_768, components: [{ type: 13, file: { url: 'attachment://a.zip' } }] },
    'components.0.file.url',
    'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
  ],
  [
    'a section without accessory',
    { flags: 32_768, components: [{ type: 9, components: [{ type: 10, content: 'x' }] }] },
    'components.0.accessory',
    'BASE_TYPE_REQUIRED',
  ],
];

const ACCEPTED: readonly (readonly [title: string, body: object])[] = [
  ['2000 characters of content', { content: x(2000) }],
  ['2000 emoji, which are 4000 UTF-16 units', { content: '😀'.repeat(2000) }],
  ['2000 characters with white space around', { content: ` ${x(2000)}\n` }],
  ['unknown fields', { content: 'x', whatever: 1, embeds: [{ title: 't', nonsense: true }] }],
  ['10 embeds of 600', { embeds: Array(10).fill({ description: x(600) }) }],
  ['a custom id of 100', { components: [row(button(x(100)))] }],
  [
    'five rows of five',
    {
      components: Array.from({ length: 5 }, (_, r) =>
        row(...Array.from({ length: 5 }, (_, c) => button(`b${r}${c}`))),
      ),
    },
  ],
  [
    'an emoji instead of a label',
    { components: [row({ type: 2, style: 2, custom_id: 'h', emoji: { name: '❤️' } })] },
  ],
  [
    'an emoji without its variation selector',
    { components: [row({ type: 2, style: 2, custom_id: 'h', emoji: { name: '❤' } })] },
  ],
  [
    'selects of roles and channels, with some chosen',
    {
      components: [
        row({
          type: 6,
          custom_id: 'r',
          min_values: 0,
          max_values: 25,
          default_values: ['1', '2'].map(asRole),
        }),
        row({
          type: 8,
          custom_id: 'c',
          channel_types: [0, 5],
          default_values: [{ id: '3', type: 'channel' }],
        }),
        row({ type: 6, custom_id: 'n', min_values: 1, default_values: [] }),
      ],
    },
  ],
  ['a select over the whole row', { components: [row(select({ min_values: 0, max_values: 2 }))] }],
  [
    'null for what is not there',
    { content: 'x', embeds: null, components: null, nonce: null, allowed_mentions: null },
  ],
  [
    'components v2 without anything classic',
    { flags: 32_768, components: [{ type: 17, components: [{ type: 10, content: 'x' }] }] },
  ],
];

describe('the body of a message', () => {
  it.each(REFUSED)('is refused with %s', async (_title, body, path, code) => {
    const { discord, channel } = await createScene(ROOMY);
    const answer = await api(discord, 'POST', `/channels/${channel.id}/messages`, body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 50_035, message: 'Invalid Form Body' });
    expect(problemsOf(answer)[path]).toEqual([code]);
    expect(discord.messages(channel)).toEqual([]);
  });

  it.each(ACCEPTED)('is accepted with %s', async (_title, body) => {
    const { discord, channel } = await createScene(ROOMY);
    const answer = await api(discord, 'POST', `/channels/${channel.id}/messages`, body);
    expect(problemsOf(answer)).toEqual({});
    expect(answer.status).toBe(200);
  });

  it.each([
    ['nothing', {}],
    ['no body at all', undefined],
    ['white space', { content: '  \n ' }],
    ['an embed that shows nothing', { embeds: [{}] }],
    ['empty lists', { content: '', embeds: [], components: [] }],
  ])('is refused as empty with %s', async (_title, body) => {
    const { discord, channel } = await createScene(ROOMY);
    const answer = await api(discord, 'POST', `/channels/${channel.id}/messages`, body);
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 50_006, message: 'Cannot send an empty message' },
    });
  });

  it('names every problem at once', async () => {
    const { discord, channel } = await createScene(ROOMY);
    const body = { content: x(2001), embeds: [{ title: x(257) }], components: [row(button(''))] };
    const answer = await api(discord, 'POST', `/channels/${channel.id}/messages`, body);
    expect(Object.keys(problemsOf(answer)).sort()).toEqual([
      'components.0.components.0.custom_id',
      'content',
      'embeds.0.title',
    ]);
  });

  it('is refused when it is not JSON', async () => {
    const { discord, channel } = await createScene(ROOMY);
    const answer = await api(discord, 'POST', `/channels/${channel.id}/messages`, '{"content":');
    expect(answer).toMatchObject({ status: 400, body: { code: 50_109 } });
  });

  it('keeps IS_COMPONENTS_V2 for ever', async () => {
    const { discord, channel } = await createScene(ROOMY);
    const created = await api(discord, 'POST', `/channels/${channel.id}/messages`, {
      flags: 32_768,
      components: [{ type: 10, content: 'x' }],
    });
    const path = `/channels/${channel.id}/messages/${created.body.id}`;
    const classic = await api(discord, 'PATCH', path, { flags: 0, content: 'classic', components: [] });
    expect(problemsOf(classic).content).toEqual(['MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2']);
    const unset = await api(discord, 'PATCH', path, { flags: 0, components: [{ type: 10, content: 'y' }] });
    expect(unset.body.flags).toBe(32_768);
  });

  it('must empty the classic fields to turn into components v2', async () => {
    const { discord, channel } = await createScene(ROOMY);
    const created = await api(discord, 'POST', `/channels/${channel.id}/messages`, { content: 'x' });
    const path = `/channels/${channel.id}/messages/${created.body.id}`;
    const components = [{ type: 10, content: 'y' }];
    const kept = await api(discord, 'PATCH', path, { flags: 32_768, components });
    expect(problemsOf(kept).content).toEqual(['MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2']);
    const emptied = await api(discord, 'PATCH', path, { flags: 32_768, components, content: null });
    expect(emptied).toMatchObject({ status: 200, body: { content: '', flags: 32_768 } });
  });
});
