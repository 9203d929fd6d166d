import type { Message } from '../discord/message-view.ts';
import type { Stage } from '../stage.ts';
import type { Tour } from './tour.ts';

/** Long enough for nuro, which wants 300 characters. */
const NIGHT_TRAIN = `[verse]
The night train hums below the hill
The platform clock is standing still
A paper cup, a folded map
A sleeping child in someone's lap
[chorus]
Carry me over, carry me through
Every dark window is looking at you
[verse]
The signal turns from red to green
The longest field I have ever seen
And somewhere in the morning light
A kettle sings about the night`;

/** The other engines; one meaning for the person, whichever engine made the song. */
export async function playEngines(tour: Tour, { anna, ben }: Stage, sea: Message): Promise<void> {
  tour.chapter(
    'Other engines',
    'The same commands and buttons work on songs of producer; nuro makes new ones.',
  );
  const wanted = { prompt: 'rails in the rain', tags: 'ambient, synth', title: 'Rails', engine: 'producer' };
  const [rails] = await tour.make(ben, { command: 'create', options: wanted }, 'producer create', 1);
  const longer = {
    clip: await tour.song(ben, 'extend', 'Rails'),
    prompt: 'let the rain get louder',
    length: '0:20',
  };
  await tour.make(ben, { command: 'extend', options: longer }, 'producer extend', 1);
  const covering = { Instruction: 'a tango with bandoneon', Strength: '0.6' };
  await tour.make(anna, { buttons: ['Cover'], under: rails, fields: covering }, 'producer cover', 1);
  const clip = await tour.song(anna, 'replace', 'Rails');
  const replaced = { clip, from: '0:01', to: '0:02', prompt: 'a train passes by' };
  await tour.make(anna, { command: 'replace', options: replaced }, 'producer replace', 1);
  await tour.answer(
    anna,
    { command: 'export', options: { clip, format: 'wav' } },
    { wishes: ['producer download'], files: 1 },
  );
  await tour.make(anna, { buttons: ['More', 'To producer'], under: sea }, 'producer upload', 1);
  const background = { prompt: 'calm piano for a rainy afternoon', engine: 'nuro' };
  await tour.make(ben, { command: 'create', options: background }, 'nuro create', 1);
  const lyrics = { name: 'night-train.txt', data: Buffer.from(NIGHT_TRAIN) };
  const train = { 'lyrics-file': lyrics, title: 'Night Train', tags: 'Folk', engine: 'nuro' };
  await tour.make(anna, { command: 'compose', options: train }, 'nuro create', 1);
}
