import { createHash } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/message-view.ts';
import type { Person } from '../../sandbox/discord/person.ts';
import { saveArchived } from '../../src/store/archive.ts';
import { saveClips } from '../../src/store/clips.ts';
import { wishDeparture } from '../../src/store/departures.ts';
import { HOLDINGS } from '../store/suites/privacy-columns.ts';
import { clipOf } from '../store/support.ts';
import { listPosts, openChannel, untilSays } from '../support/evidence.ts';
import { type HouseRules, openHouseRules } from '../support/house-rules.ts';
import { createPostgresDatabase } from '../support/postgres.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import { readZip } from '../support/read-zip.ts';
import { createSqliteDatabase, type TestDatabase } from '../support/store.ts';
import type { TestWorld } from '../support/world.ts';

/** Stands in everything that is typed here. */
const MARK = 'wombat';

describe.each([
  ['SQLite', createSqliteDatabase],
  ['PostgreSQL', createPostgresDatabase],
] as const)('privacy, on %s', (_name, createDatabase) => {
  let database: TestDatabase;
  let world: TestWorld;
  let house: HouseRules;

  beforeAll(async () => {
    database = await createDatabase();
    world = await startQuickWorld({
      env: {
        DATABASE_URL: database.databaseUrl,
        BUDGET_MEMBER_DAY: '120',
        BUDGET_SERVER_DAY: 'unlimited',
        LOG_LEVEL: 'info',
      },
    });
    house = await openHouseRules(world);
  });
  afterAll(async () => {
    await house.close();
    await world.close();
    await database.remove();
  });

  /** A member of their own for every test, so that none has to wait for another one's credits. */
  function join(name: string, locale = 'en-US'): Person {
    const user = world.discord.addUser({ name, locale });
    world.guild.addMember(user);
    return world.discord.as(user);
  }

  /** Has somebody make a song; gives its two cards. */
  async function make(person: Person, name: string): Promise<readonly [Message, Message]> {
    const channel = openChannel(world, name);
    const text = `${MARK} ${name}`;
    person.command(channel, 'create', {
      prompt: `${text} prompt`,
      title: `${text} title`,
      tags: `${text} tags`,
    });
    return (await world.untilClipCards(2, channel)) as [Message, Message];
  }

  /** How many songs are kept as files. */
  async function countFiles(): Promise<number> {
    return (await readdir(world.env.MEDIA_DIR ?? '').catch(() => [])).length;
  }

  async function askToDelete(person: Person): Promise<Message> {
    return await person.command(world.channel, 'privacy delete', {}).reply();
  }

  async function leave(person: Person): Promise<Message> {
    const question = await askToDelete(person);
    const answer = await person.press(question, 'Delete everything').reply();
    await untilSays(world, answer, 'Done: nothing about you is stored any more');
    return answer;
  }

  /** Tables in which something of a person stands. */
  async function listTablesWith(...marks: readonly string[]): Promise<readonly string[]> {
    return await house.decide(async ({ store }) => {
      const found: string[] = [];
      for (const table of Object.keys(HOLDINGS)) {
        const { rows } = await sql`select * from ${sql.table(table)}`.execute(store.db);
        const text = JSON.stringify(rows);
        if (marks.some((mark) => text.includes(mark))) found.push(table);
      }
      return found;
    });
  }

  it('gives people everything about themselves, and nothing of others, in words of their language', async () => {
    const dora = join('Dora', 'de');
    const emil = join('Emil');
    const before = await countFiles();
    const [card] = await make(dora, 'export');
    await expect.poll(countFiles).toBe(before + 2);
    const [others] = await make(emil, 'of-emil');
    await emil.press(card, '❤️').reply();
    await dora.press(others, '❤️').reply();
    const sent = dora.command(world.channel, 'privacy export', {});
    const answer = await sent.reply();
    expect(answer.ephemeral).toBe(true);
    expect(answer.text).toContain('Das ist alles, was ich über dich gespeichert habe.');
    const files = readZip(await answer.file());
    const [readMe, ...rest] = files;
    expect(readMe?.name).toBe('LIESMICH.txt');
    expect(rest.map(({ name }) => name)).toEqual([
      'requests.json',
      'songs.json',
      'messages.json',
      'hearts.json',
      'credits.json',
      'voices.json',
      'drafts.json',
      'settings.json',
      'decisions.json',
      'audio/1 wombat export title.mp3',
      'audio/2 wombat export title.mp3',
    ]);
    const read = (name: string) =>
      JSON.parse(files.find((file) => file.name === name)?.bytes.toString() ?? 'null');
    expect(read('requests.json')).toMatchObject([
      {
        state: 'succeeded',
        credits: 20,
        request: { prompt: 'wombat export prompt' },
        paidBy: "the operator's key",
      },
    ]);
    expect(read('songs.json')).toMatchObject([
      { title: 'wombat export title', take: 2 },
      { title: 'wombat export title', take: 1 },
    ]);
    expect(read('messages.json')).toHaveLength(2);
    expect(read('hearts.json')).toHaveLength(1);
    expect(read('credits.json')).toMatchObject([
      { kind: 'reserve', reserved: 20 },
      { kind: 'charge', charged: 20 },
    ]);
    const all = files.map(({ bytes }) => bytes.toString('latin1')).join('\n');
    for (const text of [emil.user.id, 'of-emil', sent.interaction.token, world.musicApi.key]) {
      expect(all).not.toContain(text);
    }
    for (const { token } of world.discord.interactions()) expect(all).not.toContain(token);
  });

  it('sends as many archives as the limit of the place asks for, and says what fits into none', async () => {
    const finn = join('Finn');
    const before = await countFiles();
    const sizes = [6, 11, 6].map((mib) => mib * 1024 * 1024);
    const folder = world.env.MEDIA_DIR ?? '';
    await mkdir(folder, { recursive: true });
    await house.decide(async ({ store }) => {
      for (const [index, bytes] of sizes.entries()) {
        const content = Buffer.alloc(bytes, index + 1);
        const fileName = `${String(index).repeat(40)}.mp3`;
        await writeFile(joinPath(folder, fileName), content);
        const clip = clipOf(`finns-clip-${index}`, { ownerId: finn.user.id, title: `Song ${index}` });
        await saveClips(store.db, [clip]);
        const digest = createHash('sha256').update(content).digest('hex');
        const file = { fileName, extension: 'mp3', mime: 'audio/mpeg', bytes, digest, keptAt: 1 };
        await saveArchived(store.db, { clipId: clip.clipId, accountId: 'operator', ...file });
      }
    });
    const sent = finn.command(world.channel, 'privacy export', {});
    const answer = await sent.reply();
    await untilSays(world, answer, '1 song did not fit into a message or could not be read: /clip show');
    const [second, ...others] = sent.followUps;
    expect([second?.ephemeral, others]).toEqual([true, []]);
    const zips = await Promise.all([answer, second].map((message) => message?.file()));
    const names = zips.map((zip) => readZip(zip ?? Buffer.of()).map(({ name }) => name));
    expect(names).toEqual([
      expect.arrayContaining(['README.txt', 'requests.json', 'audio/1 Song 2.mp3']),
      ['audio/3 Song 0.mp3'],
    ]);
    await leave(finn);
    await expect.poll(countFiles).toBe(before);
  });

  it('asks once what is to be deleted; who keeps everything loses nothing, and an old question is void', async () => {
    const gina = join('Gina');
    await make(gina, 'kept');
    const question = await askToDelete(gina);
    expect(question.ephemeral).toBe(true);
    for (const words of ['no way back', 'My messages in channels stay', 'Budgets do not start anew']) {
      expect(question.text).toContain(words);
    }
    const kept = await gina.press(question, 'Keep everything').reply();
    expect([kept.text, kept.buttons]).toEqual(['Nothing was deleted.', []]);
    const old = await askToDelete(gina);
    world.advance(16 * 60_000);
    const refusal = await gina.press(old, 'Delete everything').reply();
    expect(refusal.text).toContain('asked too long ago');
    expect(await listTablesWith(gina.user.id)).toEqual(expect.arrayContaining(['tasks', 'clips', 'ledger']));
  });

  it('deletes everything: songs, words and files; what waits is cancelled, what runs ends for the ledger alone', async () => {
    const { musicApi } = world;
    const hugo = join('Hugo');
    const filesBefore = await countFiles();
    const [card] = await make(hugo, 'leaving');
    await expect.poll(countFiles).toBe(filesBefore + 2);
    await hugo.press(card, '❤️').reply();
    // A draft: what was refused is kept for its form.
    const long = `${MARK} draft `.repeat(40);
    const refused = await hugo.command(world.channel, 'create', { prompt: long }).reply();
    expect(refused.buttons.map(({ label }) => label)).toEqual(['Edit']);
    const channel = openChannel(world, 'under-way');
    musicApi.nextTask('fail');
    const failed = await hugo.command(channel, 'create', { prompt: `${MARK} running into trouble` }).reply();
    await untilSays(world, failed, 'Not made');
    for (const _ of [1, 2, 3]) musicApi.nextTask('never');
    const cards: Message[] = [];
    for (const number of [1, 2, 3]) {
      const running = await hugo.command(channel, 'create', { prompt: `${MARK} running ${number}` }).reply();
      await untilSays(world, running, 'Being made');
      cards.push(running);
    }
    const waiting = await hugo.command(channel, 'create', { prompt: `${MARK} waiting` }).reply();
    const running = musicApi.tasks.slice(-3).map(({ taskId }) => taskId);
    await leave(hugo);
    expect(waiting.text).toContain('Cancelled by *deleted member*');
    for (const one of cards) expect(one.text).toContain('it is brought to nobody');
    await expect.poll(countFiles).toBe(filesBefore);
    expect(await listTablesWith(hugo.user.id, `${MARK} leaving`, `${MARK} running`, `${MARK} draft`)).toEqual(
      [],
    );
    for (const taskId of running) musicApi.setTask(taskId, []);
    await expect
      .poll(() =>
        house.decide(async ({ store }) => {
          const rows = await store.db
            .selectFrom('tasks')
            .select('state')
            .where('requester_id', 'like', 'gone-%')
            .where('created_at', '>', 0)
            .execute();
          return rows.map(({ state }) => state).sort();
        }),
      )
      .toEqual(['cancelled', 'failed', 'succeeded', 'succeeded', 'succeeded', 'succeeded']);
    expect(listPosts(world, `${MARK} waiting`)).toEqual([]);
    // Nothing is left of what it was.
    const refusal = await world.ben.press(failed, 'Try again').reply();
    expect([refusal.ephemeral, refusal.text]).toEqual([
      true,
      expect.stringContaining('do not know this task'),
    ]);
    expect(world.clipCards(channel)).toEqual([]);
    expect(await listTablesWith(hugo.user.id, `${MARK} leaving`, `${MARK} running`, `${MARK} draft`)).toEqual(
      [],
    );
    // Four songs are spent; a budget of six has room for two.
    const again = async () => (await hugo.command(channel, 'create', { prompt: 'anew' }).reply()).text;
    await again();
    await again();
    expect(await again()).toContain('120');
    expect(listPosts(world, 'anew')).toHaveLength(2);
  });

  it('works again and again, and for whoever has nothing here', async () => {
    const iris = join('Iris');
    expect((await leave(iris)).text).toContain('0 songs');
    await make(iris, 'twice');
    expect((await leave(iris)).text).toContain('2 songs');
    expect((await leave(iris)).text).toContain('0 songs');
    expect(await listTablesWith(iris.user.id, `${MARK} twice`)).toEqual([]);
  });

  it('finishes after a restart what a process that died has begun', async () => {
    const jana = join('Jana');
    await make(jana, 'cut-off');
    const before = await countFiles();
    const userId = jana.user.id;
    await house.decide(({ store }) =>
      store.transaction((tx) => wishDeparture(tx, userId, { id: `cut-off`, at: Date.now() - 60_000 })),
    );
    await world.stopBot();
    await world.startBot();
    await expect.poll(() => listTablesWith(userId, `${MARK} cut-off`)).toEqual([]);
    await expect.poll(countFiles).toBe(before - 2);
  });

  it('keeps what was typed for as many days as the server says, and tokens for as long as they live', async () => {
    const lara = join('Lara');
    await make(lara, 'old');
    const text = `${MARK} old prompt`;
    const readTasks = () =>
      house.decide(async ({ store }) => {
        const { id: userId } = lara.user;
        const rows = await store.db
          .selectFrom('tasks')
          .selectAll()
          .where('requester_id', '=', userId)
          .execute();
        return rows.map(({ request, origin }) => ({ request, token: JSON.parse(origin).token as string }));
      });
    const restart = async () => {
      await world.stopBot();
      await world.startBot();
    };
    expect(await readTasks()).toEqual([
      { request: expect.stringContaining(text), token: expect.stringMatching(/.{20}/) },
    ]);
    world.advance(16 * 60_000);
    await restart();
    await expect.poll(readTasks).toEqual([{ request: expect.stringContaining(text), token: '' }]);
    const deed = { guildId: world.guild.id, actorId: world.mod.user.id };
    await house.decide(({ rules }) => rules.changeServer(deed, { retentionDays: 30 }));
    world.advance(31 * 24 * 60 * 60_000);
    await restart();
    await expect
      .poll(readTasks)
      .toEqual([{ request: JSON.stringify({ operation: 'create', engine: 'sonic' }), token: '' }]);
    const library = await lara.command(world.channel, 'library', { search: 'old title' }).reply();
    expect(library.text).toContain(`${MARK} old title`);
  });

  it('logs ids, and nothing of what people typed, at the usual level, not even when MusicAPI quotes it', async () => {
    const kim = join('Kim');
    const asked = kim.command(world.channel, 'create', { prompt: `wombat by the beatles` });
    const card = await kim.press(await asked.reply(), 'Send anyway').reply();
    await untilSays(world, card, 'Not made');
    expect(world.log.filter(({ cause }) => cause === 'moderation')).toHaveLength(1);
    await make(kim, 'logged');
    expect(world.log.filter(({ msg }) => msg === 'task changed').length).toBeGreaterThan(3);
    const lines = world.log.map((line) => JSON.stringify(line));
    expect(lines.filter((line) => /wombat|beatles/i.test(line))).toEqual([]);
  });
});
