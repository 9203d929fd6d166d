import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  MessageFlags,
  ModalBuilder,
  TextInputStyle,
} from 'discord.js';
import { describe, expect, it } from 'vitest';
import { api, createScene, registerCommands, startBot } from './support.ts';

const create = {
  name: 'create',
  description: 'Make a song',
  options: [{ type: 3, name: 'prompt', description: 'What', required: true }],
};

function row(...labels: string[]) {
  return new ActionRowBuilder<ButtonBuilder>().addComponents(
    labels.map((label) =>
      new ButtonBuilder().setLabel(label).setCustomId(`b:${label}`).setStyle(ButtonStyle.Secondary),
    ),
  );
}

describe('a real discord.js client', () => {
  it('logs in, defers a slash command, edits it and posts files with buttons', async () => {
    const { discord, channel, anna, guild } = await createScene();
    await registerCommands(discord, [create]);
    const { client, errors } = await startBot(discord, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.deferReply();
      await interaction.editReply({ content: `Working on ${interaction.options.getString('prompt', true)}` });
      const target = await interaction.client.channels.fetch(interaction.channelId, {
        allowUnknownGuild: true,
      });
      if (!target?.isSendable()) throw new Error('not sendable');
      await target.send({
        content: `<@${interaction.user.id}> here`,
        files: [{ name: 'rain - take 1.mp3', attachment: Buffer.from('audio') }],
        components: [row('Extend', 'Cover')],
      });
    });
    expect(client.user.id).toBe(discord.botUser.id);

    const sent = anna.command(channel, 'create', { prompt: 'rain' });
    expect((await sent.response()).kind).toBe('deferred');
    expect((await sent.reply()).content).toBe('Working on rain');

    const song = await discord.until(() =>
      discord.messages(channel).find((one) => one.attachments.length > 0),
    );
    expect(song.attachments[0]).toMatchObject({
      name: 'rain_-_take_1.mp3',
      size: 5,
      contentType: 'audio/mpeg',
    });
    expect(String(await song.file(0))).toBe('audio');
    expect(song.buttons.map((one) => one.label)).toEqual(['Extend', 'Cover']);
    expect(song.pinged).toEqual([anna.user.id]);
    const response = await fetch(song.attachments[0]?.url ?? '');
    expect(response.headers.get('content-type')).toBe('audio/mpeg');
    expect(await response.text()).toBe('audio');
    expect(errors).toEqual([]);
    expect(guild.channels.size).toBe(1);
  });

  it('opens a modal from a button, prefilled, and gets what a person submits', async () => {
    const { discord, channel, anna } = await createScene();
    const { client, errors } = await startBot(discord, async (interaction) => {
      if (interaction.isButton()) {
        const modal = new ModalBuilder().setCustomId('extend').setTitle('Extend');
        modal.addLabelComponents(
          (label) =>
            label
              .setLabel('Lyrics')
              .setTextInputComponent((input) =>
                input
                  .setCustomId('lyrics')
                  .setStyle(TextInputStyle.Paragraph)
                  .setValue('la la')
                  .setRequired(false),
              ),
          (label) =>
            label
              .setLabel('Title')
              .setTextInputComponent((input) => input.setCustomId('title').setStyle(TextInputStyle.Short)),
        );
        await interaction.showModal(modal);
      } else if (interaction.isModalSubmit() && interaction.isFromMessage()) {
        const lyrics = interaction.fields.getTextInputValue('lyrics');
        await interaction.reply({
          content: `${interaction.message.id} ${lyrics} / ${interaction.fields.getTextInputValue('title')}`,
          flags: MessageFlags.Ephemeral,
        });
      }
    });
    const posted = await api(discord, 'POST', `/channels/${channel.id}/messages`, {
      content: 'song',
      components: [row('Extend').toJSON()],
    });
    const [song] = discord.messages(channel);
    if (!song) throw new Error('no song');

    const modal = await anna.press(song, 'Extend').modal();
    expect(modal.title).toBe('Extend');
    expect(modal.field('Lyrics').value).toBe('la la');
    const reply = await anna.submit(modal, { Title: 'Rain' }).reply();
    expect(reply.content).toBe(`${posted.body.id} la la / Rain`);
    expect(reply.ephemeral).toBe(true);
    expect(errors).toEqual([]);
    expect(client.isReady()).toBe(true);
  });

  it('answers autocomplete, updates a message in place and follows up privately', async () => {
    const { discord, channel, anna } = await createScene();
    await registerCommands(discord, [
      {
        ...create,
        name: 'extend',
        options: [{ type: 3, name: 'clip', description: 'Which', required: true, autocomplete: true }],
      },
    ]);
    const { errors } = await startBot(discord, async (interaction) => {
      if (interaction.isAutocomplete()) {
        await interaction.respond([{ name: `${interaction.options.getFocused()}night`, value: 'id-1' }]);
      } else if (interaction.isChatInputCommand()) {
        const result = await interaction.reply({
          content: 'one',
          components: [row('Next')],
          withResponse: true,
        });
        await interaction.followUp({
          content: `private ${result.resource?.message?.id}`,
          flags: MessageFlags.Ephemeral,
        });
      } else if (interaction.isButton()) {
        await interaction.update({ content: 'two', components: [] });
      }
    });
    expect(await anna.autocomplete(channel, 'extend', { clip: 'mid' }, 'clip')).toEqual([
      { name: 'midnight', value: 'id-1' },
    ]);

    const sent = anna.command(channel, 'extend', { clip: 'id-1' });
    const first = await sent.reply();
    expect(first.content).toBe('one');
    const followUp = await discord.until(() => sent.followUps[0]);
    expect(followUp.content).toBe(`private ${first.id}`);

    const updated = await anna.press(first, 'Next').reply();
    expect(updated.id).toBe(first.id);
    expect(updated.content).toBe('two');
    expect(updated.buttons).toEqual([]);
    expect(anna.sees(channel).map((one) => one.content)).toEqual(['two', `private ${first.id}`]);
    const other = discord.addUser({ name: 'Ben' });
    for (const guild of [channel.guild]) guild?.addMember(other);
    expect(
      discord
        .as(other)
        .sees(channel)
        .map((one) => one.content),
    ).toEqual(['two']);
    expect(errors).toEqual([]);
  });

  it('reads files, people and choices from commands, context menus and modals', async () => {
    const { discord, channel, anna, user } = await createScene();
    await registerCommands(discord, [
      {
        name: 'upload',
        description: 'Bring a file',
        options: [
          { type: 11, name: 'file', description: 'Which', required: true },
          { type: 6, name: 'for', description: 'Whom' },
        ],
      },
      { type: 3, name: 'Use this audio' },
    ]);
    const { errors } = await startBot(discord, async (interaction) => {
      if (interaction.isChatInputCommand()) {
        const file = interaction.options.getAttachment('file', true);
        const bytes = await (await fetch(file.url)).text();
        await interaction.reply(
          `${file.name} ${file.contentType} ${bytes} ${interaction.options.getUser('for')?.displayName}`,
        );
      } else if (interaction.isMessageContextMenuCommand()) {
        await interaction.showModal(
          new ModalBuilder()
            .setCustomId('use')
            .setTitle('Use this audio')
            .addLabelComponents(
              (label) =>
                label
                  .setLabel('What')
                  .setStringSelectMenuComponent((select) =>
                    select
                      .setCustomId('what')
                      .addOptions({ label: 'Extend', value: 'extend' }, { label: 'Cover', value: 'cover' }),
                  ),
              (label) =>
                label
                  .setLabel('Files')
                  .setFileUploadComponent((upload) => upload.setCustomId('files').setMaxValues(2)),
            ),
        );
      } else if (interaction.isModalSubmit()) {
        const names = [...interaction.fields.getUploadedFiles('files', true).values()].map(
          (file) => file.name,
        );
        await interaction.reply(`${interaction.fields.getStringSelectValues('what')} ${names}`);
      }
    });
    const song = { name: 'demo.mp3', data: Buffer.from('abc') };
    const reply = await anna.command(channel, 'upload', { file: song, for: user }).reply();
    expect(reply.content).toBe('demo.mp3 audio/mpeg abc Anna');
    const modal = await anna.messageCommand(anna.say(channel, 'listen', [song]), 'Use this audio').modal();
    const used = await anna
      .submit(modal, { What: 'Cover', Files: [song, { ...song, name: 'b.mp3' }] })
      .reply();
    expect(used.content).toBe('cover demo.mp3,b.mp3');
    expect(errors).toEqual([]);
  });

  it('waits out a rate limit', async () => {
    const { discord, channel } = await createScene({
      rateLimits: { 'message-create': { limit: 1, windowMs: 150 } },
    });
    const { client } = await startBot(discord, () => undefined);
    const target = await client.channels.fetch(channel.id, { allowUnknownGuild: true });
    if (!target?.isSendable()) throw new Error('not sendable');
    await Promise.all(['a', 'b', 'c'].map((content) => target.send(content)));
    expect(discord.messages(channel).map((one) => one.content)).toEqual(['a', 'b', 'c']);
    expect(discord.requests.filter((one) => one.status === 429).length).toBeLessThanOrEqual(2);
  });

  it('gets the same message for the same nonce when an answer was lost', async () => {
    const { discord, channel } = await createScene();
    const { client } = await startBot(discord, () => undefined);
    const target = await client.channels.fetch(channel.id, { allowUnknownGuild: true });
    if (!target?.isSendable()) throw new Error('not sendable');
    const route = /\/messages$/;
    const post = () => target.send({ content: 'once', nonce: 'delivery-1', enforceNonce: true });
    discord.fault({ method: 'POST', route, answer: 'lose-answer' });
    await expect(post()).rejects.toThrow('other side closed');
    discord.fault({ method: 'POST', route, answer: 'lose-answer-reset' });
    const sent = await post();
    expect(discord.messages(channel).map((one) => one.id)).toEqual([sent.id]);
    expect(discord.requests.filter((one) => one.method === 'POST').map((one) => one.status)).toEqual([
      0, 0, 200,
    ]);
  });
});
