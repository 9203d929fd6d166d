import { type APIMessage, type APIStringSelectComponent, ComponentType } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  ChannelView,
  CommandView,
  FieldView,
  ModalView,
  ShownMessage,
} from '../../../sandbox/page/protocol.ts';
import { recordTune } from '../../../sandbox/stories/tune.ts';
import { type PageWorld, startPageWorld, type Watcher } from './page-world.ts';

let world: PageWorld;
let anna: Watcher;
let ben: Watcher;
let songs: ChannelView;
beforeAll(async () => {
  world = await startPageWorld();
  anna = await world.watch(world.people.anna);
  ben = await world.watch(world.people.ben);
  songs = anna.channel('songs');
});
afterAll(() => world.close());

const annaIn = (channel = songs) => ({ as: world.people.anna.id, channel: channel.id });

function command(name: string, options: Record<string, unknown>, who = annaIn()) {
  return world.post('/api/command', { ...who, command: name, options });
}

/** Asks for a song and waits for its takes. */
async function makeSong(title: string): Promise<readonly APIMessage[]> {
  const { status } = await command('create', { prompt: `a song called ${title}`, title });
  expect(status).toBe(200);
  const isTake = ({ message }: ShownMessage) =>
    message.attachments.some(({ title: name }) => name?.startsWith(`${title} - take`));
  return await anna.until(() => {
    const takes = anna
      .messages(songs)
      .filter(isTake)
      .map(({ message }) => message);
    return takes.length === 2 && takes;
  });
}

function record(name: string, seconds: number) {
  const { name: file, data } = recordTune(name, seconds);
  return { name: file, base64: Buffer.from(data).toString('base64') };
}

/** Everything that Anna sees of a message. */
const read = (id: string) => JSON.stringify(anna.messages(songs).filter(({ message }) => message.id === id));

function buttonOf(message: APIMessage | undefined, action: string): string {
  return new RegExp(`"custom_id":"(1:${action}:[^"]*)"`).exec(JSON.stringify(message))?.[1] ?? '';
}

/** The first menu with options of its own. */
function findMenu(message: APIMessage): APIStringSelectComponent | undefined {
  for (const row of message.components ?? []) {
    if (row.type !== ComponentType.ActionRow) continue;
    for (const one of row.components) if (one.type === ComponentType.StringSelect) return one;
  }
  return undefined;
}

const fieldsOf = (modal: ModalView): readonly FieldView[] =>
  modal.rows.flatMap((row) => ('field' in row ? [row.field] : []));

describe('commands', () => {
  it('are listed as this person sees them, sub-commands one by one, with all that a client knows of options', async () => {
    const { body } = await world.get(`/api/commands?as=${world.people.anna.id}&channel=${songs.id}`);
    const find = (name: string) => (body as CommandView[]).find((one) => one.command === name);
    expect(find('create')).toMatchObject({ kind: 'slash', name: 'create' });
    expect(find('create')?.options[0]).toMatchObject({ option: 'prompt', kind: 'string', required: true });
    expect(find('persona create')).toBeDefined();
    expect(find('persona')).toBeUndefined();
    expect(find('batch')?.options.find(({ option }) => option === 'count')).toMatchObject({
      kind: 'integer',
      min: 2,
      max: 10,
    });
    expect(find('extend')?.options[0]).toMatchObject({ option: 'clip', autocomplete: true });
    expect(find('upload')?.options[0]).toMatchObject({
      option: 'file',
      kind: 'file',
      fileTypes: expect.any(Array),
    });
    expect(find('library')?.options.find(({ option }) => option === 'owner')?.kind).toBe('user');
    expect(find('Use this audio')).toMatchObject({ kind: 'message', description: '', options: [] });
    for (const name of ['settings server', 'privacy export']) expect(find(name)).toBeDefined();
  });

  it('have their names and descriptions in the language of the person, and answer to those of requests', async () => {
    const { body } = await world.get(`/api/commands?as=${world.people.jonas.id}&channel=${songs.id}`);
    const find = (name: string) => (body as CommandView[]).find((one) => one.command === name);
    expect(find('create')?.description).toMatch(/Beschreibung/);
    expect(find('create')?.name).not.toBe('create');
    expect(find('persona create')?.name).toMatch(/^\S+ \S+$/);
    expect(find('Use this audio')?.name).not.toBe('Use this audio');
    const answer = await command('help', {}, { as: world.people.jonas.id, channel: songs.id });
    expect(answer.status).toBe(200);
  });

  it.each([
    ['create', {}, '"/create" requires the option "prompt"'],
    ['create', { prompt: '' }, 'The option "prompt" takes text that is not empty'],
    ['batch', { prompt: 'rain', count: 11 }, 'The option "count" takes at most 10'],
    ['dance', {}, 'There is no command "dance"'],
    ['library', { owner: '1' }, 'The option "owner" takes a user, role or channel'],
    ['upload', { file: 'a song' }, 'The option "file" takes a file'],
  ])(
    "that Discord's client would not send are refused with its sentence: %s %j",
    async (name, options, sentence) => {
      const { status, body } = await command(name, options);
      expect(status).toBe(422);
      expect(body.error).toContain(sentence);
    },
  );

  it('take people by their id', async () => {
    const { body } = await command('library', { owner: world.people.ben.id });
    expect(['message', 'deferred']).toContain(body.kind);
  });

  it('offer choices while one types', async () => {
    await makeSong('Choices');
    const { status, body } = await world.post('/api/autocomplete', {
      ...annaIn(),
      command: 'extend',
      options: { clip: 'choi' },
      focused: 'clip',
    });
    expect(status).toBe(200);
    expect(body[0]).toMatchObject({ name: expect.stringContaining('Choices'), value: expect.any(String) });
  });

  it('take a file, as large as the person may upload', async () => {
    const file = record('hum', 7);
    const { body } = await command('upload', { file });
    const said = () =>
      JSON.stringify(anna.messages(songs).filter(({ message }) => message.id === body.messageId));
    await anna.until(() => said().includes('Done') || said().includes('hum'));
    const tooLarge = { name: 'long.wav', base64: Buffer.alloc(10 * 1024 * 1024 + 1).toString('base64') };
    expect(await command('upload', { file: tooLarge })).toEqual({
      status: 422,
      body: { error: '"long.wav" is larger than Anna may upload here' },
    });
  });
});

describe('a button', () => {
  it('opens a modal, which can be filled in until it is right, and submitted once', async () => {
    const [take] = await makeSong('Modal');
    const customId = buttonOf(take, 'extend');
    const pressed = await world.post('/api/press', { ...annaIn(), message: take?.id, customId });
    expect(pressed.body.kind).toBe('modal');
    const modal: ModalView = pressed.body.modal;
    expect(modal.title).toBe('Extend: Modal');
    const fields = fieldsOf(modal);
    const [from] = fields;
    expect(from).toMatchObject({ label: 'From', kind: 'text' });
    expect(fields.map(({ kind }) => kind)).toContain('paragraph');

    const tooLong = 'x'.repeat((from?.max ?? 0) + 1);
    const submit = (values: Record<string, unknown>) =>
      world.post('/api/submit', { as: world.people.anna.id, modal: modal.id, values });
    const refused = await submit({ [from?.customId ?? '']: tooLong });
    expect(refused).toEqual({
      status: 422,
      body: { error: `The field "From" takes at most ${from?.max} characters` },
    });
    expect(
      (await world.post('/api/submit', { as: world.people.ben.id, modal: modal.id, values: {} })).body.error,
    ).toBe('The modal was opened for Anna');
    expect((await submit({ nonsense: 'x' })).status).toBe(422);
    const both = await Promise.all([submit({}), submit({})]);
    const [taken, again] = both.toSorted((one, other) => one.status - other.status);
    expect(taken?.status, JSON.stringify(taken?.body)).toBe(200);
    expect(['message', 'deferred']).toContain(taken?.body.kind);
    expect(again).toMatchObject({
      status: 404,
      body: { error: expect.stringContaining('not open any more') },
    });
  });

  it('opens a modal that takes a file', async () => {
    const wrong = { name: 'take.mp3', base64: Buffer.from('%PDF-1.7 and so on').toString('base64') };
    await command('upload', { file: wrong });
    const refused = await anna.until(() =>
      anna.messages(songs).find((shown) => JSON.stringify(shown).includes('it is a PDF document')),
    );
    const { id: message } = refused.message;
    const [, customId] = /"label":"Edit","custom_id":"([^"]+)"/.exec(read(message)) ?? [];
    const { modal } = (await world.post('/api/press', { ...annaIn(), message, customId })).body;
    const field = fieldsOf(modal).find(({ kind }) => kind === 'files');
    expect(field).toMatchObject({ required: false, max: 1 });
    const values = { [field?.customId ?? '']: [record('right', 7)] };
    const sent = await world.post('/api/submit', { as: world.people.anna.id, modal: modal.id, values });
    expect(sent.status, JSON.stringify(sent.body)).toBe(200);
    expect(['message', 'deferred', 'update']).toContain(sent.body.kind);
    await anna.until(() =>
      anna
        .messages(songs)
        .find((shown) => JSON.stringify(shown).includes('Done') && JSON.stringify(shown).includes('right')),
    );
  });

  it('opens a modal that is over after fifteen minutes', async () => {
    const [take] = await makeSong('Late');
    const pressed = await world.post('/api/press', {
      ...annaIn(),
      message: take?.id,
      customId: buttonOf(take, 'extend'),
    });
    await world.turn('tokens-die');
    const late = await world.post('/api/submit', {
      as: world.people.anna.id,
      modal: pressed.body.modal.id,
      values: {},
    });
    expect(late.status).toBe(404);
  });

  it('that is not there is refused with the names of those that are', async () => {
    const [take] = anna.messages(songs).filter(({ message }) => message.attachments.length > 0);
    const { status, body } = await world.post('/api/press', {
      ...annaIn(),
      message: take?.message.id,
      customId: 'none',
    });
    expect(status).toBe(422);
    expect(body.error).toMatch(/no button "none"; buttons: .*Extend/);
  });
});

describe('a menu', () => {
  it('takes a choice, only one that it offers, and only of the person who sees it', async () => {
    const { body } = await command('settings me', {});
    const answer = await anna.until(() =>
      anna.messages(songs).find(({ message }) => message.id === body.messageId && findMenu(message)),
    );
    const menu = findMenu(answer.message);
    const select = (values: readonly unknown[], as = world.people.anna.id) =>
      world.post('/api/select', {
        ...annaIn(),
        as,
        message: body.messageId,
        customId: menu?.custom_id,
        values,
      });
    const refused = await select(['no such thing']);
    expect(refused).toMatchObject({
      status: 422,
      body: { error: expect.stringContaining('"no such thing" is not an option') },
    });
    const value = menu?.options[0]?.value;
    expect((await select([value], world.people.ben.id)).status).toBe(404);
    const taken = await select([value]);
    expect(taken.status, JSON.stringify(taken.body)).toBe(200);
  });
});

describe('what people write', () => {
  it('comes to everybody in the channel, with its files at addresses of this server', async () => {
    const file = record('my hum', 7);
    const { body } = await world.post('/api/say', {
      ...annaIn(),
      content: 'Listen to *this*',
      files: [file],
    });
    const seen = await ben.until(() =>
      ben.messages(songs).find(({ message }) => message.id === body.messageId),
    );
    expect(seen.message).toMatchObject({ content: 'Listen to *this*', author: { global_name: 'Anna' } });
    expect(seen.message.attachments[0]?.url).toMatch(/^\/attachments\/.*my_hum\.wav\?ex=/);

    const used = await world.post('/api/message-command', {
      ...annaIn(),
      message: body.messageId,
      command: 'Use this audio',
    });
    expect(used.status, JSON.stringify(used.body)).toBe(200);
    const found = await anna.until(() =>
      anna.messages(songs).find(({ message }) => message.id === used.body.messageId),
    );
    expect(found.ephemeral).toBe(true);
  });

  it('is refused when it is nothing, or more than Discord takes', async () => {
    const say = (content: string) => world.post('/api/say', { ...annaIn(), content, files: [] });
    expect(await say('')).toEqual({
      status: 422,
      body: { error: 'There is nothing to send' },
    });
    expect((await say('x'.repeat(2_001))).body.error).toBe('A message has at most 2000 characters, not 2001');
  });

  it('goes to the bot alone in direct messages', async () => {
    const { body } = await world.post('/api/command', {
      ...annaIn(anna.state.dm),
      command: 'help',
      options: {},
    });
    await anna.until(() => anna.messages(anna.state.dm).find(({ message }) => message.id === body.messageId));
    expect((await world.post('/api/say', { ...annaIn(ben.state.dm), content: 'hi', files: [] })).status).toBe(
      404,
    );
  });
});

describe('what is not there', () => {
  it.each([
    [{ as: '1' }, 'There is nobody with the id 1.'],
    [{ channel: '1' }, 'Anna sees no channel with the id 1.'],
    [{ message: '1' }, 'Anna sees no message with the id 1 there'],
  ])('is answered with 404 and a sentence: %j', async (change, sentence) => {
    const { status, body } = await world.post('/api/press', {
      ...annaIn(),
      message: '2',
      customId: 'x',
      ...change,
    });
    expect(status).toBe(404);
    expect(body.error).toContain(sentence);
  });

  it('is answered with 400 when no page would ask so', async () => {
    const { status, body } = await world.post('/api/press', { ...annaIn(), customId: 'x' });
    expect(status).toBe(400);
    expect(body.error).toContain('message');
  });
});

it("a bot that stays silent is told of in the words of Discord's client", async () => {
  await world.turn('bot-runs', false);
  const waiting = command('help', {});
  const typing = world.post('/api/autocomplete', {
    ...annaIn(),
    command: 'extend',
    options: {},
    focused: 'clip',
  });
  const { discord } = world.stage;
  const isAsked = () => discord.interactions().filter(({ state }) => state === 'waiting').length === 2;
  await discord.until(isAsked);
  discord.advance(15_000);
  expect((await waiting).body).toEqual({ kind: 'failed', sentence: 'The application did not respond' });
  expect(await typing).toEqual({ status: 504, body: { error: 'Loading options failed' } });
});
