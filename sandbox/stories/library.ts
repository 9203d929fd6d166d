import type { Stage } from '../stage.ts';
import type { Tour } from './tour.ts';

/** A song is found again, heard, shown to everybody, and asked for its family. */
export async function playLibrary(tour: Tour, { anna, ben }: Stage): Promise<void> {
  tour.chapter('Found again', 'Every song stays: in the library, on fresh cards, and in its family.');
  const list = await tour.answer(
    ben,
    { command: 'library', options: { search: 'night sea' } },
    { says: ['Night Sea'], result: 'a page of songs' },
  );
  await tour.answer(ben, { buttons: ['1️⃣'], under: list }, { files: 1 });
  const clip = await tour.song(anna, 'clip show', 'Night Sea');
  await tour.answer(anna, { command: 'clip show', options: { clip } }, { files: 1 });
  await tour.answer(
    anna,
    { command: 'clip tree', options: { clip } },
    { says: ['The family of Night Sea', 'Cover'], result: 'where it comes from, and what came of it' },
  );
}
