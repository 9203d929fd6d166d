import type { Message } from '../discord/message-view.ts';
import type { Stage } from '../stage.ts';
import type { Tour } from './tour.ts';

/** What can be made of a song that is there. */
export async function playRework(tour: Tour, { anna, ben }: Stage, sea: Message): Promise<void> {
  tour.chapter('Going on with a song', 'Longer, in another style, with another middle, or mixed.');
  const longer = { Title: 'Night Sea, second part' };
  await tour.make(anna, { buttons: ['Extend'], under: sea, fields: longer }, 'sonic extend', 2);
  const part = await tour.song(anna, 'concat', 'Night Sea, second part');
  await tour.make(anna, { command: 'concat', options: { clip: part } }, 'sonic concat', 1);
  const cover = {
    clip: await tour.song(ben, 'cover', 'Night Sea'),
    tags: 'slow jazz, piano, brushes',
    title: 'Night Sea in Jazz',
    strength: 0.7,
  };
  await tour.make(ben, { command: 'cover', options: cover }, 'sonic cover', 2);
  const jazz = await tour.song(ben, 'remaster', 'Night Sea in Jazz');
  await tour.make(
    ben,
    { command: 'remaster', options: { clip: jazz, variation: 'subtle' } },
    'sonic remaster',
    2,
  );
  const replaced = {
    clip: await tour.song(anna, 'replace', 'Lighthouse'),
    from: '0:01',
    to: '0:02',
    lyrics: 'Sleep, little lamp, the ships are home',
  };
  await tour.make(anna, { command: 'replace', options: replaced }, 'sonic replace', 2);
  const mixed = {
    first: await tour.song(ben, 'mashup', 'Night Sea', 'first'),
    second: await tour.song(ben, 'mashup', 'Early Waves', 'second'),
    prompt: 'the sea at night, but everybody is awake',
    title: 'Early Night Waves',
  };
  await tour.make(ben, { command: 'mashup', options: mixed }, 'sonic mashup', 2);
}

/** What can be taken out of a song: tracks, files, notes, words, measures. */
export async function playParts(tour: Tour, { anna, ben }: Stage, sea: Message): Promise<void> {
  tour.chapter('Taking a song apart', 'Its tracks, its notes, its words, and files for every player.');
  await tour.make(anna, { buttons: ['Stems', 'Basic'], under: sea }, 'sonic stems-basic', 4);
  const clip = await tour.song(ben, 'stems', 'Harbour Lights');
  await tour.make(ben, { command: 'stems', options: { clip, kind: 'full' } }, 'sonic stems-full', 12);
  const files = [
    ['wav', 'sonic wav'],
    ['mp3', 'sonic download'],
    ['m4a', 'sonic download'],
    ['midi', 'sonic midi'],
    ['lrc', 'sonic timeline'],
  ] as const;
  for (const [format, wish] of files) {
    await tour.answer(ben, { command: 'export', options: { clip, format } }, { wishes: [wish], files: 1 });
  }
  await tour.answer(
    anna,
    { command: 'inspect', options: { clip: await tour.song(anna, 'inspect', 'Night Sea') } },
    {
      wishes: ['sonic bpm', 'sonic vox', 'sonic timeline'],
      says: ['BPM', 'Voice range: from', '`0:0'],
      result: 'tempo, voice range, word by word',
    },
  );
}
