import type { StoryDeps } from '../story.ts';
import { playEngines } from './engines.ts';
import { playHouse } from './house.ts';
import { playLibrary } from './library.ts';
import { playMessages } from './messages.ts';
import type { Receipt } from './receipts.ts';
import { playRecordings } from './recordings.ts';
import { playParts, playRework } from './rework.ts';
import { playSongs } from './songs.ts';
import { Tour } from './tour.ts';
import { playVoices } from './voices.ts';

/**
 * Plays one request of every command and of everything that MusicAPI can do, chapter by chapter.
 *
 * @throws Error with the first that did not end as expected, or with what was left out
 */
export async function playEverything(deps: StoryDeps): Promise<readonly Receipt[]> {
  const tour = new Tour(deps);
  const { anna, ben } = deps.stage;
  const songs = await playSongs(tour, deps.stage);
  await playRework(tour, deps.stage, songs.sea);
  await playParts(tour, deps.stage, songs.sea);
  await playRecordings(tour, deps.stage);
  await playVoices(tour, deps.stage);
  await playMessages(tour, deps.stage, songs.sea);
  await playEngines(tour, deps.stage, songs.sea);
  await playLibrary(tour, deps.stage);
  await playHouse(tour, deps.stage);
  tour.chapter('Keeping an eye on it', 'What is under way, what was spent, and what there is.');
  await tour.answer(ben, { command: 'tasks' }, { result: 'nothing is open' });
  await tour.answer(anna, { command: 'credits' }, { says: ['credits'], result: 'budget and prices' });
  await tour.answer(anna, { command: 'help' }, { says: ['/create'], result: 'all commands' });
  tour.checkComplete();
  return tour.receipts.list;
}
