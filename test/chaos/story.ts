import type { Channel } from '../../sandbox/discord/channel.ts';
import { openChannel } from '../support/evidence.ts';
import { Asker } from './asker.ts';
import type { Chapter } from './chapter.ts';
import type { Moment } from './cuts.ts';
import type { Stage } from './stage.ts';

/** A chapter as it was played, in a channel of its own. */
export interface Story {
  /** The chapter, and where the bot was killed in it. */
  readonly title: string;
  readonly channel: Channel;
  /** What is made in it goes into the library without a word. */
  readonly isSilent: boolean;
  /** How often the person had to ask again. */
  readonly askedAgain: number;
  /** Whether it came to its end; a task that became unknown ends it. */
  readonly isComplete: boolean;
}

/**
 * Plays a chapter until every card of it says how it ended.
 *
 * @param mark - stands in all that is asked for
 */
export async function playChapter(
  stage: Stage,
  { name, play, isSilent = false }: Chapter,
  mark: string,
  cut?: Moment,
): Promise<Story> {
  const title = cut ? `${name}, killed ${cut.what} #${cut.occurrence}` : name;
  const channel = openChannel(stage.world, `${name}-${mark}`);
  const asker = new Asker(stage, channel);
  try {
    const isComplete = await play(asker, mark);
    return { title, channel, isSilent, askedAgain: asker.askedAgain, isComplete };
  } catch (cause) {
    throw new Error(title, { cause });
  }
}
