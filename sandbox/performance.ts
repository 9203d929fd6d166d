import { mkdir, writeFile } from 'node:fs/promises';
import { extname, join, relative } from 'node:path';
import type { DemoOptions } from './demo-options.ts';
import { Narrator, type Paint, type PostedFile } from './narrator.ts';
import { type Stage, startStage } from './stage.ts';
import { playEverything } from './stories/everything.ts';
import { playNightSea } from './stories/night-sea.ts';
import { playPictures } from './stories/pictures.ts';
import { formatReceipts } from './stories/receipt-table.ts';

/** Who watches a demo, and how it may be ended early. */
export interface Audience {
  readonly write: (line: string) => void;
  readonly complain: (text: string) => void;
  readonly paint: Paint;
  readonly signal: AbortSignal;
  /** A look behind the scene when everything went well, before it is cleared away. */
  readonly inspect?: (stage: Stage) => Promise<void>;
}

/** Plays the demo from beginning to end and leaves nothing but its files. Whether everything went as it should. */
export async function runDemo(options: DemoOptions, audience: Audience): Promise<boolean> {
  const { limitMs } = options.pace;
  const tooLong = new AbortController();
  const timer = setTimeout(() => {
    tooLong.abort(new Error(`The story took longer than ${limitMs / 1000} seconds.`));
  }, limitMs);
  const signal = AbortSignal.any([audience.signal, tooLong.signal]);
  let stage: Stage | undefined;
  try {
    stage = await startDemoStage(options);
    await Promise.race([perform(stage, options, { ...audience, signal }), untilAborted(signal)]);
    await audience.inspect?.(stage);
    return true;
  } catch (error) {
    const complaints = (await stage?.readLog()) ?? [];
    const shown = complaints.slice(-3).map((line) => `\nThe bot's log: ${line}`);
    audience.complain(`\nThe demo failed. ${sentenceOf(error)}${shown.join('')}\n`);
    return false;
  } finally {
    clearTimeout(timer);
    await stage?.close();
  }
}

async function startDemoStage({ pace, fault, all }: DemoOptions): Promise<Stage> {
  const stage = await startStage({
    discord: { rateLimits: pace.rateLimits },
    musicApi: {
      timeline: pace.timeline,
      lengths: { songSeconds: pace.songSeconds },
      createIntervalMs: 0,
      seed: 'demo',
    },
    env: {
      POLL_INTERVAL_MS: String(pace.pollIntervalMs),
      SUBMIT_INTERVAL_MS: '0',
      // A whole tour is more than what a member may usually spend in a day.
      ...(all ? { BUDGET_MEMBER_DAY: '1000' } : {}),
    },
  });
  if (fault) stage.musicApi.nextTask(fault);
  return stage;
}

async function perform(stage: Stage, options: DemoOptions, audience: Audience): Promise<void> {
  const { pace, out, all, pictures } = options;
  const { anna, ben, channel, discord, musicApi, serverName } = stage;
  const { write, paint, signal } = audience;
  const startedAt = Date.now();
  const creditsBefore = musicApi.credits();
  const people = [anna.user, ben.user];
  const narrator = new Narrator({
    discord,
    channel,
    write,
    paint,
    nameOf: (id) => people.find((user) => user.id === id)?.name,
    progressEveryMs: all ? undefined : 1_000,
  });
  write(
    `The channel #${channel.name} of the server "${serverName}", on this machine. No account, no key.${all ? '' : '\n'}`,
  );
  const deps = { stage, narrator, thinkMs: pace.thinkMs, patienceMs: pace.patienceMs, signal };
  if (pictures) {
    const names = await writeFiles(out, await playPictures(deps));
    write(`\nDrawn into ${shownFolder(out)}/: ${names.join(', ')}`);
    return;
  }
  if (all) {
    const receipts = await playEverything(deps);
    await narrator.settled();
    write(`\n${paint.strong('== What was asked for, and what came of it ==')}\n${formatReceipts(receipts)}`);
  } else {
    await playNightSea(deps);
  }

  const names = await writeFiles(out, narrator.files);
  const credits = (balance: typeof creditsBefore) => balance.credits + balance.extraCredits;
  const drawn = names.filter((name) => extname(name) === '.png').length;
  const songs = names.filter((name) => name.includes(' - take ')).length - drawn;
  const others = names.length - songs - drawn;
  write(`
${songs} songs, ${others} ${all ? 'other files' : 'stems'} and ${drawn} waveforms, posted in the channel and written to ${shownFolder(out)}/:
${all ? `  ${countKinds(names)}` : names.map((name) => `  ${name}`).join('\n')}
Credits at MusicAPI: ${credits(creditsBefore)} before, ${credits(musicApi.credits())} after.
Time: ${Math.round((Date.now() - startedAt) / 1000)} seconds.`);
}

/**
 * Writes the files under the names that the channel shows. A song that is shown again is written once; another file of
 * the same name gets a number.
 */
async function writeFiles(
  folder: string,
  files: readonly Pick<PostedFile, 'name' | 'data'>[],
): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const written = new Map<string, Buffer>();
  for (const { name, data } of files) {
    const extension = extname(name);
    const stem = name.slice(0, name.length - extension.length).replaceAll(/[/\\:*?"<>|]/g, '_');
    let free = stem + extension;
    for (let count = 2; isOther(written.get(free), data); count += 1) free = `${stem} (${count})${extension}`;
    if (written.has(free)) continue;
    await writeFile(join(folder, free), data);
    written.set(free, data);
  }
  return [...written.keys()];
}

function isOther(written: Buffer | undefined, data: Buffer): boolean {
  return written !== undefined && !written.equals(data);
}

/** Files by their kinds: `43 mp3, 1 mid`. */
function countKinds(names: readonly string[]): string {
  const kinds = Map.groupBy(names, (name) => extname(name).slice(1));
  return [...kinds].map(([kind, { length }]) => `${length} ${kind}`).join(', ');
}

function shownFolder(folder: string): string {
  const fromHere = relative('.', folder);
  return fromHere.startsWith('..') ? folder : fromHere || '.';
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const end = () => reject(signal.reason);
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
  });
}

/** The first paragraph of an error: what comes below it is for those who debug. */
function sentenceOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n#')[0] ?? '') : String(error);
}
