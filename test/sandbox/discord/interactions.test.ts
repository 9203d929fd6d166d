import { describe, expect, it } from 'vitest';
import type { LocalDiscordOptions } from '../../../sandbox/discord/options.ts';
import type { InteractionRecord } from '../../../sandbox/discord/records.ts';
import type { LocalDiscord } from '../../../sandbox/discord/server.ts';
import { api, createScene, problemsOf, ROOMY, registerCommands, STILL } from './support.ts';

const COMMANDS = [
  { name: 'x', description: 'x', options: [{ type: 3, name: 'o', description: 'o', autocomplete: true }] },
  { name: 'Use this', type: 3 },
];
const GO = [{ type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go' }] }];
const MODAL = {
  custom_id: 'm',
  title: 'T',
  components: [{ type: 18, label: 'L', component: { type: 4, custom_id: 'l', style: 1, required: false } }],
};

async function scene(options?: LocalDiscordOptions) {
  const made = await createScene({ ...ROOMY, ...options });
  await registerCommands(made.discord, COMMANDS);
  return made;
}

function callback(discord: LocalDiscord, { id, token }: InteractionRecord, body: unknown, query = '') {
  return api(discord, 'POST', `/interactions/${id}/${token}/callback${query}`, body, { token: null });
}

function webhook(
  discord: LocalDiscord,
  { token }: InteractionRecord,
  method: string,
  message?: string,
  body?: unknown,
) {
  const path = `/webhooks/${discord.applicationId}/${token}${message === undefined ? '' : `/messages/${message}`}`;
  return api(discord, method, path, body, { token: null });
}

async function pressGo(made: Awaited<ReturnType<typeof scene>>) {
  await api(made.discord, 'POST', `/channels/${made.channel.id}/messages`, {
    content: 'card',
    components: GO,
  });
  const [card] = made.discord.messages(made.channel);
  if (!card) throw new Error('no card');
  return { card, interaction: made.anna.press(card, 'Go').interaction };
}

describe('the first answer to an interaction', () => {
  it('is 204 without a content type, or the message with with_response', async () => {
    const { discord, channel, anna } = await scene();
    const plain = await callback(discord, anna.command(channel, 'x').interaction, {
      type: 4,
      data: { content: 'a' },
    });
    expect(plain.status).toBe(204);
    expect(plain.headers.get('content-type')).toBeNull();
    const { interaction } = anna.command(channel, 'x');
    const full = await callback(
      discord,
      interaction,
      { type: 4, data: { content: 'a' } },
      '?with_response=true',
    );
    expect(full.body).toMatchObject({
      interaction: {
        id: interaction.id,
        type: 2,
        response_message_ephemeral: false,
        response_message_loading: false,
      },
      resource: { type: 4, message: { content: 'a', type: 20 } },
    });
    const deferred = await callback(
      discord,
      anna.command(channel, 'x').interaction,
      { type: 5, data: { flags: 64 } },
      '?with_response=true',
    );
    expect(deferred.body.interaction).toMatchObject({
      response_message_loading: true,
      response_message_ephemeral: true,
    });
    expect(deferred.body.resource).toBeUndefined();
  });

  it('is refused when the interaction is unknown or its token is wrong', async () => {
    const { discord, channel, anna } = await scene();
    const { interaction } = anna.command(channel, 'x');
    const unknown = { status: 404, body: { code: 10_062, message: 'Unknown interaction' } };
    expect(await callback(discord, { ...interaction, id: '1' }, { type: 5 })).toMatchObject(unknown);
    expect(await callback(discord, { ...interaction, token: 'x' }, { type: 5 })).toMatchObject(unknown);
  });

  it('is refused after three seconds, and the person sees that the bot failed', async () => {
    const { discord, channel, anna } = await scene(STILL);
    const sent = anna.command(channel, 'x');
    discord.advance(2999);
    expect(sent.interaction.state).toBe('waiting');
    discord.advance(1);
    expect(await sent.response()).toEqual({ kind: 'failed' });
    expect(await callback(discord, sent.interaction, { type: 5 })).toMatchObject({
      status: 404,
      body: { code: 10_062 },
    });
    await expect(sent.reply()).rejects.toThrow('did not respond');
  });

  it('is accepted once', async () => {
    const { discord, channel, anna } = await scene();
    const { interaction } = anna.command(channel, 'x');
    await callback(discord, interaction, { type: 5 });
    const second = {
      status: 400,
      body: { code: 40_060, message: 'Interaction has already been acknowledged.' },
    };
    expect(await callback(discord, interaction, { type: 4, data: { content: 'x' } })).toMatchObject(second);
    discord.advance(5000);
    expect(await callback(discord, interaction, { type: 5 })).toMatchObject(second);
  });

  it('can be given again when the first attempt was refused', async () => {
    const { discord, channel, anna } = await scene();
    const { interaction } = anna.command(channel, 'x');
    const refused = await callback(discord, interaction, { type: 4, data: { content: 'x'.repeat(2001) } });
    expect(problemsOf(refused)).toEqual({ 'data.content': ['BASE_TYPE_MAX_LENGTH'] });
    expect((await callback(discord, interaction, { type: 4, data: { content: 'x' } })).status).toBe(204);
  });

  it('must fit the kind of interaction', async () => {
    const made = await scene();
    const { discord, channel, anna } = made;
    const refusedFor = async (interaction: InteractionRecord, types: number[]) => {
      for (const type of types) {
        const answer = await callback(discord, interaction, {
          type,
          data: { content: 'x', choices: [], ...MODAL },
        });
        expect(problemsOf(answer).type, `type ${type}`).toEqual(['BASE_TYPE_CHOICES']);
      }
    };
    await refusedFor(anna.command(channel, 'x').interaction, [1, 2, 3, 6, 7, 8, 99]);
    const typed = anna.autocomplete(channel, 'x', { o: 'a' }, 'o');
    const autocomplete = discord.interactions().at(-1);
    if (!autocomplete) throw new Error('no autocomplete');
    await refusedFor(autocomplete, [4, 5, 6, 7, 9]);
    await callback(discord, autocomplete, { type: 8, data: { choices: [{ name: 'A', value: 'a' }] } });
    expect(await typed).toEqual([{ name: 'A', value: 'a' }]);

    const { interaction: pressed } = await pressGo(made);
    await refusedFor(pressed, [1, 8]);
    await callback(discord, pressed, { type: 9, data: MODAL });
    const command = anna.command(channel, 'x');
    await callback(discord, command.interaction, { type: 9, data: MODAL });
    await refusedFor(anna.submit(await command.modal()).interaction, [6, 7, 8, 9]);
  });

  it('takes at most 25 choices with names and values of 1 to 100', async () => {
    const { discord, channel, anna } = await scene();
    anna.autocomplete(channel, 'x', { o: 'a' }, 'o').catch(() => undefined);
    const interaction = discord.interactions().at(-1);
    if (!interaction) throw new Error('no autocomplete');
    const answer = (choices: object[]) => callback(discord, interaction, { type: 8, data: { choices } });
    expect(problemsOf(await answer(Array(26).fill({ name: 'a', value: 'a' })))).toEqual({
      'data.choices': ['BASE_TYPE_MAX_LENGTH'],
    });
    expect(problemsOf(await answer([{ name: '', value: 'a' }]))).toEqual({
      'data.choices.0.name': ['BASE_TYPE_REQUIRED'],
    });
    expect(problemsOf(await answer([{ name: 'x'.repeat(101), value: 'a' }]))).toEqual({
      'data.choices.0.name': ['BASE_TYPE_BAD_LENGTH'],
    });
    expect(problemsOf(await answer([{ name: 'a', value: 'x'.repeat(101) }]))).toEqual({
      'data.choices.0.value': ['BASE_TYPE_BAD_LENGTH'],
    });
    expect((await answer([])).status).toBe(204);
  });

  it('may carry only EPHEMERAL when it defers', async () => {
    const { discord, channel, anna } = await scene();
    const { interaction } = anna.command(channel, 'x');
    const refused = await callback(discord, interaction, { type: 5, data: { flags: 32_768 } });
    expect(problemsOf(refused)).toEqual({ 'data.flags': ['BASE_TYPE_CHOICES'] });
  });
});

describe('the webhook of an interaction', () => {
  it('does not exist before the first answer', async () => {
    const { discord, channel, anna } = await scene();
    const { interaction } = anna.command(channel, 'x');
    const unknown = { status: 404, body: { code: 10_015, message: 'Unknown Webhook' } };
    expect(await webhook(discord, interaction, 'POST', undefined, { content: 'x' })).toMatchObject(unknown);
    expect(await webhook(discord, interaction, 'PATCH', '@original', { content: 'x' })).toMatchObject(
      unknown,
    );
  });

  it('is invalid after 15 minutes, while the bot itself can still edit the message', async () => {
    const { discord, channel, anna } = await scene(STILL);
    const { interaction } = anna.command(channel, 'x');
    await callback(discord, interaction, { type: 5 });
    discord.advance(899_000);
    const edited = await webhook(discord, interaction, 'PATCH', '@original', { content: 'x' });
    expect(edited.status).toBe(200);
    discord.advance(1000);
    const invalid = { status: 401, body: { code: 50_027, message: 'Invalid Webhook Token' } };
    expect(await webhook(discord, interaction, 'PATCH', '@original', { content: 'y' })).toMatchObject(
      invalid,
    );
    expect(await webhook(discord, interaction, 'POST', undefined, { content: 'y' })).toMatchObject(invalid);
    const own = await api(discord, 'PATCH', `/channels/${channel.id}/messages/${edited.body.id}`, {
      content: 'z',
    });
    expect(own).toMatchObject({ status: 200, body: { content: 'z' } });
  });

  it('has no original after a modal', async () => {
    const { discord, channel, anna } = await scene();
    const { interaction } = anna.command(channel, 'x');
    await callback(discord, interaction, { type: 9, data: MODAL });
    const unknown = { status: 404, body: { code: 10_008, message: 'Unknown Message' } };
    expect(await webhook(discord, interaction, 'PATCH', '@original', { content: 'x' })).toMatchObject(
      unknown,
    );
    expect(await webhook(discord, interaction, 'GET', '@original')).toMatchObject(unknown);
  });

  it('fills the deferred answer with the first follow-up, and keeps its visibility', async () => {
    const { discord, channel, anna } = await scene();
    const sent = anna.command(channel, 'x');
    await callback(discord, sent.interaction, { type: 5, data: { flags: 64 } });
    const first = await webhook(discord, sent.interaction, 'POST', undefined, { content: 'a' });
    expect((await sent.reply()).id).toBe(first.body.id);
    expect(first.body.flags).toBe(64);
    const second = await webhook(discord, sent.interaction, 'POST', undefined, { content: 'b' });
    expect(second.body.flags).toBe(0);
    expect(discord.messages(channel).map((one) => one.content)).toEqual(['a', 'b']);
  });

  it('can replace a deleted public deferral by a private follow-up', async () => {
    const { discord, channel, anna } = await scene();
    const sent = anna.command(channel, 'x');
    await callback(discord, sent.interaction, { type: 5 });
    expect((await webhook(discord, sent.interaction, 'DELETE', '@original')).status).toBe(204);
    await webhook(discord, sent.interaction, 'POST', undefined, { content: 'no', flags: 64 });
    expect((await sent.reply()).ephemeral).toBe(true);
    expect((await webhook(discord, sent.interaction, 'PATCH', '@original', { content: 'x' })).body.code).toBe(
      10_008,
    );
  });

  it('edits and deletes the message whose component was pressed', async () => {
    const made = await scene();
    const { card, interaction } = await pressGo(made);
    await callback(made.discord, interaction, { type: 5, data: { flags: 64 } });
    const edited = await webhook(made.discord, interaction, 'PATCH', card.id, { components: [] });
    expect(edited.status).toBe(200);
    expect(card.buttons).toEqual([]);
    expect((await webhook(made.discord, interaction, 'DELETE', card.id)).status).toBe(204);
    expect(card.deleted).toBe(true);
  });

  it('reaches no other message', async () => {
    const { discord, channel, anna } = await scene();
    const other = await api(discord, 'POST', `/channels/${channel.id}/messages`, { content: 'x' });
    const { interaction } = anna.command(channel, 'x');
    await callback(discord, interaction, { type: 5 });
    expect((await webhook(discord, interaction, 'PATCH', other.body.id, { content: 'y' })).body.code).toBe(
      10_008,
    );
  });

  it('keeps a private message private, and out of the channel', async () => {
    const { discord, guild, channel, anna } = await scene();
    const ben = discord.addUser({ name: 'Ben' });
    guild.addMember(ben);
    const sent = anna.command(channel, 'x');
    await callback(discord, sent.interaction, {
      type: 4,
      data: { content: 'secret', flags: 64, components: GO },
    });
    const reply = await sent.reply();
    const edited = await webhook(discord, sent.interaction, 'PATCH', '@original', {
      content: 'still',
      flags: 0,
    });
    expect(edited.body.flags).toBe(64);
    const path = `/channels/${channel.id}/messages`;
    expect((await api(discord, 'GET', path)).body).toEqual([]);
    for (const [method, body] of [
      ['GET', undefined],
      ['PATCH', { content: 'x' }],
      ['DELETE', undefined],
    ] as const) {
      expect((await api(discord, method, `${path}/${reply.id}`, body)).body.code).toBe(10_008);
    }
    expect(anna.sees(channel)).toHaveLength(1);
    expect(discord.as(ben).sees(channel)).toEqual([]);
    expect(() => discord.as(ben).press(reply, 'Go')).toThrow('private');
  });

  it('takes five follow-ups where only the person has installed the app', async () => {
    const { discord } = await scene();
    const guild = discord.addGuild({ name: 'Elsewhere', installed: false });
    const channel = guild.addChannel({ name: 'general' });
    const user = discord.addUser({ name: 'Cleo', installsApp: true });
    guild.addMember(user);
    const { interaction } = discord.as(user).command(channel, 'x');
    expect(interaction.payload.authorizing_integration_owners).toEqual({ '1': user.id });
    await callback(discord, interaction, { type: 5 });
    await webhook(discord, interaction, 'PATCH', '@original', { content: 'x' });
    for (let i = 0; i < 5; i += 1) {
      expect((await webhook(discord, interaction, 'POST', undefined, { content: `${i}` })).status).toBe(200);
    }
    const sixth = await webhook(discord, interaction, 'POST', undefined, { content: '6' });
    expect(sixth).toMatchObject({ status: 400, body: { code: 40_094 } });
    expect((await webhook(discord, interaction, 'PATCH', '@original', { content: 'y' })).status).toBe(200);
    expect((await api(discord, 'POST', `/channels/${channel.id}/messages`, { content: 'x' })).body.code).toBe(
      50_001,
    );
  });
});

describe('a server where only the person has installed the app', () => {
  it.each([
    { may: true, hidden: false },
    { may: false, hidden: true },
  ])('hides public answers: $hidden, where the person may show them: $may', async ({ may, hidden }) => {
    const { discord } = await scene();
    const guild = discord.addGuild({ name: 'Elsewhere', installed: false });
    const channel = guild.addChannel({ name: 'general' });
    const user = discord.addUser({ name: 'Cleo', installsApp: true });
    guild.addMember(user, may ? {} : { permissions: { without: ['UseExternalApps'] } });
    const { interaction } = discord.as(user).command(channel, 'x');
    await callback(discord, interaction, { type: 5 });
    await webhook(discord, interaction, 'PATCH', '@original', { content: 'an answer' });
    await webhook(discord, interaction, 'POST', undefined, { content: 'and more' });
    expect(discord.as(user).sees(channel)).toHaveLength(2);
    expect(discord.messages(channel).map(({ ephemeral }) => ephemeral)).toEqual([hidden, hidden]);
    const next = discord.as(user).command(channel, 'x').interaction;
    await callback(discord, next, { type: 4, data: { content: 'at once' } });
    expect(discord.messages(channel).at(-1)?.ephemeral).toBe(hidden);
  });
});

describe('a component or modal', () => {
  it('can update its message at once or later', async () => {
    const made = await scene();
    const { card, interaction } = await pressGo(made);
    await callback(made.discord, interaction, { type: 6 });
    expect(card.editedCount).toBe(0);
    await webhook(made.discord, interaction, 'PATCH', '@original', { content: 'later' });
    expect(card.content).toBe('later');
    const second = made.anna.press(card, 'Go').interaction;
    const answer = await callback(
      made.discord,
      second,
      { type: 7, data: { content: 'now' } },
      '?with_response=true',
    );
    expect(answer.body.resource).toMatchObject({ type: 7, message: { id: card.id, content: 'now' } });
  });

  it('updates the message from a modal that a button opened', async () => {
    const made = await scene();
    const { card, interaction } = await pressGo(made);
    await callback(made.discord, interaction, { type: 9, data: MODAL });
    const opened = await made.discord.until(() => interaction.modal);
    expect(opened.title).toBe('T');
    const sent = made.anna.press(card, 'Go');
    await callback(made.discord, sent.interaction, { type: 9, data: MODAL });
    const submit = made.anna.submit(await sent.modal(), { L: 'x' });
    expect(submit.interaction.payload.message).toMatchObject({ id: card.id });
    await callback(made.discord, submit.interaction, { type: 7, data: { content: 'from modal' } });
    expect((await submit.reply()).content).toBe('from modal');
  });
});
