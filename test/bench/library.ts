import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import type { Clip } from '../../src/domain/clip.ts';
import type { ClipSearch } from '../../src/store/clip-sources.ts';
import { saveClips, searchClips } from '../../src/store/clips.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { percentile, type Row } from './table.ts';

const CLIPS = 100_000;
/** Clips of one transaction while the library is filled. */
const BATCH = 1_000;
const ROUNDS = 40;
const MAX_MS = 50;
/** For a page of /library, which nobody waits for while typing. */
const MAX_PAGE_MS = 1_000;

const GUILD = '300';
const MEMBER = '500';
/** Made half of all songs. */
const COLLECTOR = '501';
/** Has never posted anything in the server. */
const STRANGER = '502';

const SEARCHES: readonly (readonly [string, Partial<ClipSearch>])[] = [
  ['nothing typed', { text: '' }],
  ['nothing typed, owner of half of them', { text: '', userId: COLLECTOR }],
  ['one letter', { text: 's' }],
  ['one letter, owner of half of them', { text: 's', userId: COLLECTOR }],
  ['one letter, in no server', { text: 's', userId: COLLECTOR, guildId: undefined }],
  ['a word of every song', { text: 'everywhere' }],
  ['a word of the oldest song', { text: 'needle' }],
  ['a word of the oldest tenth', { text: 'ancient' }],
  ['a word of songs of others elsewhere', { text: 'elsewhere' }],
  ['two words that are never together', { text: 'even odd' }],
  ['six words of every song', { text: 'everywhere v l o s e' }],
  ['what no song has', { text: 'xyzzy' }],
  ['the id of a song', { text: idOf(77) }],
  ['a word of the oldest tenth', { text: 'ancient', isThorough: true, limit: 9 }],
  ['a word of songs of others elsewhere', { text: 'elsewhere', isThorough: true, limit: 9 }],
];

/** What autocomplete asks the library, with 100,000 clips in it: the slowest kind of each search. */
export async function benchLibrary(): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'encore-bench-'));
  const server = await startPostgres();
  try {
    const sqlite = await measure('SQLite', `sqlite:${join(folder, 'encore.db')}`);
    const postgres = await startPostgresDatabase(server);
    return [...sqlite, ...(await measure('PostgreSQL', postgres))];
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function startPostgresDatabase(server: Awaited<ReturnType<typeof startPostgres>>): Promise<string> {
  await server.ready;
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query('create database library');
  await client.end();
  const url = new URL(server.url);
  url.pathname = '/library';
  return url.href;
}

async function measure(database: string, databaseUrl: string): Promise<readonly Row[]> {
  await fill(databaseUrl);
  const store = await openStore({ databaseUrl });
  try {
    const rows: Row[] = [];
    for (const [what, changes] of SEARCHES) rows.push(await measureSearch(store, database, what, changes));
    return rows;
  } finally {
    await store.close();
  }
}

async function measureSearch(
  store: Store,
  database: string,
  what: string,
  changes: Partial<ClipSearch>,
): Promise<Row> {
  const search: ClipSearch = { text: '', userId: MEMBER, guildId: GUILD, limit: 25, ...changes };
  const times: number[] = [];
  let found = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const startedAt = performance.now();
    found = (await searchClips(store.db, search)).length;
    times.push(performance.now() - startedAt);
  }
  const p95 = percentile(times, 95);
  const maxMs = search.isThorough ? MAX_PAGE_MS : MAX_MS;
  return {
    what: `${search.isThorough ? 'a page of /library' : 'autocomplete'} on ${database}: ${what}`,
    bare: '',
    ours: `${percentile(times, 50).toFixed(1)} ms, at worst ${Math.max(...times).toFixed(1)} ms (${found} found)`,
    reach: `p95 at most ${maxMs} ms`,
    figure: `${p95.toFixed(1)} ms`,
    met: p95 <= maxMs,
  };
}

/** Songs as they are: two takes with the same words, most of them posted in the server. */
async function fill(databaseUrl: string): Promise<void> {
  const store = await openStore({ databaseUrl });
  // So much at once is written only here.
  if (databaseUrl.startsWith('sqlite:')) await sql`pragma cache_size = -400000`.execute(store.db);
  for (let start = 0; start < CLIPS; start += BATCH) {
    const clips = Array.from({ length: BATCH }, (_, index) => makeClip(start + index));
    await store.transaction((tx) => saveClips(tx, clips));
  }
  await sql`insert into clip_shares (guild_id, clip_number)
    select ${GUILD}, number from clips where owner_id != ${STRANGER}`.execute(store.db);
  if (!databaseUrl.startsWith('sqlite:')) await sql`vacuum analyze`.execute(store.db);
  await store.close();
}

function idOf(index: number): string {
  const digits = (index * 2_654_435_761) % 2 ** 32;
  return `${digits.toString(16).padStart(8, '0')}-0000-4000-8000-${String(index).padStart(12, '0')}`;
}

function makeClip(index: number): Clip {
  const song = index >> 1;
  const isElsewhere = song % 10 === 0;
  const marks = [
    'everywhere',
    song === 1 ? 'needle' : '',
    index < CLIPS / 10 ? 'ancient' : '',
    isElsewhere ? 'elsewhere' : '',
    song % 2 === 0 ? 'even' : 'odd',
  ];
  return {
    clipId: idOf(index),
    accountId: 'operator',
    engine: 'sonic',
    source: 'generated',
    kind: 'song',
    taskId: `task-${song}`,
    take: (index & 1) + 1,
    title: `${wordOf(song)} ${wordOf(song * 7)}`,
    tags: 'pop, female voice, piano',
    lyrics: `${marks.filter(Boolean).join(' ')} ${Array.from({ length: LYRICS_WORDS }, (_, place) => wordOf(song * 131 + place * place)).join(' ')}`,
    ownerId: isElsewhere ? STRANGER : song % 2 === 0 ? COLLECTOR : String(600 + (song % 400)),
    createdAt: 1_700_000_000_000 + index,
  };
}

const LYRICS_WORDS = 50;
const SYLLABLES = [
  'ba',
  'le',
  'mo',
  'ti',
  'sur',
  'ven',
  'ka',
  'ro',
  'shi',
  'du',
  'pen',
  'wa',
  'gol',
  'fi',
  'ya',
  'ex',
];

/** One of 4,096 words, the short ones often. */
function wordOf(seed: number): string {
  const mixed = Math.imul(seed + 1, 2_654_435_761) >>> 0;
  const parts = mixed % 3 === 0 ? 2 : 3;
  return Array.from({ length: parts }, (_, place) => SYLLABLES[(mixed >>> (8 + place * 4)) & 15]).join('');
}
