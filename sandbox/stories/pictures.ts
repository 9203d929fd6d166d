import { first, Story, type StoryDeps } from '../story.ts';

const LYRICS = `[Verse 1]
Lamps along the water
Swing and never sleep
Every boat a daughter
Of a song too deep

[Chorus]
Harbour lights, harbour lights
Show me what you keep
Harbour lights, harbour lights
Over and over the deep

[Verse 2]
Ropes that hum in winter
Rust that sings in rain

[Chorus]
Harbour lights, harbour lights
Call me home again

[Outro]
Out of the fog, out of the foam
Somebody left a light on at home`;

/** A picture with the name of its file. */
interface NamedPicture {
  readonly name: string;
  readonly data: Buffer;
}

/** Draws the pictures of README.md: a song when it is posted, and again when it is known when each word is sung. */
export async function playPictures(deps: StoryDeps): Promise<readonly NamedPicture[]> {
  const { anna } = deps.stage;
  const story = new Story(deps);
  const wish = { title: 'Harbour Lights', tags: 'folk, acoustic guitar' };
  const asked = await story.commandForm(anna, 'compose', wish, { Lyrics: LYRICS });
  const card = first(await story.untilDone(asked, 2));
  const clip = card.link;
  const measured = await story.command(anna, 'export', { clip, format: 'lrc' });
  await story.untilAnswered(measured, { files: 1 });
  const again = await story.command(anna, 'clip show', { clip });
  await story.untilAnswered(again, { files: 1 });
  return [
    { name: 'waveform.png', data: card.picture() },
    { name: 'waveform-with-timeline.png', data: again.picture() },
  ];
}
