import { PermissionFlagsBits } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Modal } from '../../sandbox/discord/client-modal.ts';
import type { Guild } from '../../sandbox/discord/guild.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { USUAL_PERMISSIONS } from '../../sandbox/discord/permissions.ts';
import type { Person } from '../../sandbox/discord/person.ts';
import type { Sent } from '../../sandbox/discord/sent.ts';
import { listPosts, openChannel, untilPrivate, untilSays } from '../support/evidence.ts';
import { createPostgresDatabase } from '../support/postgres.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import { runSql } from '../support/run-sql.ts';
import { createSqliteDatabase, type TestDatabase } from '../support/store.ts';
import type { TestWorld } from '../support/world.ts';

/** Ten songs cost more than that; one after the other they fit. */
const BUDGET = '199';

const DATABASES = [
  { name: 'SQLite', create: createSqliteDatabase },
  { name: 'PostgreSQL', create: createPostgresDatabase },
];

function labelsOf({ buttons }: Message): readonly string[] {
  return buttons.map(({ label }) => label);
}

function fieldsOf({ fields }: Modal): readonly string[] {
  return fields.map(({ label }) => label);
}

/** The button of a message by what it does, whatever it is called. */
function buttonOf({ buttons }: Message, action: string): { readonly customId: string } {
  const customId = buttons.find((button) => button.customId?.split(':')[1] === action)?.customId;
  if (!customId) throw new Error(`no button ${action}`);
  return { customId };
}

/** Where an answer may come at once or after a look-up, and is private in any case. */
async function privateReply(sent: Sent): Promise<Message> {
  const reply = await sent.reply();
  expect(reply.ephemeral, reply.text).toBe(true);
  return reply;
}

describe.each(DATABASES)('on $name', ({ create }) => {
  let database: TestDatabase;
  let world: TestWorld;
  /** A member whose Discord is German, of an English server and of a German one. */
  let greta: Person;
  /** A server that is German, with a channel and two songs in it. */
  let guild: Guild;
  let channel: Channel;
  let songs: readonly [Message, Message];

  beforeAll(async () => {
    database = await create();
    world = await startQuickWorld({ env: { BUDGET_MEMBER_DAY: BUDGET, DATABASE_URL: database.databaseUrl } });
    guild = world.discord.addGuild({ name: 'Klangwerk', locale: 'de' });
    channel = guild.addChannel({ name: 'lieder' });
    greta = addMember('Greta', 'de');
    guild.addMember(greta.user);
    guild.addMember(world.anna.user);
    const made = greta.command(channel, 'compose', {
      title: 'Regenlied',
      tags: 'folk, piano',
      'lyrics-file': {
        name: 'regen.txt',
        contentType: 'text/plain',
        data: Buffer.from('[Verse]\nRegen fällt'),
      },
    });
    await made.reply();
    const [first, second] = await world.untilClipCards(2, channel);
    if (!first || !second) throw new Error('two songs were made');
    songs = [first, second];
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

  describe('what a German member types', () => {
    it('is refused in German, opens in a German form with Bearbeiten, and is made from there', async () => {
      const place = openChannel(world, 'too-long');
      const prompt = 'p'.repeat(401);
      const refused = await privateReply(
        greta.command(place, 'create', { prompt, duration: 'lang', avoid: 'drums' }),
      );
      expect(refused.text.split('\n')).toEqual([
        '- „lang“ ist keine Zeit für `dauer`. Schreib sie als 1:30, 90 oder 90s.',
        expect.stringMatching(/^- .*400 Zeichen.*401/),
        'Nichts wurde ausgegeben.',
      ]);
      expect(labelsOf(refused)).toEqual(['Bearbeiten']);
      const form = await greta.press(refused, 'Bearbeiten').modal();
      expect(form.title).toBe('Bearbeiten');
      expect(fieldsOf(form)).toEqual(['Prompt', 'Tags', 'Titel', 'Dauer', 'Vermeiden']);
      expect(form.field('Tags').description).toBe('Stil, Instrumente, Stimmung.');
      const still = await privateReply(greta.submit(form, { Prompt: 'kurz', Dauer: 'ewig' }));
      expect(still.text).toContain('„ewig“ ist keine Zeit für `Dauer`.');
      const again = await greta.press(still, 'Bearbeiten').modal();
      expect(again.field('Dauer').value).toBe('ewig');
      const card = await greta.submit(again, { Dauer: '1:30' }).reply();
      expect(card.ephemeral).toBe(false);
      await world.discord.until(() => listPosts(world, 'kurz').length === 1);
      expect(listPosts(world, 'kurz')[0]?.body).toMatchObject({ negative_tags: 'drums' });
    });

    it('may go with Trotzdem senden where it is only worth a look', async () => {
      const place = openChannel(world, 'worth-a-look');
      const warned = await privateReply(
        greta.command(place, 'create', { prompt: 'eine Ballade', tags: 'im Stil von Taylor Swift' }),
      );
      expect(warned.text).toContain('Taylor Swift');
      expect(warned.text).toMatch(
        /Nichts wurde ausgegeben\. Du kannst es auch so lassen: „Trotzdem senden“ kostet 20 Credits\.$/,
      );
      expect(labelsOf(warned)).toEqual(['Trotzdem senden', 'Bearbeiten']);
      const presses = [greta.press(warned, 'Trotzdem senden'), greta.press(warned, 'Trotzdem senden')];
      const said = await Promise.all(presses.map((press) => press.reply()));
      expect(said.map(({ ephemeral }) => ephemeral).sort()).toEqual([false, true]);
      expect(said.find(({ ephemeral }) => ephemeral)?.text).toMatch(
        /^Das wurde schon in Auftrag gegeben, also wurde nichts weiter ausgegeben/,
      );
      await world.discord.until(() => listPosts(world, 'eine Ballade').length === 1);
    });

    it('is refused by budgets in the language of each, also when both ask at the same moment', async () => {
      const place = openChannel(world, 'batches');
      const batch = { prompt: 'viele', count: 10 };
      const asked = Array.from({ length: 4 }, (_, index) =>
        (index % 2 === 0 ? greta : world.anna).command(place, 'batch', batch),
      );
      const words = await Promise.all(asked.map((sent) => untilPrivate(world, sent)));
      const [german, english, alsoGerman, alsoEnglish] = words.map(({ text }) => text);
      expect(german).toMatch(/^Dein Budget beträgt 199 Credits.*Nichts wurde ausgegeben\.$/);
      expect(english).toMatch(/^Your budget is 199 credits.*Nothing was spent\.$/);
      expect([alsoGerman, alsoEnglish]).toEqual([german, english]);
      expect(labelsOf(words[0] as Message)).toEqual(['Bearbeiten']);
    });

    it('is asked for in servers: elsewhere the sentence is German too, and English for a language nobody knows', async () => {
      const pierre = addMember('Pierre', 'fr');
      const inGerman = await privateReply(
        greta.command(world.discord.openDm(greta.user), 'create', { prompt: 'la' }),
      );
      expect(inGerman.text).toMatch(/^Songs mache ich nur auf Servern, nicht in Direktnachrichten\./);
      const inEnglish = await privateReply(
        pierre.command(world.discord.openDm(pierre.user), 'create', { prompt: 'la' }),
      );
      expect(inEnglish.text).toMatch(/^I make songs in servers only, not in direct messages\./);
    });

    it('is told in German what is wrong with a file that is no audio', async () => {
      const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk', 'base64');
      const file = { name: 'lied.mp3', contentType: 'audio/mpeg', data: png };
      const refused = await untilPrivate(
        world,
        greta.command(openChannel(world, 'picture'), 'upload', { file }),
      );
      expect(refused.text).toMatch(/^Das ist kein Audio.*Bild \(PNG\)\. .*\nNichts wurde ausgegeben\.$/);
      expect(labelsOf(refused)).toEqual(['Bearbeiten']);
      const form = await greta.press(refused, 'Bearbeiten').modal();
      expect(form.fields.map(({ label, description }) => [label, description]).at(-1)).toEqual([
        'Datei',
        'Bleibt das Feld leer: weiterhin lied.mp3.',
      ]);
    });

    it('is told in German that a button belongs to another version of the bot', async () => {
      const place = openChannel(world, 'old-button');
      const { apiUrl, token } = world.discord;
      const button = { type: 2, style: 2, label: 'Alt', custom_id: '0:extend:sonic' };
      const response = await fetch(`${apiUrl}/v10/channels/${place.id}/messages`, {
        method: 'POST',
        headers: { authorization: `Bot ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ content: 'früher', components: [{ type: 1, components: [button] }] }),
      });
      expect(response.status).toBe(200);
      const shown = world.discord.messages(place).find(({ text }) => text === 'früher') as Message;
      const refused = await privateReply(greta.press(shown, 'Alt'));
      expect(refused.text).toBe(
        'Dieser Knopf gehört zu einer anderen Version des Bots. Nimm stattdessen den Befehl: /hilfe nennt alle.',
      );
    });

    it('names no clip and no voice: both are said in German, and what is offered is German too', async () => {
      const place = openChannel(world, 'names');
      const noClip = await privateReply(greta.command(place, 'remaster', { clip: 'mein Lied' }));
      expect(noClip.text).toMatch(/^Das ist kein Clip\. /);
      const noVoice = await untilPrivate(
        world,
        greta.command(place, 'persona sing', { persona: 'Oma', prompt: 'ein Schlaflied' }),
      );
      expect(noVoice.text).toContain('Du hast keine Stimme „Oma“.');
      expect(noVoice.text).toContain('/persona erstellen');
      const voices = await privateReply(greta.command(place, 'persona list'));
      expect(voices.text).toMatch(/^Du hast noch keine Stimmen\./);
      const choices = await greta.autocomplete(channel, 'remaster', { clip: 'Regen' }, 'clip');
      expect(choices.map(({ name }) => name)).toEqual([
        expect.stringMatching(/^Regenlied · Take \d · /),
        expect.stringMatching(/^Regenlied · Take \d · /),
      ]);
    });
  });

  describe('a card in a German server', () => {
    it('has German buttons, whose forms are in the language of whoever presses', async () => {
      const [song] = songs;
      expect(labelsOf(song)).toEqual(['Verlängern', 'Cover', 'Stems', 'Mehr', '0']);
      const german = await greta.press(song, 'Verlängern').modal();
      expect(german.title).toBe('Verlängern: Regenlied');
      expect(fieldsOf(german)).toEqual(['Ab', 'Songtext', 'Tags', 'Titel']);
      expect(german.field('Songtext').description).toBe('Leer: der eigene Songtext des Clips.');
      const english = await world.anna.press(song, 'Verlängern').modal();
      expect(english.title).toBe('Extend: Regenlied');
      expect(fieldsOf(english)).toEqual(['From', 'Lyrics', 'Tags', 'Title']);
      expect(english.fields.map(({ value }) => value)).toEqual(german.fields.map(({ value }) => value));
      const refused = await privateReply(greta.submit(german, { Ab: '59:00' }));
      expect(refused.text).toContain('59:00 liegt hinter dem Ende: Der Clip ist');
    });

    it('asks in German for the stems, and opens a German menu with Mehr', async () => {
      const [song] = songs;
      const question = await privateReply(greta.press(song, 'Stems'));
      expect(question.text).toMatch(
        /^Welche Stems von \*\*Regenlied\*\*\?\n- Einfach: .* Credits\.\n- Vollständig: /,
      );
      expect(labelsOf(question)).toEqual(['Einfach', 'Vollständig']);
      const menu = await privateReply(greta.press(song, 'Mehr'));
      expect(menu.text).toMatch(
        /^Was soll mit \*\*Regenlied\*\* geschehen\?\n- Noch einmal: dieselbe Anfrage/,
      );
      expect(menu.text).toContain('\nNicht mit diesem Clip:\n');
      expect(menu.text).not.toMatch(/\b(this|only|works|the)\b/);
      expect(labelsOf(menu)[0]).toBe('Noch einmal');
      expect(labelsOf(menu).slice(-2)).toEqual(['Clip-ID', 'Löschen']);
      greta.press(menu, 'Clip-ID');
      await untilSays(world, menu, 'Die ID dieses Clips, für die Option `clip` von Befehlen:');
    });

    it('is deleted only by whoever it is for, or a moderator, and says so in the language of whoever tries', async () => {
      const [, song] = songs;
      const menu = await world.anna.press(song, 'Mehr').reply();
      expect(menu.text).toContain('What to do with **Regenlied**?');
      const refused = await untilPrivate(world, world.anna.press(menu, 'Delete'));
      expect(refused.text).toBe(`Only ${greta.mention} who asked for it, or a moderator, may delete this.`);
    });

    it('is read back in any language when nobody else knows the clip, also after the server has changed its own', async () => {
      const [song] = songs;
      const clipId = buttonOf(song, 'extend').customId.split(':').at(-1);
      await runSql(world.env.DATABASE_URL, `delete from clips where clip_id = '${clipId}'`);
      guild.locale = 'en-US';
      for (const [person, labels] of [
        [world.anna, ['Tags', 'Lyrics', 'Strength', 'Title']],
        [greta, ['Tags', 'Songtext', 'Stärke', 'Titel']],
      ] as const) {
        const form = await person.press(song, 'Cover').modal();
        expect(fieldsOf(form)).toEqual(labels);
        expect(form.field('tags').value).toBe('folk, piano');
        expect(form.field('title').value).toBe('Regenlied');
        const menu = await privateReply(person.press(song, 'Mehr'));
        expect(menu.embeds[0]?.title).toBe('Regenlied');
        const extended = await person.press(menu, buttonOf(menu, 'extend')).modal();
        expect(extended.field('tags').value).toBe('folk, piano');
        expect(extended.field('atSeconds').value).toMatch(/^0:0\d$/);
      }
      const quoted = await privateReply(world.anna.press(song, 'Mehr'));
      expect(quoted.embeds[0]?.fields?.map(({ name }) => name)).toEqual(['Tags', 'Engine', 'Length']);
    });
  });

  describe('the panel for members in German', () => {
    it('takes German words for amount and period, and tells in German what was done', async () => {
      const manager = addMember('Max', 'de', USUAL_PERMISSIONS | PermissionFlagsBits.ManageGuild);
      const credits = await manager.command(world.channel, 'credits').reply();
      const panel = await manager.press(credits, buttonOf(credits, 'members')).reply();
      expect(panel.text).toBe('Wessen Regeln willst du sehen oder ändern?');
      manager.select(panel, 'Mitglied auswählen', [world.ben.user.id]);
      await untilSays(world, panel, `${world.ben.mention} auf diesem Server:\n- Nicht gesperrt.`);
      expect(labelsOf(panel)).toEqual(['Gewähren', 'Zurücksetzen', 'Sperren', 'Entsperren']);
      const form = await manager.press(panel, 'Gewähren').modal();
      expect(form.title).toBe('Gewähren');
      expect(form.field('Zeitraum').value).toBe('Tag');
      const wrong = await privateReply(manager.submit(form, { Menge: 'viel', Zeitraum: 'Jahr' }));
      expect(wrong.text.split('\n')).toEqual([
        '- Die Menge ist eine ganze Zahl von Credits, oder unbegrenzt.',
        '- Der Zeitraum ist Tag, Woche, Monat oder eine Zahl von Stunden, etwa 12h.',
        'Nichts wurde ausgegeben.',
      ]);
      manager.submit(form, { Menge: '1000', Zeitraum: 'Woche' });
      await untilSays(world, panel, 'Gewährt: 1.000 Credits pro Woche');
      manager.submit(form, { Menge: 'unbegrenzt', Zeitraum: '12 Stunden' });
      await untilSays(world, panel, 'Gewährt: unbegrenzt viele Credits');
      expect(panel.text).toContain('12 Stunden');
      manager.press(panel, 'Sperren');
      await untilSays(world, panel, 'Gesperrt: kann hier keine Songs machen.');
      manager.press(panel, 'Entsperren');
      await untilSays(world, panel, 'Entsperrt.');
    });
  });

  describe('what cannot be kept', () => {
    it('is handed back with a German word and name', async () => {
      const place = openChannel(world, 'not-kept');
      await runSql(world.env.DATABASE_URL, 'drop table cache');
      const refused = await privateReply(greta.command(place, 'create', { prompt: 'p'.repeat(401) }));
      expect(refused.text).toMatch(/\nWas du geschrieben hast, steht in der angehängten Datei\.$/);
      expect(refused.attachments.map(({ name }) => name)).toEqual(['was-du-geschrieben-hast.txt']);
      expect(refused.buttons).toEqual([]);
    });
  });
});
