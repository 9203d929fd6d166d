import type { Message } from '../discord/message-view.ts';
import type { Stage } from '../stage.ts';
import type { Tour } from './tour.ts';

const HARBOUR = `[Verse]
Lamps along the water
Swing and never sleep

[Chorus]
Harbour lights, harbour lights
Show me what you keep`;

/** New songs: from a description, from lyrics, from drafts of both. Gives the first, with which others go on. */
export async function playSongs(tour: Tour, { anna, ben }: Stage): Promise<{ readonly sea: Message }> {
  tour.chapter('A new song', 'From a few words, from your own lyrics, or from a draft.');
  const [sea] = await tour.make(
    anna,
    {
      command: 'create',
      options: {
        prompt: 'a song about the sea at night',
        tags: 'shanty, accordion, female voice',
        title: 'Night Sea',
      },
    },
    'sonic create',
    2,
  );
  await tour.make(
    ben,
    {
      command: 'compose',
      options: { tags: 'folk, acoustic guitar', title: 'Harbour Lights' },
      fields: { Lyrics: HARBOUR },
    },
    'sonic create',
    2,
  );
  const batch = { prompt: 'a lullaby for a lighthouse', count: 2, title: 'Lighthouse' };
  await tour.makeSeveral(anna, { command: 'batch', options: batch }, ['sonic create', 'sonic create'], 4);
  const drafts = await tour.answer(
    anna,
    { command: 'lyrics', options: { about: 'the last ferry home' } },
    { wishes: ['sonic lyrics'], says: ['Compose'], result: 'two drafts' },
  );
  await tour.make(anna, { buttons: ['1️⃣'], under: drafts }, 'sonic create', 2);
  const tags = await tour.answer(
    ben,
    { command: 'tags', options: { tags: 'surf rock' } },
    { wishes: ['sonic tags'], says: ['Create with these'], result: 'richer tags' },
  );
  const wanted = { Prompt: 'waves that come in too early', Title: 'Early Waves' };
  await tour.make(ben, { buttons: ['Create with these'], under: tags, fields: wanted }, 'sonic create', 2);
  return { sea };
}
