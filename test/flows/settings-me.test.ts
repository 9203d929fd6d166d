import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/message-view.ts';
import type { Person } from '../../sandbox/discord/person.ts';
import { listPosts, openChannel, untilSays } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

const ANNAS_KEY = 'annas-own-musicapi-key';

let world: TestWorld;

async function open(person: Person, section: string, where = world.channel): Promise<Message> {
  const panel = await person.command(where, 'settings me').reply();
  person.select(panel, 'What do you want to change?', [section]);
  await untilSays(world, panel, `**${section}**`);
  return panel;
}

async function choose(person: Person, panel: Message, menu: string, value: string, says: string) {
  person.select(panel, menu, [value]);
  await untilSays(world, panel, says);
}

beforeAll(async () => {
  world = await startQuickWorld({
    env: { BUDGET_MEMBER_DAY: 'unlimited', ENCRYPTION_KEY: randomBytes(32).toString('base64') },
  });
  world.musicApi.addKey({ key: ANNAS_KEY, credits: 300 });
});
afterAll(() => world.close());

describe('/settings me', () => {
  it('shows everything that a person can set, to them alone, everywhere', async () => {
    const { anna, channel, discord } = world;
    for (const place of [channel, discord.openDm(anna.user)]) {
      const panel = await anna.command(place, 'settings me').reply();
      expect(panel.ephemeral).toBe(true);
      expect(panel.embeds[0]?.description?.split('\n')).toEqual([
        '**Engine:** none set, so as the server has it',
        '**Model:** none set, so as the server has it',
        '**Voice:** any',
        '**Instrumental:** with vocals',
        '**Copies:** none; songs go where the server wants them',
        '**Notifications:** I notify you',
        '**Language:** as Discord says',
        '**Own MusicAPI key:** none, so the operator of this bot pays',
      ]);
      expect(panel.content).toBe('They hold for you in every server.');
    }
  });

  it('engine, model and voice are those of the next song, where nothing else is said', async () => {
    const { anna, ben, channel } = world;
    const panel = await open(anna, 'Engine and model');
    await choose(anna, panel, 'Engine', 'sonic', 'Changed. **Engine:** sonic (before: none set');
    await choose(anna, panel, 'Model', 'sonic-v6-wild', 'Changed. **Model:** sonic-v6-wild');
    anna.select(panel, 'What do you want to change?', ['Voice']);
    await untilSays(world, panel, '**Voice**');
    await choose(anna, panel, 'Voice', 'female', 'Changed. **Voice:** female (before: any).');
    await anna.command(channel, 'create', { prompt: 'as anna likes it' }).reply();
    await ben.command(channel, 'create', { prompt: 'as it comes' }).reply();
    const bodyOf = async (prompt: string) =>
      (await world.discord.until(() => listPosts(world, prompt)[0], { what: prompt })).body;
    expect(await bodyOf('as anna likes it')).toMatchObject({ mv: 'sonic-v6-wild', vocal_gender: 'f' });
    expect(await bodyOf('as it comes')).not.toHaveProperty('vocal_gender');

    await choose(anna, panel, 'With or without vocals', 'yes', '**Instrumental:** always without vocals');
    await anna.command(channel, 'create', { prompt: 'without a word' }).reply();
    expect(await bodyOf('without a word')).toMatchObject({ make_instrumental: true });
    await choose(anna, panel, 'With or without vocals', '-', '**Instrumental:** with vocals (before: always');
    await choose(anna, panel, 'Voice', '-', '**Voice:** any (before: female).');
  });

  it('copies and notifications', async () => {
    const { anna, discord } = world;
    const channel = openChannel(world, 'quiet');
    const panel = await open(anna, 'Copies');
    await choose(anna, panel, 'Copies', 'direct-message-too', '**Copies:** as a direct message too (before:');
    anna.select(panel, 'What do you want to change?', ['Notifications']);
    await untilSays(world, panel, '**Notifications**');
    await choose(
      anna,
      panel,
      'Notifications',
      'no',
      '**Notifications:** I do not notify you (before: I notify',
    );
    await anna.command(channel, 'create', { prompt: 'a quiet song' }).reply();
    const cards = await world.untilClipCards(2, channel);
    expect(cards.flatMap(({ pinged }) => pinged)).toEqual([]);
    await world.untilClipCards(2, discord.openDm(anna.user));
    await choose(anna, panel, 'Notifications', 'yes', '**Notifications:** I notify you (before:');
  });

  it('language: from the answer to the choice on, whatever Discord says; a choice made twice changes nothing', async () => {
    const { ben, channel } = world;
    const panel = await open(ben, 'Language');
    const old = await open(ben, 'Language');
    await choose(ben, panel, 'Language', 'de', 'Geändert. **Sprache:** Deutsch (vorher: wie in Discord');
    expect(panel.text).toContain('Deine Einstellungen');
    expect((await ben.command(channel, 'tasks').reply()).text).toContain('keine offenen Aufträge');
    // The other panel was opened before.
    await choose(ben, old, 'Language', 'en', 'Jemand hat das geändert, seit du es gesehen hast');
    await choose(ben, old, 'Sprache', 'de', 'Nichts wurde geändert: Es ist schon so.');
    await choose(ben, old, 'Sprache', '-', 'Changed. **Language:** as Discord says (before: Deutsch).');
    expect((await ben.command(channel, 'tasks').reply()).text).toContain('no open tasks');
  });

  it('own key: refused ones leave nothing; it pays in direct messages too, and is never shown', async () => {
    const { anna, discord } = world;
    const dm = discord.openDm(anna.user);
    const refused = await anna.command(dm, 'create', { prompt: 'nobody pays' }).reply();
    expect(refused.text).not.toContain('Queued');
    const panel = await open(anna, 'Own MusicAPI key', dm);
    expect(panel.text).toContain('in every server and in direct messages, and no budget limits you');
    const form = await anna.press(panel, 'Set a key').modal();
    const wrong = await anna.submit(form, { Key: 'nobody-knows-this-key' }).reply();
    expect(wrong.text).toContain('MusicAPI does not take this key');
    const malformed = await anna.submit(form, { Key: 'two words, and more of them' }).reply();
    expect(malformed.text).toContain('This is no key');
    expect(panel.text).toContain('none, so the operator of this bot pays');

    anna.submit(form, { Key: ANNAS_KEY });
    await untilSays(world, panel, 'MusicAPI has taken the key. Balance: 300 credits.');
    await anna.command(dm, 'create', { prompt: 'paid by anna' }).reply();
    const post = await discord.until(() => listPosts(world, 'paid by anna')[0]);
    expect(post.key).toBe(ANNAS_KEY);
    await world.untilClipCards(4, dm);

    world.musicApi.revokeKey(ANNAS_KEY);
    await anna.command(dm, 'create', { prompt: 'refused later' }).reply();
    await discord.until(() =>
      world.log.some(({ msg }) => msg?.includes('does not take an own key any more')),
    );
    const later = await open(anna, 'Own MusicAPI key', dm);
    expect(later.text).toContain('MusicAPI does not take it any more: replace or remove it');
    anna.press(later, 'Remove it');
    await untilSays(world, later, 'The key was removed.');
    expect(later.text).toContain('none, so the operator of this bot pays');
    expect(JSON.stringify(world.log)).not.toContain(ANNAS_KEY);
    expect(discord.describe()).not.toContain(ANNAS_KEY);
  });

  it('without ENCRYPTION_KEY says how own keys are switched on', async () => {
    await world.stopBot();
    await world.startBot({ ENCRYPTION_KEY: '' });
    const panel = await open(world.anna, 'Own MusicAPI key');
    expect(panel.text).toContain('has to set ENCRYPTION_KEY to 32 random bytes');
    expect(panel.buttons).toEqual([]);
  });
});
