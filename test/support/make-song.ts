import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { openChannel } from './evidence.ts';
import type { TestWorld } from './world.ts';

/** Has Anna make a song of this title, in a channel of its own. `facts` is what MusicAPI knows of its takes. */
export async function makeSong(world: TestWorld, name: string) {
  const channel = openChannel(world, name);
  world.anna.command(channel, 'create', { prompt: `a song called ${name}`, tags: 'reggae', title: name });
  const cards = (await world.untilClipCards(2, channel)) as [Message, Message];
  const facts = world.musicApi.tasks.at(-1)?.clips ?? [];
  return { channel, cards, facts };
}

/** Has Anna ask for a song that is being made until `finish` is called. */
export async function beginSong({ anna, discord, musicApi }: TestWorld, channel: Channel) {
  musicApi.nextTask('never');
  const sent = anna.command(channel, 'create', { prompt: 'a slow song about rain' });
  const card = await sent.reply();
  await discord.until(() => card.text.includes('Being made'), { what: 'a running task' });
  return { sent, card, finish: () => musicApi.setTask(musicApi.tasks.at(-1)?.taskId ?? '', []) };
}
