import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS, MESSAGE_COMMANDS } from '../../commands/index.ts';
import { parseDemoOptions } from '../../sandbox/demo-options.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import type { LoggedRequest } from '../../sandbox/musicapi/request-log.ts';
import { runDemo } from '../../sandbox/performance.ts';
import type { Stage } from '../../sandbox/stage.ts';
import type { Request } from '../../src/domain/request.ts';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';
import { nuro } from '../../src/musicapi/engines/nuro.ts';
import { producer } from '../../src/musicapi/engines/producer.ts';
import { sonic } from '../../src/musicapi/engines/sonic.ts';
import { openStore } from '../../src/store/open.ts';
import { operationWords } from '../../src/words/operation-words.ts';
import { type Account, readAccounts } from '../support/evidence.ts';
import { listTyped } from '../support/readme-tables.ts';

const catalogue = createCatalogue();
const PROTOCOLS = { sonic, producer, nuro };
/** What the machine may take when it is busy with other things. */
const TIMEOUT_MS = 150_000;

/** What is left of a demo: what was seen, and what the bot and MusicAPI have written down. */
interface Run {
  readonly isGood: boolean;
  readonly output: string;
  readonly complaints: string;
  readonly posts: readonly LoggedRequest[];
  readonly accounts: readonly Account[];
  /** Commands that people have used, as they are typed. */
  readonly used: readonly string[];
  readonly creditsLeft: number;
  /** Everything that stands in the channel, private answers included. */
  readonly messages: readonly Message[];
}

/** Plays the demo in this process, and looks behind the scene before it is cleared away. */
async function play(...args: readonly string[]): Promise<Run> {
  const lines: string[] = [];
  const complaints: string[] = [];
  let behind: Pick<Run, 'posts' | 'accounts' | 'used' | 'creditsLeft' | 'messages'> = {
    posts: [],
    accounts: [],
    used: [],
    creditsLeft: Number.NaN,
    messages: [],
  };
  const isGood = await runDemo(parseDemoOptions(['--all', '--fast', ...args]), {
    write: (line) => lines.push(line),
    complain: (text) => complaints.push(text),
    paint: { strong: (text) => text, faint: (text) => text },
    signal: new AbortController().signal,
    inspect: async (stage) => {
      behind = await lookBehind(stage);
    },
  });
  return { isGood, output: lines.join('\n'), complaints: complaints.join(''), ...behind };
}

async function lookBehind({ discord, channel, musicApi, databaseUrl, stopBot }: Stage) {
  await stopBot();
  const store = await openStore({ databaseUrl });
  try {
    const { credits, extraCredits } = musicApi.credits();
    return {
      posts: musicApi.requests.filter(({ method }) => method === 'POST'),
      accounts: await readAccounts(store),
      used: discord.interactions().flatMap(({ state, payload }) => {
        const typed = state === 'choices' ? undefined : readTyped(payload);
        return typed === undefined ? [] : [typed];
      }),
      creditsLeft: credits + extraCredits,
      messages: discord.messages(channel),
    };
  } finally {
    await store.close();
  }
}

/** A command as it is typed, from the event that the bot was sent: `/persona create`. */
function readTyped({ type, data }: Record<string, unknown>): string | undefined {
  if (type !== 2) return undefined;
  const { name, options = [] } = data as { name: string; options?: { type: number; name: string }[] };
  const branch = options.find((option) => option.type === 1);
  return branch ? `/${name} ${branch.name}` : `/${name}`;
}

/** Path and body that a request has to reach MusicAPI with. */
function callOf(request: Request) {
  const { engine, operation, model } = request;
  const id = catalogue.resolveModel(engine, model);
  const isDefault = id === catalogue.defaultModel(engine);
  const body = PROTOCOLS[engine].buildBody(request, { id, isDefault });
  return JSON.stringify([
    `/api/v1${catalogue.get(engine, operation).path}`,
    JSON.parse(JSON.stringify(body)),
  ]);
}

describe('the demo of everything', () => {
  let folder: string;
  let run: Run;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'encore-demo-all-'));
    run = await play('--out', folder);
  }, TIMEOUT_MS);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('comes to a good end', () => {
    expect(run.complaints).toBe('');
    expect(run.isGood).toBe(true);
  });

  it('asks MusicAPI for every operation of the catalogue, and for nothing that no task asked for', () => {
    const asked = new Set(run.accounts.map(({ task }) => `${task.request.engine} ${task.request.operation}`));
    expect([...asked].sort()).toEqual(
      catalogue
        .list()
        .map(({ engine, id }) => `${engine} ${id}`)
        .sort(),
    );
    expect(
      run.posts.map(({ status }) => status).filter((status) => status !== 200 && status !== 202),
    ).toEqual([]);
    // A 202 is asked again.
    const accepted = run.posts.filter(({ status }) => status === 200);
    const calls = accepted.map(({ path, body }) => JSON.stringify([path, body]));
    expect(calls.sort()).toEqual(run.accounts.map(({ task }) => callOf(task.request)).sort());
  });

  it('uses every registered command', () => {
    const registered = listTyped(COMMANDS.map((command) => command.data.toJSON())).map(({ name }) => name);
    const entries = MESSAGE_COMMANDS.map((command) => `/${command.data.name}`);
    expect([...new Set(run.used)].sort()).toEqual([...registered, ...entries].sort());
  });

  it('ends every task well, and the ledger holds what MusicAPI took', () => {
    const sums = run.accounts.map((account) => account.sums);
    expect(run.accounts.filter(({ task }) => task.state !== 'succeeded')).toEqual([]);
    expect(sums.reduce((sum, { reserved }) => sum + reserved, 0)).toBe(0);
    const charged = sums.reduce((sum, one) => sum + one.charged, 0);
    expect(charged).toBe(1_000 - run.creditsLeft);
    expect(run.output).toContain(`Credits at MusicAPI: 1000 before, ${run.creditsLeft} after.`);
    expect(run.output).toMatch(new RegExp(`^together +${charged}$`, 'm'));
  });

  it('writes files that are what their names say', async () => {
    const kinds = new Set<string>();
    for (const name of await readdir(folder)) {
      const data = await readFile(join(folder, name));
      const kind = extname(name).slice(1);
      kinds.add(kind);
      if (kind === 'lrc') expect(data.toString()).toMatch(/^\[\d\d:\d\d\.\d\d\]\S/m);
      else expect((await fileTypeFromBuffer(data))?.ext, name).toBe(kind);
    }
    expect([...kinds].sort()).toEqual(['lrc', 'm4a', 'mid', 'mp3', 'png', 'wav', 'zip']);
  });

  it('says in words what its pictures, buttons, menus and colours show', () => {
    const hasWords = (text: string | undefined) => /[\p{L}\d]/u.test(text ?? '');
    const { messages } = run;
    const pictures = messages.flatMap((message) => [
      ...message.pictures,
      ...message.attachments.filter(({ contentType }) => contentType.startsWith('image/')),
    ]);
    expect(pictures.length).toBeGreaterThan(40);
    expect(pictures.filter(({ description }) => !hasWords(description))).toEqual([]);
    const controls = messages.flatMap((message) => [
      ...message.buttons.map(({ label }) => label),
      ...message.selects.flatMap(({ placeholder, options }) => [
        placeholder,
        ...options.map(({ label }) => label),
      ]),
    ]);
    expect(controls.length).toBeGreaterThan(200);
    expect(controls.filter((words) => !hasWords(words))).toEqual([]);
    const coloured = messages.flatMap((message) => message.embeds.filter(({ color }) => color != null));
    expect(coloured.length).toBeGreaterThan(40);
    const textsOf = ({ title, description, fields }: Message['embeds'][number]) =>
      [title, description, ...(fields ?? []).map(({ value }) => value)].join(' ');
    expect(coloured.filter((embed) => !hasWords(textsOf(embed)))).toEqual([]);
  });

  it('reads like what people see, with a table of everything at the end', () => {
    const [story = '', table = ''] = run.output.split('== What was asked for, and what came of it ==');
    const seen = [
      /== A new song ==\nFrom a few words/,
      /A form opens for Ben: Compose: Harbour Lights/,
      /2 songs: 2 done\./,
      /Encore(?: answers)? \(only Anna sees this\)\n +Lyrics: the last ferry home/,
      /Anna presses \[1️⃣ Compose\]/,
      /file: Harbour Lights\.mid, \d+ (?:bytes|kB)\n/,
      /file: Harbour Lights\.lrc, \d+ bytes, \d+ lines/,
      /Siren can sing now\./,
      /Ben, made \d\d:\d\d:\d\d/,
      /Which stems of Night Sea\?/,
      /From: Night Sea and Early Waves/,
      /What to do with Night Sea\?/,
      /Ben opens the menu of a message: Use this audio/,
      /A song from this message:/,
      /The family of Night Sea\n/,
      /Anna chooses "only whoever asked may press" in the menu "Who may press"/,
      /Encore edits its answer: .*Changed\. Buttons: only whoever asked may press \(before: anyone may press\)\./,
      /file: encore-export-1\.zip, [\d.]+ [kM]B\n/,
    ];
    for (const line of seen) expect(story).toMatch(line);
    for (const raw of ['<@', '<t:', 'undefined', '**', '```', 'Nothing was spent']) {
      expect(run.output).not.toContain(raw);
    }
    for (const operation of catalogue.list()) {
      expect(table).toContain(`${operationWords(operation).label}, ${operation.engine}`);
    }
  });
});

describe('a demo of everything in which something goes wrong', () => {
  it(
    'ends with a sentence about the first request that did not end as expected',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'encore-demo-all-'));
      try {
        const { isGood, complaints } = await play('--fault', 'fail', '--out', folder);
        expect(isGood).toBe(false);
        expect(complaints).toMatch(
          /The demo failed\. \/create did not end as expected\. The card ends with: Not made\. Nothing was spent\./,
        );
        expect(await readdir(folder)).toEqual([]);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    TIMEOUT_MS,
  );
});

describe('the options of the demo', () => {
  it.each([
    [['--al'], '--al: the demo has no such option.'],
    [['-x'], '-x: the demo has no such option.'],
    [['all'], '"all": the demo takes only the options below.'],
    [['--all=yes'], '--all takes no value.'],
    [['--out'], '--out needs a value.'],
    [['--out', '--all'], '--out needs a value.'],
    [['--fault='], '--fault needs a value.'],
    [['--pictures'], '--pictures needs a value.'],
    [['--fault', 'nonsense'], '--fault nonsense: MusicAPI cannot misbehave like that.'],
  ])('refuses %j with a sentence', (args, sentence) => {
    expect(() => parseDemoOptions(args)).toThrow(sentence);
  });

  it('are the main story, everything, or the pictures of README.md', () => {
    expect(parseDemoOptions([])).toMatchObject({ all: false, pictures: false, fault: undefined });
    expect(parseDemoOptions(['--pictures', 'drawn'])).toMatchObject({
      pictures: true,
      out: resolve('drawn'),
    });
    expect(parseDemoOptions(['--all', '--fault', 'half'])).toMatchObject({
      all: true,
      fault: { kind: 'half' },
    });
  });
});
