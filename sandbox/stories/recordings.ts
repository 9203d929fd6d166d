import type { Stage } from '../stage.ts';
import type { Tour } from './tour.ts';
import { recordTune } from './tune.ts';

/** An option of that name, written out as a key, would look like the one of a promise. */
const THEN = 'then';

/** Audio that people bring along. */
export async function playRecordings(tour: Tour, { anna, ben }: Stage): Promise<void> {
  tour.chapter('Your own recordings', 'Bring in what you played or sang, and go on from it.');
  const file = recordTune('Kitchen Tune', 3);
  const brought = { command: 'upload', options: { file, title: 'Kitchen Tune' } };
  // Songs can be named by a link to their message too.
  const [{ link: clip }] = await tour.make(ben, brought, 'sonic upload', 1);
  const voice = {
    clip,
    lyrics: '[Verse]\nThe kettle hums along with me',
    tags: 'soul',
  };
  await tour.make(ben, { command: 'add vocals', options: voice }, 'sonic add-vocals', 2);
  const band = { clip, tags: 'brass band' };
  await tour.make(ben, { command: 'add instrumental', options: band }, 'sonic add-instrumental', 2);
  const extended = { file, [THEN]: 'extend', tags: 'bossa nova', title: 'Kitchen Tune Goes On' };
  await tour.make(anna, { command: 'upload', options: extended }, 'sonic upload-extend', 2);
  const covered = { file, [THEN]: 'cover', tags: 'string quartet', title: 'Kitchen Quartet', strength: 0.4 };
  await tour.make(anna, { command: 'upload', options: covered }, 'sonic upload-cover', 2);
  const piece = { file, from: '0:01', to: '0:02', prompt: 'a parade in the rain' };
  await tour.make(anna, { command: 'sample', options: piece }, 'sonic sample', 2);
}
