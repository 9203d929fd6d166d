import { isUtf8 } from 'node:buffer';
import { words } from '../words/words.ts';
import { formatFileName, nameFile } from './kind-names.ts';

/** Far above what any model sings, so that a larger file was taken by mistake. */
const MAX_KIB = 64;

const LINE_FEED = 0x0a;

/** What a text file held. */
export type LyricsFile =
  | { readonly isText: true; readonly text: string }
  | {
      readonly isText: false;
      /** Why not, and what to do, in a sentence or two for people. */
      readonly refusal: string;
    };

/** Byte order marks, the longer ones first: that of UTF-32 begins as that of UTF-16. */
const FOREIGN_MARKS: readonly (readonly [string, readonly number[]])[] = [
  ['UTF-32', [0xff, 0xfe, 0, 0]],
  ['UTF-32', [0, 0, 0xfe, 0xff]],
  ['UTF-16', [0xff, 0xfe]],
  ['UTF-16', [0xfe, 0xff]],
];

/** Documents that are text as well, by their first bytes as Latin 1; a byte order mark may come before. */
const DOCUMENTS = [
  [/^(?:ï»¿)?\{\\rtf/, 'rtf'],
  [/^%PDF-/, 'pdf'],
  [/^(?:ï»¿)?\s*<(?:!doctype html|html)\b/i, 'html'],
] as const;

/**
 * Reads lyrics out of a text file: strictly UTF-8, at most 64 KiB, without control characters. A byte order mark is
 * dropped; line breaks become `\n`. Everything else stays as it is. Never throws, whatever the bytes are.
 */
export async function readLyricsFile(bytes: Uint8Array): Promise<LyricsFile> {
  const { lyricsFile, kinds } = words().media;
  if (bytes.length > MAX_KIB * 1024) {
    return refuse(lyricsFile.tooLarge({ size: Math.ceil(bytes.length / 1024), most: MAX_KIB }));
  }
  const encoding = findForeignEncoding(bytes);
  if (encoding) return refuse(lyricsFile.encoding({ encoding }));
  const start = Buffer.from(bytes.subarray(0, 100)).toString('latin1');
  const document = DOCUMENTS.find(([pattern]) => pattern.test(start))?.[1];
  if (document) return refuse(lyricsFile.document({ kind: kinds[document] }));
  if (!isUtf8(bytes)) return refuse(await describeNoUtf8(bytes));
  const text = new TextDecoder('utf-8').decode(bytes).replace(/\r\n?/g, '\n');
  const line = findControlLine(text);
  if (line) return refuse(lyricsFile.controls({ line }));
  if (text.trim() === '') return refuse(lyricsFile.empty);
  return { isText: true, text };
}

function refuse(refusal: string): LyricsFile {
  return { isText: false, refusal };
}

/** Text in UTF-16 without a mark has a zero byte for each Latin letter, always on the same side. */
function findForeignEncoding(bytes: Uint8Array): string | undefined {
  const marked = FOREIGN_MARKS.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte));
  if (marked) return marked[0];
  const zeros = [0, 0];
  for (const [index, byte] of bytes.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  return Math.min(even, odd) === 0 && Math.max(even, odd) > bytes.length / 4 ? 'UTF-16' : undefined;
}

async function describeNoUtf8(bytes: Uint8Array): Promise<string> {
  const { lyricsFile } = words().media;
  if (bytes.includes(0)) return lyricsFile.noText({ kind: formatFileName(await nameFile(bytes)) });
  const lines = splitLines(bytes);
  const line = lines.findIndex((part) => !isUtf8(part)) + 1;
  return lyricsFile.notUtf8({ line });
}

/** No byte of a longer UTF-8 character is a line feed, so a line can be judged alone. */
function splitLines(bytes: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  let start = 0;
  while (start <= bytes.length) {
    const end = bytes.indexOf(LINE_FEED, start);
    lines.push(bytes.subarray(start, end === -1 ? bytes.length : end));
    if (end === -1) break;
    start = end + 1;
  }
  return lines;
}

/** Number of the first line with a control character other than a tab. */
function findControlLine(text: string): number | undefined {
  const index = text.split('\n').findIndex((line) => /(?!\t)\p{Cc}/u.test(line));
  return index === -1 ? undefined : index + 1;
}
