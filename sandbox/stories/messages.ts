import type { Message } from '../discord/message-view.ts';
import type { Stage } from '../stage.ts';
import type { Tour } from './tour.ts';

/** Songs from messages that people wrote to each other: of their audio, and of their words. */
export async function playMessages(tour: Tour, { anna, ben, channel }: Stage, song: Message): Promise<void> {
  tour.chapter('From messages', 'A file says itself how it was made, and what somebody wrote can be sung.');
  const file = { name: 'found-again.mp3', data: await song.file() };
  const posted = anna.say(channel, 'Who remembers this one?', [file]);
  const again = {
    entry: 'Use this audio',
    under: posted,
    buttons: ['Cover'],
    fields: { Tags: 'lo-fi, rainy evening' },
  };
  await tour.make(ben, again, 'sonic cover', 2);
  const written = anna.say(channel, `The ferry is late again, ${ben.mention}, and I *still* wait for it`);
  await tour.make(ben, { entry: 'Song from this', under: written, buttons: ['Create'] }, 'sonic create', 2);
}
