import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseBuffer } from 'music-metadata';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PATIENCE } from '../support/patience.ts';
import { readPixels } from '../support/read-pixels.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'encore-demo-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Run {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** Exit code; it ends by itself, or the test's time-out ends it. */
  readonly ended: Promise<number | null>;
}

/** Starts a program of the sandbox; its temporary files go below this test's folder. */
function start(program: string, ...args: readonly string[]): Run {
  const child = spawn(process.execPath, [resolve('sandbox', program), ...args], {
    env: { ...process.env, TMPDIR: folder, NO_COLOR: '1' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<number | null>((done) => child.once('close', done));
  return { child, output: () => output, ended };
}

const listLeftovers = async () => (await readdir(folder)).filter((name) => name.startsWith('encore-'));

describe('the demo', () => {
  it('plays the story, writes songs that can be played, and leaves nothing else behind', async () => {
    const out = join(folder, 'songs');
    const { output, ended } = start('demo.ts', '--fast', '--out', out);
    expect(await ended, output()).toBe(0);
    const names = (await readdir(out)).sort();
    const songs = ['Night Sea', 'Night Sea, second part', 'Night Sea in Jazz'].flatMap((title) => [
      `${title} - take 1`,
      `${title} - take 2`,
    ]);
    const waveforms = songs.map((song) => `${song}, waveform.png`);
    const stems = ['Bass', 'Drums', 'Other', 'Vocals'];
    expect(names).toEqual([...[...songs, ...stems].map((name) => `${name}.mp3`), ...waveforms].sort());
    for (const name of waveforms) {
      const { width, height } = readPixels(await readFile(join(out, name)));
      expect([width, height]).toEqual([1_100, 220]);
    }
    for (const name of names.filter((one) => one.endsWith('.mp3'))) {
      const audio = await readFile(join(out, name));
      const { format } = await parseBuffer(audio, { mimeType: 'audio/mpeg' }, { duration: true });
      expect(format.duration).toBeGreaterThan(0.9);
    }
    const story = [
      /Anna uses \/create\n +prompt: a song about the sea at night/,
      /Encore\n +Create: Night Sea\n/,
      /@Anna Your song is ready: Night Sea, take 1 of 2/,
      /file: Night Sea - take 2\.mp3, \d+ kB, 0:0[12]\n +picture: .+\n +\[Extend\] \[Cover\] \[Stems\] \[More\]/,
      /picture: Night Sea - take 1, waveform\.png, \d+ kB\. In words: Waveform of “Night Sea”, 0:0[12] long\./,
      /Anna presses \[Extend\] under "Night Sea - take 1"/,
      /A form opens for Anna: Extend: Night Sea\n +From: 0:0[12]/,
      /@Anna Your song is ready: Night Sea, second part/,
      /Ben presses \[Cover\]/,
      /@Ben Your song is ready: Night Sea in Jazz/,
      /Encore edits the card of "Night Sea - take 1": Led to: Extend: Night Sea, second part/,
      /Anna presses \[❤️ 0\] under "Night Sea in Jazz - take 1"/,
      /Encore edits the card of "Night Sea in Jazz - take 1": \[❤️ 1\]\n/,
      /\(only Anna sees this\)\n +Which stems of Night Sea in Jazz\?/,
      /Anna presses \[Basic\]/,
      /Anna uses \/tasks/,
      /Your open tasks:/,
      /The stems of Night Sea in Jazz are ready: 4 files/,
      /Done: Stems of Night Sea in Jazz/,
      /Ben uses \/library\n +search: night sea\n/,
      /\(only Ben sees this\)\n +Your songs, and those shared in this server\n/,
      /1️⃣ .+ · 0:0[12] · sonic · \d\d:\d\d:\d\d · ❤️ \d hearts?\n/,
      /Night Sea in Jazz · take 1 · 0:0[12] · sonic · \d\d:\d\d:\d\d · ❤️ 1 heart\n/,
      /The family of Night Sea in Jazz\n +Night Sea · Create, take 1\n +└ Night Sea, second part · Extend, take 1\n/,
      /Night Sea in Jazz · Cover, take 1 ← this one\n/,
      /6 songs, 4 stems and 6 waveforms, posted in the channel/,
      /Credits at MusicAPI: 1000 before, 920 after\./,
    ];
    for (const line of story) expect(output()).toMatch(line);
    for (const raw of ['<@', '\u001B', 'undefined', '**']) expect(output()).not.toContain(raw);
    expect(await listLeftovers()).toEqual([]);
  });

  it.each([
    ['fail', /The demo failed\. The card ends with: Not made\. Nothing was spent\./],
    ['half', /The demo failed\. 2 files were expected, 1 came/],
  ])('ends with a sentence and not with 0 when MusicAPI does "%s"', async (fault, sentence) => {
    const { output, ended } = start('demo.ts', '--fast', '--out', join(folder, 'songs'), '--fault', fault);
    expect(await ended).toBe(1);
    expect(output()).toMatch(sentence);
    expect(output()).not.toMatch(/^\s+at /m);
    expect(await listLeftovers()).toEqual([]);
  });

  it('cleans up when it is interrupted', async () => {
    const { child, output, ended } = start('demo.ts', '--out', join(folder, 'songs'));
    await vi.waitFor(() => expect(output()).toContain('Anna uses /create'), PATIENCE);
    child.kill('SIGINT');
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(output()).toContain('The demo was stopped.');
    expect(await listLeftovers()).toEqual([]);
  });

  it('says how it is called when it is called wrongly', async () => {
    const { output, ended } = start('demo.ts', '--fault', 'nonsense');
    expect(await ended).toBe(2);
    expect(output()).toContain('--fault nonsense: MusicAPI cannot misbehave like that.');
    expect(output()).toContain('npm run demo -- [--all] [--fast]');
  });
});

describe('the sandbox', () => {
  it.each([
    [['--port', '0'], 'The bot runs.'],
    [['--port', '0', '--no-bot'], 'No bot runs. Put these lines into .env, then: npm start'],
  ])(
    'with %j keeps the local services running, says how to reach them, and ends on a signal',
    async (args, says) => {
      const { child, output, ended } = start('main.ts', ...args);
      await vi.waitFor(() => expect(output()).toContain('Ctrl-C ends it.'), PATIENCE);
      expect(output()).toContain(says);
      const value = (name: string) => new RegExp(`${name}=(.+)`).exec(output())?.[1] ?? '';
      const user = await fetch(`${value('DISCORD_API_URL')}/v10/users/@me`, {
        headers: { authorization: `Bot ${value('DISCORD_TOKEN')}` },
      });
      expect(user.status).toBe(200);
      const credits = await fetch(`${value('MUSICAPI_URL')}/get-credits`, {
        headers: { authorization: `Bearer ${value('MUSICAPI_KEY')}` },
      });
      expect(credits.status).toBe(200);
      const faults = /curl at (\S+)/.exec(output())?.[1] ?? '';
      expect((await fetch(faults)).status).toBe(200);
      const [, page = ''] = /^Open {2}(\S+) {2}in your browser/.exec(output()) ?? [];
      expect((await fetch(page)).headers.get('content-type')).toContain('text/html');
      child.kill('SIGINT');
      expect(await ended).toBe(0);
      expect(await listLeftovers()).toEqual([]);
    },
  );

  it('says how it is called when it is called wrongly', async () => {
    const { output, ended } = start('main.ts', '--port', 'many');
    expect(await ended).toBe(2);
    expect(output()).toContain('--port many: a port is a whole number');
    expect(output()).toContain('npm run sandbox -- [--port PORT] [--no-bot]');
  });
});
