import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { planEncoding, type Room } from './bitrates.ts';

const run = promisify(execFile);

/** Looking for the program and asking it for a length takes moments. */
const LOOK_TIMEOUT_MS = 10_000;

/** Lossless compression of music seldom gets below this share, so beyond it no time is spent on a try. */
const BEST_FLAC_SHARE = 0.4;

/** Named, because ffmpeg's own guess may be a playlist, which makes it open other files. */
const DEMUXERS = {
  mp3: 'mp3',
  wav: 'wav',
  flac: 'flac',
  ogg: 'ogg',
  opus: 'ogg',
  m4a: 'mov',
  mp4: 'mov',
  aac: 'aac',
};

/** What a program made of a file. */
export interface Recoded {
  readonly extension: 'mp3' | 'flac';
  readonly files: readonly Buffer[];
  /** Undefined where nothing of the sound was given up. */
  readonly kbps?: number | undefined;
}

/** Whether there is such a program and it starts. */
export async function isFfmpeg(path: string): Promise<boolean> {
  return (await findFfmpegVersion(path)) !== undefined;
}

/** The version of the program, as it calls itself; undefined when there is none that starts. */
export async function findFfmpegVersion(path: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(path, ['-hide_banner', '-version'], { timeout: LOOK_TIMEOUT_MS });
    const found = /^ffmpeg(?: version (\S+))?/.exec(stdout);
    return found ? (found[1] ?? 'unknown') : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Makes a file smaller with ffmpeg: a wav as FLAC if that is enough, everything else as MP3. Gives undefined when
 * nothing fits.
 *
 * @throws when the program fails, or the reason of `signal`.
 */
export async function recodeWithFfmpeg(
  path: string,
  { bytes, extension }: { readonly bytes: Uint8Array; readonly extension: string },
  room: Room,
  signal: AbortSignal,
): Promise<Recoded | undefined> {
  const demuxer = Object.hasOwn(DEMUXERS, extension)
    ? DEMUXERS[extension as keyof typeof DEMUXERS]
    : undefined;
  if (!demuxer) throw new Error(`no demuxer is set for ${extension}`);
  const folder = await mkdtemp(join(tmpdir(), 'encore-recode-'));
  try {
    const input = join(folder, `in.${extension}`);
    await writeFile(input, bytes, { signal });
    const source = ['-protocol_whitelist', 'file', '-f', demuxer, '-i', input];
    const call = (...args: string[]) =>
      run(path, ['-hide_banner', '-nostdin', '-loglevel', 'error', '-y', ...source, ...args], { signal });
    if (extension === 'wav' && bytes.length * BEST_FLAC_SHARE <= room.maxBytes) {
      const flac = join(folder, 'out.flac');
      await call('-map', '0:a:0', '-c:a', 'flac', flac);
      if ((await stat(flac)).size <= room.maxBytes)
        return { extension: 'flac', files: [await readFile(flac)] };
    }
    const seconds = await askSeconds(path, source, signal);
    const encoding = planEncoding(seconds, room);
    if (!encoding) return undefined;
    const { kbps, pieces } = encoding;
    const cut = pieces > 1 ? ['-f', 'segment', '-segment_time', (seconds / pieces).toFixed(3)] : [];
    const output = join(folder, pieces > 1 ? 'out-%03d.mp3' : 'out-0.mp3');
    await call('-map', '0:a:0', '-c:a', 'libmp3lame', '-b:a', `${kbps}k`, '-ac', '2', ...cut, output);
    const names = (await readdir(folder)).filter((name) => name.startsWith('out-')).sort();
    const files = await Promise.all(names.map((name) => readFile(join(folder, name))));
    return { extension: 'mp3', files, kbps };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Without an output file ffmpeg describes its input and ends with an error. */
async function askSeconds(path: string, source: readonly string[], signal: AbortSignal): Promise<number> {
  const text = await run(path, ['-hide_banner', '-nostdin', ...source], {
    signal,
    timeout: LOOK_TIMEOUT_MS,
  }).then(
    ({ stderr }) => stderr,
    (error: { stderr?: string }) => error.stderr ?? '',
  );
  signal.throwIfAborted();
  const [, hours, minutes, seconds] = /Duration: (\d+):(\d+):(\d+(?:\.\d+)?)/.exec(text) ?? [];
  return Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
}
