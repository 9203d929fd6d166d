/** How what is stored is said to the person whom it is about. */
import { isGone } from '../domain/forgotten.ts';
import { ownerOf } from './accounts.ts';
import { CLIP_DATA } from './json.ts';
import { parseStored } from './stored-data.ts';

/** One entry of a part, ready for JSON. */
export type DataEntry = Readonly<Record<string, unknown>>;

/** What a clip shows. */
export function parseData(data: string, id: string) {
  return parseStored(CLIP_DATA, data, { table: 'clips', column: 'data', id });
}

/** Whose key paid. */
export function payerOf(accountId: string): string {
  const { kind } = ownerOf(accountId);
  return kind === 'member' ? 'your own key' : kind === 'server' ? "the server's key" : "the operator's key";
}

/** Other people stay out of it. */
export function nameOf(id: string, userId: string): string {
  if (id === userId) return 'you';
  return isGone(id) ? 'somebody who left' : 'somebody else';
}

/** A moment, for people and programs. */
export function dateOf(at: number): string {
  return new Date(at).toISOString();
}
