import { PermissionFlagsBits } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { USUAL_PERMISSIONS } from '../../sandbox/discord/permissions.ts';
import type { Person } from '../../sandbox/discord/person.ts';
import { listPosts, openChannel, untilPrivate, untilSays } from '../support/evidence.ts';
import { createPostgresDatabase } from '../support/postgres.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import { createSqliteDatabase, type TestDatabase } from '../support/store.ts';
import type { TestWorld } from '../support/world.ts';

const DATABASES = [
  { name: 'SQLite', create: createSqliteDatabase },
  { name: 'PostgreSQL', create: createPostgresDatabase },
];

/** What MusicAPI would refuse, and what the server or the queue has no room for. */
describe.each(DATABASES)('refusals on $name', ({ create }) => {
  let database: TestDatabase;
  let world: TestWorld;
  /** German, in an English server. */
  let greta: Person;
  /** French, which is not among our languages. */
  let pierre: Person;

  beforeAll(async () => {
    database = await create();
    world = await startQuickWorld({
      env: {
        BUDGET_MEMBER_DAY: 'unlimited',
        BUDGET_SERVER_DAY: 'unlimited',
        SUBMIT_INTERVAL_MS: '60000',
        DATABASE_URL: database.databaseUrl,
      },
    });
    greta = addMember('Greta', 'de');
    pierre = addMember('Pierre', 'fr');
  });
  afterAll(async () => {
    await world.close();
    await database.remove();
  });

  function addMember(name: string, locale: string, permissions = USUAL_PERMISSIONS): Person {
    const user = world.discord.addUser({ name, locale });
    world.guild.addMember(user, { permissions });
    return world.discord.as(user);
  }

  async function refusalOf(person: Person, command: string, options: Parameters<Person['command']>[2]) {
    const refused = await person.command(openChannel(world, command), command, options).reply();
    expect(refused.ephemeral, refused.text).toBe(true);
    return refused.text.split('\n');
  }

  const lyricsOf = (text: string) => ({
    'lyrics-file': { name: 'lied.txt', contentType: 'text/plain', data: Buffer.from(text) },
  });

  it('name the lines of lyrics in the language of whoever wrote them', async () => {
    const lyrics = lyricsOf('[Verse\nla la\n[Chorus]\n\n[Bridge]\nla\n[Strofe]\nla');
    const german = await refusalOf(greta, 'compose', lyrics);
    expect(german[0]).toBe(
      '- Zeile 1: „\\[Verse“ hat keine eigene schließende Klammer. Schreib \\[Verse\\] in eine eigene Zeile.',
    );
    expect(german.join('\n')).toMatch(/Zeile 3: „\\\[Chorus\\\]“ hat keine Zeilen\./);
    expect(german.join('\n')).toContain('ist kein Abschnitt, den MusicAPI kennt.');
    const other = await refusalOf(pierre, 'compose', lyrics);
    expect(other[0]).toBe(
      '- Line 1: “\\[Verse” has no closing bracket of its own. Write \\[Verse\\] on a line of its own.',
    );
    expect(other).toHaveLength(german.length);
  });

  it('name what a file is that holds no lyrics', async () => {
    const german = await refusalOf(greta, 'compose', lyricsOf('%PDF-1.7\n'));
    expect(german).toEqual([
      'Die Datei ist ein PDF-Dokument. Speichere sie als reinen Text in UTF-8 und schick sie noch einmal.',
      'Nichts wurde ausgegeben.',
    ]);
    const zipped = await refusalOf(pierre, 'compose', lyricsOf('PK\u0003\u0004\u0000'));
    expect(zipped.at(-1)).toBe('Nothing was spent.');
  });

  it('name an engine that is gone, and options as the client shows them', async () => {
    const gone = await refusalOf(greta, 'create', { prompt: 'Regen', model: 'riffusion' });
    expect(gone[0]).toBe('MusicAPI hat die Engine riffusion eingestellt. Nimm stattdessen sonic.');
    const nuro = await refusalOf(greta, 'create', { prompt: 'Regen', engine: 'nuro', weirdness: 0.5 });
    expect(nuro[0]).toBe('Erstellen kennt mit der Engine nuro kein `eigenwilligkeit`. Lass es weg.');
  });

  it('count those that wait in the forms of the language', async () => {
    const place = openChannel(world, 'queue');
    for (let index = 0; index < 11; index += 1) {
      const card = await greta.command(place, 'create', { prompt: `Lied ${index}` }).reply();
      expect(card.ephemeral, card.text).toBe(false);
      await world.discord.until(() => listPosts(world, 'Lied').length === 1);
    }
    const one = await untilPrivate(world, greta.command(place, 'create', { prompt: 'eines mehr' }));
    expect(one.text).toMatch(
      /^Von dir stehen schon 10 Aufträge in der Warteschlange, und einer passt nicht mehr hinein\. Komm <t:\d+:R> wieder, wenn der nächste davon wahrscheinlich gesendet ist; \/aufträge zeigt deine\. Nichts wurde ausgegeben\.$/,
    );
    const more = await untilPrivate(world, greta.command(place, 'batch', { prompt: 'mehr', count: 2 }));
    expect(more.text).toMatch(
      /und 2 passen nicht mehr hinein\. .*wenn 2 davon wahrscheinlich gesendet sind;/,
    );
  });

  it('tell a member who is blocked, in a language that we have', async () => {
    const manager = addMember('Max', 'de', USUAL_PERMISSIONS | PermissionFlagsBits.ManageGuild);
    const credits = await manager.command(world.channel, 'credits').reply();
    const panel = await manager.press(credits, 'Mitglieder').reply();
    for (const person of [greta, pierre]) {
      manager.select(panel, 'Mitglied auswählen', [person.user.id]);
      await untilSays(world, panel, `${person.mention} auf diesem Server:`);
      manager.press(panel, 'Sperren');
      await untilSays(world, panel, 'Gesperrt: kann hier keine Songs machen.');
    }
    expect((await refusalOf(greta, 'create', { prompt: 'la' }))[0]).toMatch(
      /^Du kannst hier keine Songs machen: .* Nichts wurde ausgegeben; bitte darum, dass man dich entsperrt\.$/,
    );
    expect((await refusalOf(pierre, 'create', { prompt: 'la' }))[0]).toMatch(
      /^You cannot make songs here: .* Nothing was spent; ask them to unblock you\.$/,
    );
  });
});
