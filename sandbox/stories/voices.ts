import type { Stage } from '../stage.ts';
import type { Tour } from './tour.ts';
import { recordTune } from './tune.ts';

/** Voices that are kept for new songs. */
export async function playVoices(tour: Tour, { anna, ben }: Stage): Promise<void> {
  tour.chapter('Voices', 'Keep the voice of a song, or bring your own, and let it sing something new.');
  const kept = {
    clip: await tour.song(anna, 'persona create', 'Night Sea'),
    name: 'Siren',
    describe: 'low, warm, a little salt',
  };
  await tour.answer(
    anna,
    { command: 'persona create', options: kept },
    { wishes: ['sonic persona'], says: ['**Siren** can sing now'], result: 'Siren can sing' },
  );
  const sung = { prompt: 'a postcard from an island', title: 'Postcard' };
  const siren = await tour.song(anna, 'persona sing', 'Siren', 'persona');
  await tour.make(
    anna,
    { command: 'persona sing', options: { persona: siren, ...sung } },
    'sonic persona-song',
    2,
  );
  await tour.answer(
    ben,
    { command: 'voice create', options: { file: recordTune('Ben humming', 11), name: 'Ben' } },
    { wishes: ['sonic voice'], says: ['**Ben** can sing now'], result: 'Ben can sing' },
  );
  await tour.answer(
    ben,
    { command: 'persona list' },
    { says: ['Ben'], result: 'his voices, to sing with or forget' },
  );
  const forgotten = await tour.song(ben, 'persona forget', 'Ben', 'persona');
  await tour.answer(
    ben,
    { command: 'persona forget', options: { persona: forgotten } },
    { says: ['is forgotten'], result: 'Ben is forgotten' },
  );
}
