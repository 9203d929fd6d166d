import { extname } from 'node:path';
import { parseBuffer } from 'music-metadata';
import type { ShownFile } from './transcript.ts';

/** Files that are read, not heard. */
const TEXTS = ['.lrc', '.txt'];

/**
 * What a person learns of a posted file by opening it.
 *
 * @throws Error when it is not what its name says: audio that no player plays, no notes, no text, no archive
 */
export async function readFacts(name: string, data: Buffer): Promise<ShownFile> {
  const bytes = data.length;
  const extension = extname(name);
  if (TEXTS.includes(extension)) return { name, bytes, lines: countLines(name, data) };
  if (extension === '.mid') {
    if (data.toString('latin1', 0, 4) === 'MThd') return { name, bytes };
    throw new Error(`${name} was posted, but it holds no notes.`);
  }
  if (extension === '.zip') {
    if (data.toString('latin1', 0, 4) === 'PK\u0003\u0004') return { name, bytes };
    throw new Error(`${name} was posted, but it cannot be unpacked.`);
  }
  const { format } = await parseBuffer(data, undefined, { duration: true }).catch(() => ({
    format: undefined,
  }));
  if (format?.duration) return { name, bytes, seconds: format.duration };
  throw new Error(`${name} was posted, but it cannot be played.`);
}

function countLines(name: string, data: Buffer): number {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(data);
    return text.split('\n').filter((line) => line.trim() !== '').length;
  } catch (error) {
    throw new Error(`${name} was posted, but it cannot be read.`, { cause: error });
  }
}
