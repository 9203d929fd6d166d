import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { listPosts, listPrivate, openChannel, untilSays } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import { makeMp3 } from '../support/real-audio.ts';
import type { TestWorld } from '../support/world.ts';

const SONG = 'Song from this';

let world: TestWorld;
beforeAll(async () => {
  world = await startQuickWorld({ env: { BUDGET_MEMBER_DAY: '40' } });
});
afterAll(() => world.close());

const prompts = () =>
  listPosts(world).map(({ body }) => (body as Record<string, unknown>).gpt_description_prompt);
const labelsOf = (message: Message) => message.buttons.map(({ label }) => label);
/** The draft that Anna is shown for what Ben wrote. */
function draftOf(channel: Channel, text: string): Promise<Message> {
  return world.anna.messageCommand(world.ben.say(channel, text), SONG).reply();
}

describe('Song from this', () => {
  it('shows a draft privately, and makes one song of it however often Create is pressed', async () => {
    const channel = openChannel(world, 'draft');
    const draft = await draftOf(channel, 'the boat that nobody waited for');
    expect(draft.ephemeral).toBe(true);
    expect(draft.content.split('\n')).toEqual([
      'A song from this message:',
      'Nothing is spent yet. **Create** makes it for 20 credits; **Edit** opens the form.',
    ]);
    expect(draft.embeds[0]?.description).toBe('the boat that nobody waited for');
    expect(labelsOf(draft)).toEqual(['Create', 'Edit']);
    expect(prompts()).toEqual([]);
    const presses = [world.anna.press(draft, 'Create'), world.anna.press(draft, 'Create')];
    await world.untilClipCards(2, channel);
    const word = await world.discord.until(() => presses.flatMap(listPrivate)[0], { what: 'a second word' });
    expect(word.text).toContain('This was already asked for');
    expect(prompts()).toEqual(['the boat that nobody waited for']);
    expect(labelsOf(draft)).toEqual([]);
  });

  it('leaves out what only means something in Discord', async () => {
    const channel = openChannel(world, 'markup');
    const { anna } = world;
    const emoji = '<:boat:123456789012345678> <a:wave:123456789012345678>';
    const text = `**${anna.mention} @everyone** <#1> ${emoji} a boat\u200B at https://sea.example/x?y=1 <t:1700000000:R>\n> ||near [the pier](https://pier.example)|| \`now\``;
    const draft = await draftOf(channel, text);
    expect(draft.embeds[0]?.description).toBe('a boat at near the pier now');
    expect(draft.pinged).toEqual([]);
    const form = await anna.press(draft, 'Edit').modal();
    expect(form.field('Prompt').value).toBe('a boat at near the pier now');
    const before = prompts().length;
    await anna.submit(form, { Prompt: 'a boat near the pier' }).reply();
    await world.untilClipCards(2, channel);
    expect(prompts().slice(before)).toEqual(['a boat near the pier']);
  });

  it('cuts what is too long for a description, and says so', async () => {
    const channel = openChannel(world, 'long');
    const draft = await draftOf(channel, `${'sea '.repeat(99)}and more of it`);
    expect(draft.content).toContain(
      'The message is longer than the 400 characters of a description, so this is its beginning.',
    );
    expect(draft.embeds[0]?.description).toBe(`${'sea '.repeat(99)}and`);
  });

  it('tells what is worth a look before anything is sent', async () => {
    const channel = openChannel(world, 'warned');
    const draft = await draftOf(channel, 'a song in the style of Taylor Swift');
    expect(draft.text).toContain('Taylor Swift');
    expect(draft.content).toContain('Nothing is spent yet.');
    expect(labelsOf(draft)).toEqual(['Create', 'Edit']);
  });

  it.each([
    { what: 'nothing but mentions and pictures', text: '<@1> <:boat:123456789012345678> https://x.example' },
    { what: 'nothing but signs', text: '... !!! ---' },
  ])('refuses a message with $what', async ({ what, text }) => {
    const channel = openChannel(world, what);
    const refusal = await draftOf(channel, text);
    await untilSays(world, refusal, 'That message has no text that a song could be made from.');
    expect(refusal.ephemeral).toBe(true);
  });

  it('refuses a message that has only a file', async () => {
    const channel = openChannel(world, 'files');
    const message = world.ben.say(channel, '', [{ name: 'a.mp3', data: await makeMp3(1, 64) }]);
    const refusal = await world.anna.messageCommand(message, SONG).reply();
    await untilSays(world, refusal, 'That message has no text');
  });

  it('asks budget and rules again at the press', async () => {
    const channel = openChannel(world, 'budget');
    const { mod, ben } = world;
    const drafts = [];
    for (const text of ['one boat', 'two boats', 'three boats']) {
      drafts.push(await mod.messageCommand(ben.say(channel, text), SONG).reply());
    }
    for (const draft of drafts.slice(0, 2)) await mod.press(draft, 'Create').reply();
    await world.untilClipCards(4, channel);
    const [, , third] = drafts as [Message, Message, Message];
    const sent = mod.press(third, 'Create');
    const refusal = await world.discord.until(() => listPrivate(sent)[0], { what: 'a refusal' });
    expect(refusal.text).toMatch(/40 credits|budget/i);
    expect(prompts()).not.toContain('three boats');
  });

  it('speaks German with a German member', async () => {
    const channel = openChannel(world, 'german');
    const user = world.discord.addUser({ name: 'Dora', locale: 'de' });
    world.guild.addMember(user);
    const dora = world.discord.as(user);
    const message = world.ben.say(channel, 'ein Boot im Nebel');
    const draft = await dora.messageCommand(message, 'Song daraus machen').reply();
    expect(draft.content.split('\n')).toEqual([
      'Ein Song aus dieser Nachricht:',
      'Noch ist nichts ausgegeben. **Erstellen** macht ihn für 20 Credits; **Bearbeiten** öffnet das Formular.',
    ]);
    expect(labelsOf(draft)).toEqual(['Erstellen', 'Bearbeiten']);
    const refusal = await dora.messageCommand(message, 'Dieses Audio verwenden').reply();
    await untilSays(world, refusal, 'An dieser Nachricht hängt keine Audiodatei.');
    const file = { name: 'a.mp3', data: await makeMp3(1, 64) };
    const heard = world.ben.say(channel, '', [file]);
    const answer = await dora.messageCommand(heard, 'Dieses Audio verwenden').reply();
    expect(labelsOf(answer)).toEqual(['Verlängern', 'Cover', 'Sample', 'Hochladen']);
    expect(answer.text).toContain('Was soll mit **a.mp3** geschehen?');
  });
});
