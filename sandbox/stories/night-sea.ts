import { first, Story, type StoryDeps } from '../story.ts';

/** Plays the main story as two people would, with nothing but what they see. @throws Error with what went wrong */
export async function playNightSea(deps: StoryDeps): Promise<void> {
  const { anna, ben } = deps.stage;
  const story = new Story(deps);

  const asked = await story.command(anna, 'create', {
    prompt: 'a song about the sea at night',
    tags: 'shanty, accordion, female voice',
    title: 'Night Sea',
  });
  const songs = await story.untilDone(asked, 2);
  const extending = await story.fillForm(anna, first(songs), 'Extend', { Title: 'Night Sea, second part' });
  const longer = await story.untilDone(extending, 2);
  const covering = await story.fillForm(ben, first(longer), 'Cover', {
    Tags: 'slow jazz, piano, brushes',
    Title: 'Night Sea in Jazz',
    Strength: '0.7',
  });
  const covers = await story.untilDone(covering, 2);
  await story.press(anna, first(covers), '❤️');
  const question = await story.press(anna, first(covers), 'Stems');
  const separating = await story.press(anna, question, 'Basic');
  await story.command(anna, 'tasks');
  await story.command(ben, 'library', { search: 'night sea' });
  await story.untilDone(separating, 4);
  const clip = await story.choose(anna, 'clip tree', 'clip', 'Night Sea in Jazz');
  await story.command(anna, 'clip tree', { clip });
}
