import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../sandbox/discord/person.ts';
import { listPosts, openChannel, untilSays } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import { makeMp3 } from '../support/real-audio.ts';
import type { TestWorld } from '../support/world.ts';

let world: TestWorld;
/** Members of an English server whose Discord is German, and French. */
let greta: Person;
let fleur: Person;

beforeAll(async () => {
  world = await startQuickWorld();
  greta = addMember('Greta', 'de');
  fleur = addMember('Fleur', 'fr');
});
afterAll(() => world.close());

function addMember(name: string, locale: string): Person {
  const user = world.discord.addUser({ name, locale });
  world.guild.addMember(user);
  return world.discord.as(user);
}

describe('a German member', () => {
  it('finds, fills in and sends commands under the names that the client shows', async () => {
    const channel = openChannel(world, 'erstellen');
    const options = {
      prompt: 'ein Leuchtturm',
      titel: 'Leuchtturm',
      gesang: 'weiblich',
      instrumental: false,
    };
    const card = await greta.command(channel, 'erstellen', options).reply();
    expect(card.ephemeral).toBe(false);
    await world.untilClipCards(2, channel);
    expect(listPosts(world, 'ein Leuchtturm').map(({ body }) => body)).toEqual([
      expect.objectContaining({ title: 'Leuchtturm', vocal_gender: 'f' }),
    ]);
  });

  it('is offered models in German, for what is typed under German names', async () => {
    const { channel } = world;
    const offered = async (person: Person, path: string, modell: string, name: string) =>
      await person.autocomplete(channel, path, { prompt: 'x', [name]: modell }, name);
    expect(await offered(greta, 'erstellen', '', 'modell')).toEqual([
      { name: 'Sonic v6', value: 'sonic-v6' },
      { name: 'Sonic v6 wild (experimenteller)', value: 'sonic-v6-wild' },
      { name: 'Sonic v6 mini (leichter und schneller)', value: 'sonic-v6-mini' },
    ]);
    expect(await offered(greta, 'erstellen', 'schneller', 'modell')).toEqual([
      { name: 'Sonic v6 mini (leichter und schneller)', value: 'sonic-v6-mini' },
    ]);
    expect((await offered(greta, 'erstellen', 'sonic-v5', 'modell'))[0]).toEqual({
      name: 'sonic-v5, gemacht mit sonic-v6',
      value: 'sonic-v5',
    });
    expect(await offered(world.anna, 'create', 'wild', 'model')).toEqual([
      { name: 'Sonic v6 wild (more experimental)', value: 'sonic-v6-wild' },
    ]);
  });

  it('is offered songs in German, and others the same songs in their language', async () => {
    const channel = openChannel(world, 'vorschlag');
    await greta.command(channel, 'erstellen', { prompt: 'Nebel', titel: 'Nebelhorn' }).reply();
    await world.untilClipCards(2, channel);
    const german = await greta.autocomplete(channel, 'verlängern', { clip: 'nebelh' }, 'clip');
    const english = await world.anna.autocomplete(channel, 'extend', { clip: 'nebelh' }, 'clip');
    const takesOf = (choices: typeof german) => choices.map(({ name }) => name.split(' · ')[1]).toSorted();
    expect(takesOf(german)).toEqual(['Take 1', 'Take 2']);
    expect(takesOf(english)).toEqual(['take 1', 'take 2']);
    expect(german.map(({ value }) => value)).toEqual(english.map(({ value }) => value));
  });

  it('reads /hilfe and /credits in German', async () => {
    const channel = openChannel(world, 'hilfe');
    const help = await greta.command(channel, 'hilfe').reply();
    expect(help.ephemeral).toBe(true);
    expect(help.text).toContain('`/erstellen`: Mach einen neuen Song nach einer Beschreibung');
    expect(help.text).toContain('`/persona` erstellen, singen, liste, vergessen: ');
    expect(help.text).not.toContain('/create');
    // The songs of an English server have English buttons.
    expect(help.text).toContain('die Knöpfe Extend, Cover, Stems und More');
    const credits = await greta.command(channel, 'credits').reply();
    expect(credits.text).toContain('In den letzten 24 Stunden:');
    expect(credits.text).toMatch(/- Du: \d+ Credits von 200 verbraucht, \d+ Credits übrig/);
    expect(credits.text).toContain('- Erstellen: 20 Credits');
  });

  it('is refused with the options and choices of the client, and nothing is spent', async () => {
    const channel = openChannel(world, 'hochladen');
    const posts = listPosts(world).length;
    const datei = { name: 'probe.mp3', data: await makeMp3(1, 64) };
    const reply = await greta.command(channel, 'hochladen', { datei, ab: '0:01', tags: 'Walzer' }).reply();
    expect(reply.ephemeral).toBe(true);
    expect(reply.text.split('\n')).toEqual([
      '- `ab` gehört zu `danach: verlängern`, und du hast `danach: nichts` gewählt. Ändere eins von beiden.',
      '- `tags` gehört zu `danach: verlängern` oder `danach: covern`, und du hast `danach: nichts` gewählt. Ändere eins von beiden.',
      'Nichts wurde ausgegeben.',
    ]);
    expect(listPosts(world)).toHaveLength(posts);
  });

  it('keeps a voice and forgets it', async () => {
    const channel = openChannel(world, 'stimmen');
    await greta.command(channel, 'erstellen', { prompt: 'Ebbe' }).reply();
    const [song] = await world.untilClipCards(2, channel);
    const options = { clip: song?.link, name: 'Möwe' };
    const kept = await greta.command(channel, 'persona erstellen', options).reply();
    // Everybody in an English server reads the card.
    await untilSays(world, kept, '**Möwe** can sing now.');
    const forgotten = await greta.command(channel, 'persona vergessen', { persona: 'Möwe' }).reply();
    expect(forgotten.text).toBe(
      '„Möwe“ ist vergessen und wird nicht mehr angeboten. Songs, die damit entstanden sind, bleiben.',
    );
  });
});

describe('a member whose language the bot does not speak', () => {
  it('reads English, with the names that the client shows', async () => {
    const help = await fleur.command(openChannel(world, 'aide'), 'help').reply();
    expect(help.text).toContain('`/create`: Make a new song from a description (10 to 20 credits)');
    expect(() => fleur.command(world.channel, 'erstellen', { prompt: 'x' })).toThrow('There is no command');
  });
});
