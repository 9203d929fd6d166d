import { describe, expect, it } from 'vitest';
import { api, createScene, problemsOf, ROOMY, registerCommands } from './support.ts';

const x = (length: number) => 'x'.repeat(length);
const command = (extra: object = {}) => ({ name: 'song', description: 'Make a song', ...extra });
const option = (extra: object = {}) => ({ type: 3, name: 'prompt', description: 'What', ...extra });
const withOptions = (...options: object[]) => command({ options });

const REFUSED: readonly (readonly [title: string, body: object, path: string, code: string])[] = [
  ['capitals in the name', command({ name: 'Song' }), '0.name', 'APPLICATION_COMMAND_INVALID_NAME'],
  ['a space in the name', command({ name: 'my song' }), '0.name', 'APPLICATION_COMMAND_INVALID_NAME'],
  ['a name of 33', command({ name: x(33) }), '0.name', 'APPLICATION_COMMAND_INVALID_NAME'],
  ['no description', command({ description: '' }), '0.description', 'BASE_TYPE_REQUIRED'],
  ['a description of 101', command({ description: x(101) }), '0.description', 'BASE_TYPE_BAD_LENGTH'],
  [
    '26 options',
    withOptions(...Array.from({ length: 26 }, (_, i) => option({ name: `o${i}` }))),
    '0.options',
    'BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a required option after an optional one',
    withOptions(option(), option({ name: 'b', required: true })),
    '0.options.1',
    'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
  ],
  [
    'two options of one name',
    withOptions(option(), option()),
    '0.options.1.name',
    'APPLICATION_COMMAND_OPTIONS_NAME_INVALID',
  ],
  [
    'capitals in an option',
    withOptions(option({ name: 'Prompt' })),
    '0.options.0.name',
    'APPLICATION_COMMAND_INVALID_NAME',
  ],
  [
    '26 choices',
    withOptions(option({ choices: Array.from({ length: 26 }, (_, i) => ({ name: `${i}`, value: `${i}` })) })),
    '0.options.0.choices',
    'BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a choice of the wrong type',
    withOptions(option({ choices: [{ name: 'a', value: 1 }] })),
    '0.options.0.choices.0.value',
    'BASE_TYPE_INVALID',
  ],
  [
    'choices and autocomplete',
    withOptions(option({ autocomplete: true, choices: [{ name: 'a', value: 'a' }] })),
    '0.options.0.autocomplete',
    'APPLICATION_COMMAND_OPTIONS_CHOICES_AND_AUTOCOMPLETE',
  ],
  [
    'a max_length of 6001',
    withOptions(option({ max_length: 6001 })),
    '0.options.0.max_length',
    'NUMBER_TYPE_MAX',
  ],
  [
    'a length of a number',
    withOptions(option({ type: 4, max_length: 3 })),
    '0.options.0.max_length',
    'APPLICATION_COMMAND_OPTION_FIELD_INVALID',
  ],
  [
    'a sub-command beside an option',
    withOptions(option(), option({ type: 1, name: 'sub' })),
    '0.options',
    'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
  ],
  [
    'a group inside a group',
    withOptions(option({ type: 2, name: 'g', options: [option({ type: 2, name: 'h' })] })),
    '0.options.0.options.0.type',
    'BASE_TYPE_CHOICES',
  ],
  [
    '8001 characters',
    withOptions(
      ...Array.from({ length: 20 }, (_, i) =>
        option({
          name: `o${i}`,
          choices: Array.from({ length: 5 }, (_v, j) => ({ name: x(40) + j, value: x(39) + j })),
        }),
      ),
    ),
    '0',
    'APPLICATION_COMMAND_TOO_LARGE',
  ],
  [
    'a locale that there is not',
    command({ description_localizations: { 'de-DE': 'Ein Song' } }),
    '0.description_localizations.de-DE',
    'ENUM_TYPE_COERCE',
  ],
  [
    'capitals in a localised name',
    command({ name_localizations: { de: 'Lied' } }),
    '0.name_localizations.de',
    'APPLICATION_COMMAND_INVALID_NAME',
  ],
  [
    'a space in the localised name of an option',
    withOptions(option({ name_localizations: { de: 'der text' } })),
    '0.options.0.name_localizations.de',
    'APPLICATION_COMMAND_INVALID_NAME',
  ],
  [
    'a localised name of 33',
    command({ name_localizations: { de: x(33) } }),
    '0.name_localizations.de',
    'APPLICATION_COMMAND_INVALID_NAME',
  ],
  [
    'a localised description of 101',
    command({ description_localizations: { de: x(101) } }),
    '0.description_localizations.de',
    'BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a localised choice of 101',
    withOptions(option({ choices: [{ name: 'a', value: 'a', name_localizations: { de: x(101) } }] })),
    '0.options.0.choices.0.name_localizations.de',
    'BASE_TYPE_BAD_LENGTH',
  ],
  [
    'two options that a client would show under one name',
    withOptions(option(), option({ name: 'about', name_localizations: { de: 'prompt' } })),
    '0.options.1.name_localizations.de',
    'APPLICATION_COMMAND_OPTIONS_NAME_INVALID',
  ],
  [
    '8001 characters in another language',
    withOptions(
      ...Array.from({ length: 20 }, (_, i) =>
        option({
          name: `o${i}`,
          choices: Array.from({ length: 5 }, (_v, j) => ({
            name: `${j}`,
            value: x(39) + j,
            name_localizations: { de: x(40) + j },
          })),
        }),
      ),
    ),
    '0',
    'APPLICATION_COMMAND_TOO_LARGE',
  ],
  [
    'a localised name of 33 on a context menu',
    { type: 3, name: 'Use this', name_localizations: { de: x(33) } },
    '0.name_localizations.de',
    'BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a description on a context menu',
    { type: 3, name: 'Use this', description: 'x' },
    '0.description',
    'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID',
  ],
];

describe('registering commands', () => {
  it.each(REFUSED)('is refused with %s', async (_title, body, path, code) => {
    const { discord } = await createScene(ROOMY);
    const answer = await api(discord, 'PUT', `/applications/${discord.applicationId}/commands`, [body]);
    expect(answer.status).toBe(400);
    expect(problemsOf(answer)[path]).toEqual([code]);
    expect(discord.commands()).toEqual([]);
  });

  it.each([
    [3, 15],
    [2, 15],
    [1, 100],
  ])('of type %i stops at %i', async (type, max) => {
    const { discord } = await createScene(ROOMY);
    const path = `/applications/${discord.applicationId}/commands`;
    const many = Array.from({ length: max }, (_, i) => ({
      type,
      name: `c${i}`,
      ...(type === 1 ? { description: 'x' } : {}),
    }));
    expect((await api(discord, 'PUT', path, many)).status).toBe(200);
    const extra = { ...many[0], name: 'extra' };
    expect((await api(discord, 'PUT', path, [...many, extra])).body.code).toBe(30_032);
    expect((await api(discord, 'POST', path, extra)).body.code).toBe(30_032);
  });

  it('refuses two commands of one kind and name', async () => {
    const { discord } = await createScene(ROOMY);
    const answer = await api(discord, 'PUT', `/applications/${discord.applicationId}/commands`, [
      command(),
      command(),
    ]);
    expect(problemsOf(answer)).toEqual({ '1': ['APPLICATION_COMMANDS_DUPLICATE_NAME'] });
  });

  it('refuses two commands of one kind that a client would show under one name', async () => {
    const { discord } = await createScene(ROOMY);
    const path = `/applications/${discord.applicationId}/commands`;
    const lied = command({ name_localizations: { de: 'lied' } });
    const ballad = command({ name: 'ballad', name_localizations: { de: 'lied' } });
    const codes = ['APPLICATION_COMMANDS_DUPLICATE_NAME'];
    const refused = await api(discord, 'PUT', path, [lied, ballad]);
    expect(problemsOf(refused)).toEqual({ '1.name_localizations.de': codes });
    const menu = { type: 3, name: 'Lied', name_localizations: { de: 'lied' } };
    const [registered] = (await api(discord, 'PUT', path, [lied, menu])).body;
    expect(problemsOf(await api(discord, 'POST', path, ballad))).toEqual({ 'name_localizations.de': codes });
    const other = await api(discord, 'POST', path, command({ name: 'ballad' }));
    expect(other.status).toBe(201);
    const renamed = await api(discord, 'PATCH', `${path}/${registered.id}`, {
      name_localizations: { de: 'ballad' },
    });
    expect(problemsOf(renamed)).toEqual({ 'name_localizations.de': codes });
    expect(discord.commands()).toHaveLength(3);
  });

  it('keeps the id of a command that keeps its name, and its version while nothing changes', async () => {
    const { discord } = await createScene(ROOMY);
    const path = `/applications/${discord.applicationId}/commands`;
    const [first] = (await api(discord, 'PUT', path, [command()])).body;
    const [same] = (await api(discord, 'PUT', path, [command()])).body;
    expect(same).toEqual(first);
    const [changed] = (await api(discord, 'PUT', path, [command({ description: 'Other' })])).body;
    expect(changed.id).toBe(first.id);
    expect(changed.version).not.toBe(first.version);
  });

  it('creates, reads, changes and deletes single commands of a guild', async () => {
    const { discord, guild } = await createScene(ROOMY);
    const path = `/applications/${discord.applicationId}/guilds/${guild.id}/commands`;
    const created = await api(discord, 'POST', path, command());
    expect(created).toMatchObject({ status: 201, body: { name: 'song', guild_id: guild.id, type: 1 } });
    expect((await api(discord, 'POST', path, command())).status).toBe(200);
    const one = `${path}/${created.body.id}`;
    const changed = await api(discord, 'PATCH', one, { description: 'Other' });
    expect(changed.body).toMatchObject({ id: created.body.id, description: 'Other', name: 'song' });
    expect((await api(discord, 'GET', one)).body.description).toBe('Other');
    expect((await api(discord, 'GET', path)).body).toHaveLength(1);
    expect((await api(discord, 'GET', `/applications/${discord.applicationId}/commands`)).body).toEqual([]);
    expect((await api(discord, 'DELETE', one)).status).toBe(204);
    expect((await api(discord, 'GET', one)).body.code).toBe(10_063);
  });

  it('is refused where the bot is not', async () => {
    const { discord } = await createScene(ROOMY);
    const elsewhere = discord.addGuild({ name: 'Elsewhere', installed: false });
    const path = `/applications/${discord.applicationId}/guilds/${elsewhere.id}/commands`;
    expect((await api(discord, 'PUT', path, [command()])).body.code).toBe(50_001);
  });
});

describe("the client's checks on a command", () => {
  const COMMANDS = [
    command({
      options: [
        option({ required: true, min_length: 2, max_length: 5 }),
        option({ name: 'engine', choices: [{ name: 'Sonic', value: 'sonic' }] }),
        option({ type: 4, name: 'count', min_value: 2, max_value: 10 }),
        option({ type: 5, name: 'loud' }),
        option({ type: 6, name: 'who' }),
      ],
    }),
    command({
      name: 'add',
      options: [option({ type: 1, name: 'vocals', options: [option({ name: 'clip', required: true })] })],
    }),
    command({ name: 'manage', default_member_permissions: '32' }),
    command({ name: 'nsfw', nsfw: true }),
    command({ name: 'guild-only', contexts: [0] }),
  ];

  it.each([
    ['an unknown command', 'sing', {}, 'There is no command "sing"'],
    ['an unknown option', 'song', { prompt: 'rain', nonsense: 'x' }, 'no option "nonsense"'],
    ['a missing required option', 'song', {}, 'requires the option "prompt"'],
    ['text that is too short', 'song', { prompt: 'x' }, 'at least 2'],
    ['text that is too long', 'song', { prompt: 'xxxxxx' }, 'at most 5'],
    ['a number for text', 'song', { prompt: 5 }, 'takes text'],
    ['a choice that is none', 'song', { prompt: 'rain', engine: 'nuro' }, 'not a choice'],
    ['a number that is too small', 'song', { prompt: 'rain', count: 1 }, 'at least 2'],
    ['half a number', 'song', { prompt: 'rain', count: 2.5 }, 'a whole number'],
    ['a missing sub-command', 'add', {}, 'one of the sub-commands: vocals'],
    ['a missing option of a sub-command', 'add vocals', {}, 'requires the option "clip"'],
    ['missing permissions', 'manage', {}, 'lacks its default permissions'],
    ['a channel for everybody', 'nsfw', {}, 'age-restricted'],
  ])('stop %s', async (_title, path, options, message) => {
    const { discord, channel, anna } = await createScene(ROOMY);
    await registerCommands(discord, COMMANDS);
    expect(() => anna.command(channel, path, options)).toThrow(message);
    expect(discord.interactions()).toEqual([]);
  });

  it('know commands, options and choices as the client shows them, and send their own names', async () => {
    const { discord, channel, user, anna } = await createScene(ROOMY);
    await registerCommands(discord, [
      command({
        name: 'add',
        name_localizations: { de: 'hinzufügen' },
        options: [
          option({
            type: 1,
            name: 'vocals',
            name_localizations: { de: 'gesang' },
            options: [
              option({ name: 'clip', name_localizations: { de: 'lied' }, autocomplete: true }),
              option({
                name: 'kind',
                name_localizations: { de: 'art' },
                choices: [{ name: 'high', name_localizations: { de: 'hoch' }, value: 'h' }],
              }),
            ],
          }),
        ],
      }),
    ]);
    expect(() => anna.command(channel, 'hinzufügen gesang')).toThrow('There is no command');
    user.locale = 'de';
    const { interaction } = anna.command(channel, 'hinzufügen gesang', { lied: 'c', art: 'hoch' });
    expect(interaction.payload.data).toMatchObject({
      name: 'add',
      options: [
        {
          name: 'vocals',
          options: [
            { name: 'clip', value: 'c' },
            { name: 'kind', value: 'h' },
          ],
        },
      ],
    });
    expect(() => anna.command(channel, 'hinzufügen gesang', { text: 'c' })).toThrow('Options: lied, art');
  });

  it('let through what fits, with people resolved', async () => {
    const { discord, guild, channel, anna, user } = await createScene(ROOMY);
    await registerCommands(discord, COMMANDS);
    const { interaction } = anna.command(channel, 'song', {
      prompt: 'rain',
      engine: 'Sonic',
      count: 2,
      loud: true,
      who: user,
    });
    expect(interaction.payload.data).toMatchObject({
      name: 'song',
      options: [
        { name: 'prompt', type: 3, value: 'rain' },
        { name: 'engine', type: 3, value: 'sonic' },
        { name: 'count', type: 4, value: 2 },
        { name: 'loud', type: 5, value: true },
        { name: 'who', type: 6, value: user.id },
      ],
      resolved: {
        users: { [user.id]: { global_name: 'Anna' } },
        members: { [user.id]: { permissions: expect.any(String) } },
      },
    });
    const sub = anna.command(channel, 'add vocals', { clip: 'c' }).interaction;
    expect(sub.payload.data).toMatchObject({
      options: [{ name: 'vocals', type: 1, options: [{ name: 'clip', value: 'c' }] }],
    });
    guild.addMember(user, { permissions: ['ViewChannel', 'UseApplicationCommands', 'ManageGuild'] });
    expect(anna.command(channel, 'manage').interaction.state).toBe('waiting');
    channel.nsfw = true;
    expect(anna.command(channel, 'nsfw').interaction.state).toBe('waiting');
  });

  it('know where a command can be used', async () => {
    const { discord, user, anna } = await createScene(ROOMY);
    await registerCommands(discord, COMMANDS);
    const dm = discord.openDm(user);
    expect(() => anna.command(dm, 'guild-only')).toThrow('contexts');
    const inDm = anna.command(dm, 'song', { prompt: 'rain' }).interaction.payload;
    expect(inDm).toMatchObject({
      context: 1,
      user: { id: user.id },
      authorizing_integration_owners: { '0': '0' },
    });
    expect(inDm).not.toHaveProperty('member');
    const friend = discord.addUser({ name: 'Friend' });
    const group = discord.addPrivateChannel([user, friend]);
    expect(() => anna.command(group, 'song', { prompt: 'rain' })).toThrow('not installed');
    user.installsApp = true;
    const inGroup = anna.command(group, 'song', { prompt: 'rain' }).interaction.payload;
    expect(inGroup).toMatchObject({ context: 2, authorizing_integration_owners: { '1': user.id } });
  });
});
