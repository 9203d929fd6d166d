import type { Person } from '../../sandbox/discord/person.ts';
import type { Sent } from '../../sandbox/discord/sent.ts';
import type { Asker } from './asker.ts';
import { SLOW_MS } from './lives.ts';

/** A part of the full story. `mark` stands in all that is asked for in it, and nowhere else. */
export interface Chapter {
  readonly name: string;
  /** Gives whether it came to its end; a task that became unknown ends it before. */
  readonly play: (asker: Asker, mark: string) => Promise<boolean>;
  /** What is made in it goes into the library without a word. */
  readonly isSilent?: boolean;
}

/** For answers of a bot that begins anew. */
export const SLOWLY = { timeoutMs: SLOW_MS };

/** Uses a command where the story is played. */
export function command(
  { stage, channel }: Asker,
  name: string,
  options: Parameters<Person['command']>[2],
): Sent {
  return stage.world.anna.command(channel, name, options);
}

/** What MusicAPI has taken of a story; undefined = nothing. */
export function findTaken({ stage }: Asker, mark: string) {
  return stage.world.musicApi.tasks.find(({ body }) => JSON.stringify(body).includes(mark));
}
