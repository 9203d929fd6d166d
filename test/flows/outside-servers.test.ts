import { PermissionFlagsBits } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { USUAL_PERMISSIONS } from '../../sandbox/discord/permissions.ts';
import type { Person } from '../../sandbox/discord/person.ts';
import { untilSays } from '../support/evidence.ts';
import { beginSong } from '../support/make-song.ts';
import { PATIENCE } from '../support/patience.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import { makeMp3 } from '../support/real-audio.ts';
import type { TestWorld } from '../support/world.ts';

const MINUTE_MS = 60_000;

let world: TestWorld;
/** Somebody else with the app. */
let cleo: Person;
beforeAll(async () => {
  world = await startQuickWorld({
    env: { ALLOW_DMS: 'true', BUDGET_MEMBER_DAY: 'unlimited', BUDGET_SERVER_DAY: 'unlimited' },
  });
  world.anna.user.installsApp = true;
  cleo = world.discord.as(world.discord.addUser({ name: 'Cleo', installsApp: true }));
});
afterAll(() => world.close());

/** A group of Anna, who has the app, Ben, who has not, and Cleo. */
const openGroup = () => world.discord.addPrivateChannel([world.anna.user, world.ben.user, cleo.user]);
const labels = (message: Message) => message.buttons.map(({ label }) => label);

async function makeIn(place: Channel, title: string) {
  const already = world.clipCards(place).length;
  const sent = world.anna.command(place, 'create', { prompt: `about ${title}`, title });
  const card = await sent.reply();
  const songs = (await world.untilClipCards(already + 2, place)).slice(already) as [Message, Message];
  await world.discord.until(() => card.text.startsWith('Done'), { what: 'the card to be done' });
  const clipIds = world.musicApi.tasks.at(-1)?.clips.map(({ clipId }) => clipId) ?? [];
  return { card, songs, clipIds };
}

describe.each(['a direct message', 'a group'])('the buttons of a song in %s', (where) => {
  let place: Channel;
  let song: Message;
  beforeAll(async () => {
    place = where === 'a group' ? openGroup() : world.discord.openDm(world.anna.user);
    [song] = (await makeIn(place, `buttons in ${where}`)).songs;
  });

  it('count hearts', async () => {
    const people = where === 'a group' ? [world.anna, world.ben] : [world.anna];
    for (const [index, person] of people.entries()) {
      person.press(song, '❤️');
      await world.discord.until(() => song.button('❤️').label === String(index + 1), { what: 'a heart' });
    }
  });

  it('open the private menu, and lead on from there', async () => {
    const { anna, ben } = world;
    const person = where === 'a group' ? ben : anna;
    const menu = await person.press(song, 'More').reply();
    expect(menu.ephemeral).toBe(true);
    expect(labels(menu)).toEqual(expect.arrayContaining(['Extend', 'Pick a line', 'Clip ID']));
    const already = world.clipCards(place).length;
    const form = await person.press(menu, 'Extend').modal();
    const card = await person.submit(form).reply();
    expect(card.ephemeral).toBe(false);
    const extended = (await world.untilClipCards(already + 2, place))[already];
    expect(extended?.pinged).toEqual([person.user.id]);
  });

  it('ask which stems, and bring them to the same place', async () => {
    const { anna, discord } = world;
    const question = await anna.press(song, 'Stems').reply();
    expect(question.ephemeral).toBe(true);
    await anna.press(question, 'Basic').reply();
    const isStems = ({ attachments }: Message) => attachments.length > 1 && !song.text.includes('Stems of');
    await discord.until(
      () => discord.messages(place).some((one) => isStems(one) && !world.clipCards(place).includes(one)),
      {
        what: 'the stems',
      },
    );
  });
});

describe('a group', () => {
  it('gets the songs that its five follow-ups have room for; the others come by direct message', async () => {
    const { anna, discord } = world;
    const group = openGroup();
    const dm = discord.openDm(anna.user);
    const before = world.clipCards(dm).length;
    const sent = anna.command(group, 'batch', { prompt: 'many at once', count: 3 });
    const card = await sent.reply();
    const direct = (await world.untilClipCards(before + 1, dm)).slice(before);
    await discord.until(() => card.text.split(`/channels/@me/`).length === 7, {
      what: 'six links on the card',
    });
    expect(world.clipCards(group)).toHaveLength(5);
    expect(direct).toHaveLength(1);
    expect(sent.followUps).toHaveLength(5);
  });

  it('is told of songs after 15 minutes by a direct message, else finds them in the library', async () => {
    const { anna, discord } = world;
    const group = openGroup();
    const dm = discord.openDm(anna.user);
    const first = await beginSong(world, group);
    const before = world.clipCards(dm).length;
    world.advance(16 * MINUTE_MS);
    first.finish();
    await world.untilClipCards(before + 2, dm);
    expect(world.clipCards(group)).toEqual([]);

    anna.user.dmsOpen = false;
    const second = await beginSong(world, group);
    const gaveUp = () => world.log.filter(({ msg }) => msg === 'no route to the person').length;
    const gaveUpBefore = gaveUp();
    world.advance(16 * MINUTE_MS);
    second.finish();
    await vi.waitUntil(() => gaveUp() >= gaveUpBefore + 2, PATIENCE);
    anna.user.dmsOpen = true;
    const library = await anna.command(group, 'library').reply();
    expect(library.ephemeral).toBe(true);
    expect(library.text.match(/not posted yet/g)).toHaveLength(2);
    const shown = await anna.press(library, { customId: library.buttons[0]?.customId ?? '' }).reply();
    expect(shown.ephemeral).toBe(true);
    await discord.until(() => shown.attachments.length > 0, { what: 'the song' });
  });

  describe('with a song of one of them', () => {
    let hers: { readonly group: Channel; readonly song: Message; readonly clipIds: readonly string[] };
    beforeAll(async () => {
      const group = openGroup();
      const { songs, clipIds } = await makeIn(group, 'only hers');
      hers = { group, song: songs[0], clipIds };
    });

    it('cannot have it deleted by the bot, which says so', async () => {
      const { anna } = world;
      const menu = await anna.press(hers.song, 'More').reply();
      const word = await anna.press(menu, 'Delete').reply();
      expect(word.ephemeral).toBe(true);
      expect(word.text).toContain('I am no member of this place');
      expect(hers.song.deleted).toBe(false);
    });

    it('offers and finds it to nobody else', async () => {
      const { anna } = world;
      const { group, clipIds } = hers;
      const offered = async (person: Person) =>
        (await person.autocomplete(group, 'extend', { clip: 'only hers' }, 'clip')).map(({ value }) => value);
      expect((await offered(anna)).toSorted()).toEqual(clipIds.toSorted());
      expect(await offered(cleo)).toEqual([]);
      expect((await cleo.command(group, 'library', { search: 'only hers' }).reply()).text).toContain(
        'No song of yours',
      );
      const refused = await cleo.command(group, 'extend', { clip: clipIds[0] ?? '' }).reply();
      expect(refused.ephemeral).toBe(true);
      expect(refused.text).toContain('belongs to somebody else');
    });
  });

  it('has both entries of the menu of a message', async () => {
    const { anna, ben } = world;
    const group = openGroup();
    const draft = await anna.messageCommand(ben.say(group, 'the boat that waited'), 'Song from this').reply();
    expect(draft.ephemeral).toBe(true);
    expect(draft.text).toContain('the boat that waited');
    const file = { name: 'hum.mp3', contentType: 'audio/mpeg', data: await makeMp3(3, 64) };
    const menu = await anna.messageCommand(ben.say(group, '', [file]), 'Use this audio').reply();
    expect(menu.ephemeral).toBe(true);
    await untilSays(world, menu, 'hum.mp3');
  });

  it('has no settings of a server; those of the person are there', async () => {
    const { anna, discord } = world;
    for (const place of [openGroup(), discord.openDm(anna.user)]) {
      const refused = await anna.command(place, 'settings server').reply();
      expect(refused.ephemeral).toBe(true);
      expect(refused.text).toContain('These settings belong to a server');
      expect((await anna.command(place, 'settings me').reply()).text).toContain('Own MusicAPI key');
    }
  });
});

describe('a server that has not installed the app', () => {
  /** Anna may not show what her apps answer there. */
  function openStrict() {
    const { anna, ben, discord } = world;
    const guild = discord.addGuild({ name: 'Quiet please', installed: false });
    guild.addMember(anna.user, { permissions: USUAL_PERMISSIONS & ~PermissionFlagsBits.UseExternalApps });
    guild.addMember(ben.user);
    guild.addMember(cleo.user);
    return { guild, channel: guild.addChannel({ name: 'talk' }) };
  }

  it('where Discord hides the answers, the songs come all the same, and stay the own ones', async () => {
    const { anna, ben } = world;
    const { channel } = openStrict();
    const { card, songs, clipIds } = await makeIn(channel, 'hush');
    expect([card, ...songs].map(({ ephemeral }) => ephemeral)).toEqual([true, true, true]);
    expect(ben.sees(channel)).toEqual([]);
    const offered = async (person: Person) =>
      (await person.autocomplete(channel, 'extend', { clip: 'hush' }, 'clip')).map(({ value }) => value);
    expect((await offered(anna)).toSorted()).toEqual(clipIds.toSorted());
    expect(await offered(cleo)).toEqual([]);
    const refused = await cleo.command(channel, 'cover', { clip: clipIds[0] ?? '' }).reply();
    expect(refused.text).toContain('belongs to somebody else');
    const form = await anna.press(songs[0], 'Extend').modal();
    await anna.submit(form).reply();
    await world.untilClipCards(4, channel);
    expect(ben.sees(channel)).toEqual([]);
  });

  it('where it does not, others find them', async () => {
    const { anna, discord } = world;
    const guild = discord.addGuild({ name: 'Open house', installed: false });
    for (const { user } of [anna, cleo]) guild.addMember(user);
    const channel = guild.addChannel({ name: 'talk' });
    const { songs, clipIds } = await makeIn(channel, 'heard by all');
    expect(songs.map(({ ephemeral }) => ephemeral)).toEqual([false, false]);
    const offered = await cleo.autocomplete(channel, 'extend', { clip: 'heard' }, 'clip');
    expect(offered.map(({ value }) => value).toSorted()).toEqual(clipIds.toSorted());
  });
});
