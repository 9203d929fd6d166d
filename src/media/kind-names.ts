import { isUtf8 } from 'node:buffer';
import { words } from '../words/words.ts';
import { findFileKind } from './sniff.ts';

/** Kinds that have a name of their own, by their extension. */
const NAMED = ['mid', 'pdf', 'docx', 'cfb', 'rtf', 'odt', 'zip', 'html'] as const;

/** By the start of the media type, for what is not named above. */
const GROUPS = ['image', 'video', 'audio', 'font'] as const;

/** What a file is, as far as people are told; without words, because it is found out in a thread of its own. */
export type FileName =
  | { readonly name: (typeof NAMED)[number] | 'empty' | 'text' | 'unknown' }
  | { readonly name: (typeof GROUPS)[number] | 'other'; readonly extension: string };

/** Finds out what a file is. */
export async function nameFile(bytes: Uint8Array): Promise<FileName> {
  if (bytes.length === 0) return { name: 'empty' };
  const kind = await findFileKind(bytes);
  if (!kind) return { name: isUtf8(bytes) && !bytes.includes(0) ? 'text' : 'unknown' };
  const name = NAMED.find((extension) => extension === kind.extension);
  if (name) return { name };
  const group = GROUPS.find((start) => kind.mime.startsWith(`${start}/`)) ?? 'other';
  return { name: group, extension: kind.extension.toUpperCase() };
}

/** That in words which follow "it is": `a PDF document`, `a picture (PNG)`, `text`. */
export function formatFileName(file: FileName): string {
  const { kinds } = words().media;
  return 'extension' in file ? kinds[file.name]({ extension: file.extension }) : kinds[file.name];
}
