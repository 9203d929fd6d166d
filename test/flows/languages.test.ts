import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import type { Person } from '../../sandbox/discord/person.ts';
import { openChannel, untilPrivate, untilSays } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

const MINUTE_MS = 60_000;
const CREATE = { method: 'POST', path: /\/sonic\/create$/ } as const;

/** A German server with Anna, who speaks German, and Ben, who speaks English. */
let world: TestWorld;
beforeAll(async () => {
  world = await startQuickWorld({
    env: { BUDGET_MEMBER_DAY: 'unlimited', BUDGET_SERVER_DAY: 'unlimited' },
    // A song as WAV is larger than Discord takes here, as MP3 it is not.
    discord: { maxRequestBytes: 300_000 },
    musicApi: { lengths: { songSeconds: [2, 3] } },
  });
  world.guild.locale = 'de';
  world.anna.user.locale = 'de';
});
afterEach(() => {
  world.discord.clearFaults();
  world.musicApi.clearFaults();
});
afterAll(() => world.close());

const labelsOf = ({ buttons }: Message) => buttons.map(({ label }) => label);

async function ask(channel: Channel, person: Person = world.anna, title = 'Regen') {
  const sent = person.command(channel, 'create', { prompt: 'a song about rain', title });
  return { sent, card: await sent.reply() };
}

/** A song that is being made until `finish` is called. */
async function begin(channel: Channel, person?: Person) {
  world.musicApi.nextTask('never');
  const before = world.musicApi.tasks.length;
  const asked = await ask(channel, person);
  await world.discord.until(() => world.musicApi.tasks.length > before, { what: 'a task at MusicAPI' });
  const taskId = world.musicApi.tasks.at(-1)?.taskId ?? '';
  return { ...asked, finish: () => world.musicApi.setTask(taskId, []) };
}

/** A finished song. */
async function makeClip(channel: Channel, title?: string, person?: Person) {
  await ask(channel, person, title);
  const cards = await world.untilClipCards(2, channel);
  return { cards, clip: world.musicApi.tasks.at(-1)?.clips[0]?.clipId ?? '' };
}

describe('in a German server', () => {
  it('a request is followed in German from the beginning to the songs', async () => {
    const channel = openChannel(world, 'anfang');
    const { card, finish } = await begin(channel);
    await untilSays(world, card, 'In Arbeit.');
    expect(card.embeds[0]?.title).toBe('Erstellen: Regen');
    expect(card.text).toContain('Preis: 20 Credits');
    expect(card.text).toContain(`Für: ${world.anna.mention}`);
    expect(card.text).toContain('Wenn du nicht mehr wartest: 20 Credits bleiben ausgegeben;');
    expect(labelsOf(card)).toEqual(['Nicht mehr warten']);
    finish();
    const clips = await world.untilClipCards(2, channel);
    for (const clip of clips) {
      expect(labelsOf(clip).slice(0, 4)).toEqual(['Verlängern', 'Cover', 'Stems', 'Mehr']);
      expect(clip.buttons).toHaveLength(5);
    }
    expect(clips[0]?.text).toContain('dein Song ist fertig');
    expect(clips.map(({ attachments }) => attachments[0]?.title)).toEqual([
      'Regen - Take 1',
      'Regen - Take 2',
    ]);
    await untilSays(world, card, 'Fertig: ');
    expect(card.text).toMatch(/^Fertig: \[Regen, Take 1\]\(\S+\), \[Regen, Take 2\]\(\S+\)$/);
  });

  it('what waits is taken back in German', async () => {
    const channel = openChannel(world, 'warten');
    const pause = { status: 429, headers: { 'retry-after': '600' }, body: { error: 'Too many requests.' } };
    world.musicApi.fault({ ...CREATE, answer: pause });
    const { card } = await ask(channel);
    await untilSays(world, card, 'MusicAPI hat um eine Pause gebeten.');
    expect(card.text).toContain('in der Warteschlange, wartet seit 0:');
    expect(labelsOf(card)).toEqual(['Abbrechen']);
    const refusal = await world.ben.press(card, 'Abbrechen').reply();
    expect(refusal.text).toBe(
      `Only ${world.anna.mention}, who asked for this, or a moderator may cancel it.`,
    );
    world.anna.press(card, 'Abbrechen');
    await untilSays(world, card, `Abgebrochen von ${world.anna.mention}: Erstellen: Regen.`);
    expect(card.text).toContain('Nichts wurde ausgegeben.');
    world.advance(10 * MINUTE_MS);
  });

  it('nobody has to wait any more, in German', async () => {
    const channel = openChannel(world, 'aufhoeren');
    const { card, finish } = await begin(channel);
    await untilSays(world, card, 'In Arbeit.');
    world.anna.press(card, 'Nicht mehr warten');
    await untilSays(world, card, `${world.anna.mention} wartet nicht mehr: Erstellen: Regen.`);
    finish();
  });

  it('a failure is told in German: the end to everybody, the reason to the person', async () => {
    const channel = openChannel(world, 'fehler');
    const answer = { status: 403, body: { error: 'Your request contains inappropriate content.' } };
    world.musicApi.fault({ ...CREATE, answer });
    const { card, sent } = await ask(channel);
    await untilSays(
      world,
      card,
      'Nicht zustande gekommen. Nichts wurde ausgegeben.\nDer Grund wurde privat mitgeteilt.',
    );
    expect(card.text).toMatch(/Kennung: \w+/);
    expect(labelsOf(card)).toEqual(['Noch einmal versuchen', 'Bearbeiten']);
    const word = await untilPrivate(world, sent);
    expect(word.text).toContain('Die Moderation von MusicAPI hat den Text abgelehnt');
    expect(word.text).toMatch(/Nichts wurde ausgegeben\. Kennung: \w+$/);
    const form = await world.anna.press(card, 'Bearbeiten').modal();
    expect(form.title).toBe('Bearbeiten: Regen');
  });

  it('what nobody knows is told in German, with the price of another try', async () => {
    const channel = openChannel(world, 'ungewiss');
    world.musicApi.fault({ ...CREATE, answer: 'lose-answer' });
    const { card } = await ask(channel);
    await untilSays(world, card, 'Noch einmal versuchen: ein neuer Auftrag für 20 Credits.');
    expect(labelsOf(card)).toEqual(['Noch einmal versuchen', 'Bearbeiten']);
  });

  it('stems and their message are German', async () => {
    const channel = openChannel(world, 'stems');
    const { clip } = await makeClip(channel);
    const card = await world.anna.command(channel, 'stems', { clip, kind: 'basic' }).reply();
    await untilSays(world, card, 'Fertig: [Stems von Regen]');
    const message = world.discord.messages(channel).find(({ attachments }) => attachments.length === 4);
    expect(message?.text).toContain(`${world.anna.mention} Die Stems von **Regen** sind fertig: 4 Dateien`);
    expect(message?.text).toContain('Aus: [Regen]');
    expect(message && labelsOf(message)).toEqual(['Mehr']);
  });

  it('a song that cannot be fetched yet is told in German, to the operator in English', async () => {
    const channel = openChannel(world, 'host');
    // Discord delivers direct messages only between people who share a server.
    world.guild.addMember(world.discord.owner);
    world.musicApi.nextTask({ kind: 'other-host', host: 'http://media.example.com' });
    const { card } = await ask(channel);
    await untilSays(
      world,
      card,
      'die Audiodatei liegt auf einem Host, von dem ich nichts herunterladen darf',
    );
    expect(card.text).toContain('Regen, Take 1: fertig, aber noch nicht gepostet');
    const { discord } = world;
    const notice = await discord.until(() => discord.messages(discord.openDm(discord.owner))[0], {
      what: 'a word to the operator',
    });
    expect(notice.text).toContain('add it to `MUSICAPI_MEDIA_HOSTS`');
  });

  it('several songs have one German card', async () => {
    const channel = openChannel(world, 'serie');
    const card = await world.anna.command(channel, 'batch', { prompt: 'rain', count: 2 }).reply();
    await untilSays(world, card, '2 Songs: 2 fertig.');
    expect(card.embeds[0]?.title).toBe('Serie');
  });
});

describe('a tool in a German server', () => {
  let clip: string;
  beforeAll(async () => {
    ({ clip } = await makeClip(openChannel(world, 'werkzeug'), 'Bäume'));
  });

  it('/lyrics writes its card in German', async () => {
    const card = await world.anna.command(openChannel(world, 'texte'), 'lyrics', { about: 'rain' }).reply();
    await untilSays(world, card, '**Noch einmal** schreibt neue Entwürfe für 2 Credits.');
    expect(card.text).toContain('Songtext: rain (2 Credits)');
    expect(labelsOf(card)).toEqual(['Komponieren', 'Komponieren', 'Noch einmal']);
  });

  it('/tags writes its card in German', async () => {
    const card = await world.anna.command(openChannel(world, 'tags'), 'tags', { tags: 'rock' }).reply();
    await untilSays(world, card, '**Noch einmal** kostet 1 Credit.');
    expect(labelsOf(card)).toEqual(['Damit erstellen', 'Noch einmal']);
  });

  it('/inspect writes its card in German', async () => {
    const card = await world.anna.command(openChannel(world, 'hoeren'), 'inspect', { clip }).reply();
    await untilSays(world, card, 'Gesangsbereich: von 0:');
    await untilSays(world, card, ' BPM');
    expect(card.embeds[0]?.title).toBe('Untersuchen: Bäume');
    expect(card.text).toContain('Preis: 3 Credits');
  });

  it('/export writes its card in German', async () => {
    const options = { clip, format: 'mp3' };
    const card = await world.anna.command(openChannel(world, 'datei'), 'export', options).reply();
    await untilSays(world, card, 'Fertig und angehängt.');
    expect(card.attachments).toHaveLength(1);
  });

  it('/export says in German why a file is smaller', async () => {
    const options = { clip, format: 'wav' };
    const card = await world.anna.command(openChannel(world, 'kleiner'), 'export', options).reply();
    await untilSays(world, card, ' als zu groß abgelehnt; deshalb ist das hier eine');
    expect(card.text).toMatch(/Discord hat das Original \(0,\d MiB\)/);
    expect(card.text).toMatch(/\[Bäume\]\(\S+\) herunterladen/);
    expect(card.attachments).toHaveLength(1);
  });

  it('/export says in German why there is no file', async () => {
    world.musicApi.fault({ path: /^\/files\//, times: 'all', answer: { status: 404 } });
    const options = { clip, format: 'midi' };
    const card = await world.anna.command(openChannel(world, 'keine-datei'), 'export', options).reply();
    await untilSays(world, card, 'Die Datei kann nicht angehängt werden: MusicAPI gibt sie nicht heraus.');
    expect(labelsOf(card)).toEqual(['Noch einmal']);
  });

  it('/persona create writes its card in German, and refuses a stranger in theirs', async () => {
    const options = { clip, name: 'Ada' };
    const card = await world.anna.command(openChannel(world, 'stimme'), 'persona create', options).reply();
    await untilSays(world, card, '**Ada** kann jetzt singen.');
    expect(card.text).toContain('später geht es mit /persona singen');
    expect(labelsOf(card)).toEqual(['Singen']);
    const refusal = await world.ben.press(card, 'Singen').reply();
    expect(refusal.text).toContain('Only the person who made this voice can sing with it');
  });
});

describe('a person who speaks another language than the server', () => {
  it('reads privately what is theirs alone, while everybody reads the language of the server', async () => {
    const channel = openChannel(world, 'english-guest');
    const answer = { status: 403, body: { error: 'Your request contains inappropriate content.' } };
    world.musicApi.fault({ ...CREATE, answer });
    const { card, sent } = await ask(channel, world.ben);
    await untilSays(world, card, 'Nicht zustande gekommen. Nichts wurde ausgegeben.');
    expect(labelsOf(card)).toEqual(['Noch einmal versuchen', 'Bearbeiten']);
    const word = await untilPrivate(world, sent);
    expect(word.text).toContain("MusicAPI's moderation refused the text");
    expect(word.text).toMatch(/Nothing was spent\. Reference: \w+$/);
    const lyrics = await world.ben.command(channel, 'lyrics', { about: 'rain' }).reply();
    await untilSays(world, lyrics, '**Again** writes new drafts for 2 credits.');
    expect(labelsOf(lyrics)).toEqual(['Compose', 'Compose', 'Again']);
  });

  it('a German in an English server, too', async () => {
    const guild = world.discord.addGuild({ name: 'English', locale: 'en-GB' });
    guild.addMember(world.anna.user);
    const channel = guild.addChannel({ name: 'general' });
    const { card, finish } = await begin(channel);
    await untilSays(world, card, 'Being made.');
    const tasks = await world.anna.command(channel, 'tasks').reply();
    expect(tasks.text).toContain('Deine offenen Aufträge:');
    finish();
    const clips = await world.untilClipCards(2, channel);
    expect(clips[0] && labelsOf(clips[0]).slice(0, 4)).toEqual(['Extend', 'Cover', 'Stems', 'More']);
    await untilSays(world, card, 'Done: ');
  });

  it('/tasks speaks to each person', async () => {
    const channel = openChannel(world, 'auftraege');
    const annas = await begin(channel);
    const bens = await begin(channel, world.ben);
    await untilSays(world, annas.card, 'In Arbeit.');
    await untilSays(world, bens.card, 'In Arbeit.');
    const mine = await world.anna.command(channel, 'tasks').reply();
    expect(mine.text).toMatch(/^Deine offenen Aufträge:\n.*Erstellen: Regen.*, in Arbeit seit 0:/s);
    expect(mine.text).toContain('20 Credits');
    expect(labelsOf(mine)).toEqual(['Nicht mehr warten']);
    const theirs = await world.ben.command(channel, 'tasks').reply();
    expect(theirs.text).toMatch(/^Your open tasks:\n.*Create: Regen.*, being made for 0:/s);
    expect(labelsOf(theirs)).toEqual(['Stop waiting']);
    annas.finish();
    bens.finish();
    await world.untilClipCards(4, channel);
    expect((await world.anna.command(channel, 'tasks').reply()).text).toBe(
      'Du hast keine offenen Aufträge. Mit /erstellen fängst du einen an.',
    );
  });

  it('the server may change its language meanwhile', async () => {
    const channel = openChannel(world, 'wechsel');
    world.guild.locale = 'en-US';
    try {
      const { cards } = await makeClip(channel);
      expect(cards[0] && labelsOf(cards[0])[0]).toBe('Extend');
    } finally {
      world.guild.locale = 'de';
    }
    const { cards } = await makeClip(openChannel(world, 'zurueck'));
    expect(cards[0] && labelsOf(cards[0])[0]).toBe('Verlängern');
  });
});

/** After these the tokens of all requests before are dead. */
describe('when much time has passed', () => {
  const directMessages = ({ user }: Person) => world.discord.messages(world.discord.openDm(user));

  it('songs come by direct message in the language of the person', async () => {
    const channel = openChannel(world, 'geschlossen');
    const { card, finish } = await begin(channel, world.ben);
    await untilSays(world, card, 'In Arbeit.');
    channel.setBotPermissions({ without: ['SendMessages'] });
    world.advance(16 * MINUTE_MS);
    finish();
    const clips = await world.untilClipCards(2, world.discord.openDm(world.ben.user));
    expect(clips[0] && labelsOf(clips[0]).slice(0, 4)).toEqual(['Extend', 'Cover', 'Stems', 'More']);
    expect(clips[0]?.text).toContain('Your song is ready');
  });

  it('a question comes by direct message in the language of the person', async () => {
    const elsewhere = world.discord.addGuild({ name: 'Anderswo', installed: false, locale: 'de' });
    elsewhere.addMember(world.ben.user);
    world.ben.user.installsApp = true;
    const channel = elsewhere.addChannel({ name: 'general' });
    const isInDoubt = () => world.log.some(({ msg }) => msg === 'not known whether posted');
    expect(isInDoubt()).toBe(false);
    world.discord.fault({ method: 'POST', route: /^\/webhooks\/\d+\/[^/]+$/, answer: 'lose-answer' });
    world.musicApi.nextTask('half');
    await ask(channel, world.ben);
    await expect.poll(isInDoubt).toBe(true);
    world.advance(16 * MINUTE_MS);
    const question = await world.discord.until(
      () => directMessages(world.ben).find((message) => labelsOf(message).includes('It is there')),
      { what: 'the question in a direct message' },
    );
    expect(question.text).toContain('may or may not have been posted');
  });

  it('a file comes by direct message in the language of the person', async () => {
    const { clip } = await makeClip(openChannel(world, 'bens'), 'Trees', world.ben);
    const elsewhere = world.discord.addGuild({ name: 'Woanders', installed: false, locale: 'de' });
    elsewhere.addMember(world.ben.user);
    const pause = { status: 429, body: { message: 'slow down' }, headers: { 'retry-after': '1000' } };
    world.musicApi.fault({ path: /\/sonic\/wav$/, answer: pause });
    const channel = elsewhere.addChannel({ name: 'general' });
    const card = await world.ben.command(channel, 'export', { clip, format: 'wav' }).reply();
    await untilSays(world, card, 'MusicAPI hat um eine Pause gebeten.');
    world.advance(17 * MINUTE_MS);
    const message = await world.discord.until(
      () => directMessages(world.ben).find(({ text }) => text.includes('WAV: Trees')),
      { what: 'the file in a direct message' },
    );
    expect(message.text).toContain('Made, and attached.\nDiscord refused the original');
    expect(message.attachments).toHaveLength(1);
  });

  it('a task that takes too long is told in German', async () => {
    const { card, finish } = await begin(openChannel(world, 'spaet'));
    await untilSays(world, card, 'In Arbeit.');
    world.advance(61 * MINUTE_MS);
    await untilSays(world, card, 'Ich sehe noch 24 Stunden lang nach, immer seltener');
    expect(card.text).toContain('20 Credits bleiben ausgegeben, außer es kommt nicht zustande.');
    const word = await world.discord.until(
      () => directMessages(world.anna).find(({ text }) => text.includes('noch nicht fertig')),
      { what: 'a word' },
    );
    expect(word.text).toMatch(/^MusicAPI ist nach 1:01:\d\d noch nicht fertig\./);
    finish();
  });
});
