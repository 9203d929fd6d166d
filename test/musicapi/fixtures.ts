import { readdirSync, readFileSync } from 'node:fs';

const ROOT = new URL('../fixtures/musicapi/', import.meta.url);

/** Names of the recorded examples of one kind, without their ending. */
export function listFixtures(folder: 'answers' | 'requests' | 'webhooks'): string[] {
  return readdirSync(new URL(`${folder}/`, ROOT))
    .map((file) => file.replace(/\.json$/, ''))
    .toSorted();
}

/** The content of one of them. */
export function readFixture(folder: 'answers' | 'requests' | 'webhooks', name: string): unknown {
  return JSON.parse(readFileSync(new URL(`${folder}/${name}.json`, ROOT), 'utf8'));
}
