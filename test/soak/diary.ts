import { ClientError } from '../../sandbox/discord/client-error.ts';
import type { BotKeeper } from './bot-keeper.ts';
import type { Course } from './course.ts';
import type { Dice } from './dice.ts';
import { DOINGS } from './doings.ts';
import type { Pace } from './pace.ts';
import type { Member, Town } from './town.ts';

/** What members did. */
export interface Diary {
  /** How often, by name. */
  readonly done: Map<string, number>;
  total: number;
  /** What Discord's client would not let them do: a button was gone, nothing was there yet. */
  couldNot: number;
  /** What happened that nobody had thought of. */
  readonly surprises: string[];
}

/** An empty one. */
export function openDiary(): Diary {
  return { done: new Map(), total: 0, couldNot: 0, surprises: [] };
}

interface LifeDeps {
  readonly town: Town;
  readonly diary: Diary;
  readonly dice: Dice;
  readonly pace: Pace;
  readonly keeper: BotKeeper;
  readonly course: Course;
}

/** Simulated ms between two things that one member does. */
const THINK_MS = [30_000, 150_000] as const;

/** One member does one thing after the other until the end. */
export async function live(
  member: Member,
  { town, keeper, diary, dice, pace, course }: LifeDeps,
): Promise<void> {
  while (await course.lasts(pace.real(dice.between(...THINK_MS)))) {
    await town.hush.over();
    const place = dice.pick(member.places);
    const { name, act } = dice.weigh(DOINGS);
    if (!place) return;
    try {
      // Nobody waits for the answer of a bot that has died.
      await Promise.race([act({ town, member, place, dice }), keeper.untilDeath()]);
      diary.total += 1;
      diary.done.set(name, (diary.done.get(name) ?? 0) + 1);
    } catch (error) {
      if (error instanceof ClientError) diary.couldNot += 1;
      else diary.surprises.push(`${name}: ${error instanceof Error ? error.stack : error}`);
    }
  }
}
