import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Chapter } from './chapter.ts';
import { CHAPTERS, REPORTED_CHAPTERS } from './chapters.ts';
import { type Cut, listMoments, type Moment, pickMoments } from './cuts.ts';
import { Lives, SLOW_MS } from './lives.ts';
import { openStage } from './open-stage.ts';
import { countCredits, countHeldCredits, type Stage } from './stage.ts';
import { playChapter, type Story } from './story.ts';
import { expectInOrder } from './verdict.ts';

/** The long form tries every moment, on both databases, and every start that follows is cut as well. */
const IS_LONG = process.env.CHAOS === 'long';
const DATABASES = IS_LONG ? (['SQLite', 'PostgreSQL'] as const) : (['SQLite'] as const);
/** One chapter alone: `CHAOS=long CHAOS_CHAPTER=fail npx vitest run test/chaos/kill-every-step`. */
const CHAPTER = process.env.CHAOS_CHAPTER;
/** How the bot learns what becomes of a task, and what is played by it. */
const WAYS = [
  { way: 'looking', isReported: false, played: CHAPTERS.filter(isWanted) },
  { way: 'webhooks', isReported: true, played: REPORTED_CHAPTERS.filter(isWanted) },
].filter(({ played }) => played.length > 0);
/** Every so many cuts of the short form, the start that follows is cut, too. */
const SECOND_CUT_EVERY = 8;
/** A start and the recovery after it pass about so many moments. */
const START_MOMENTS = 30;
const MORE_THAN_A_DAY_MS = 25 * 60 * 60_000;
const NEVER: Cut = { at: 1_000_000 };

/** A chapter, and every moment of it. */
interface Passage {
  readonly chapter: Chapter;
  readonly moments: readonly Moment[];
}

function isWanted({ name }: Chapter): boolean {
  return CHAPTER === undefined || name === CHAPTER;
}

describe.each(DATABASES.flatMap((kind) => WAYS.map((way) => ({ kind, ...way }))))(
  'kill -9 at any step, on $kind, by $way',
  ({ kind, way, isReported, played }) => {
    let stage: Stage;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ stage, close } = await openStage({ kind, isReported }));
    }, 90_000);
    afterAll(() => close());

    it(
      'nothing of the full story is lost, sent twice, shown twice or paid twice',
      async () => {
        const creditsBefore = countCredits(stage.world);
        const stories: Story[] = [];
        const passages = await playAll(stage, played, stories);
        const found = passages.reduce((sum, { moments }) => sum + moments.length, 0);
        const cuts = passages.flatMap(({ chapter, moments }) => {
          const share = Math.max(1, Math.round((played.length * moments.length) / found));
          return (IS_LONG ? moments : pickMoments(moments, share)).map((cut) => ({ chapter, cut }));
        });
        const deathsBefore = stage.lives.deaths;
        for (const [index, { chapter, cut }] of cuts.entries()) {
          if (IS_LONG || index % SECOND_CUT_EVERY === 0)
            stage.lives.cutNextStartAt(1 + (index % START_MOMENTS));
          await stage.lives.arm(cut);
          stories.push(await playChapter(stage, chapter, `story number ${index}x`, cut));
        }
        const deaths = stage.lives.deaths - deathsBefore;
        await settleUnknown(stage);
        await expectInOrder(stage.world, stories, creditsBefore - countCredits(stage.world));
        const complete = stories.filter(({ isComplete }) => isComplete).length;
        const again = stories.reduce((sum, { askedAgain }) => sum + askedAgain, 0);
        process.stdout.write(
          `kill -9 on ${kind}, by ${way}: ${cuts.length} of ${found} cut points in ${played.length} chapters tried, ` +
            `${deaths} kills; of ${stories.length} stories ${complete} are complete, ` +
            `${stories.length - complete} end with a request of which the card says ` +
            `that it is not known whether it was taken; asked again ${again} times\n`,
        );
        expect(deaths).toBeGreaterThanOrEqual(Math.floor(cuts.length * 0.9));
        expect(complete).toBeGreaterThan(stories.length / 2);
      },
      IS_LONG ? 3 * 60 * 60_000 : 240_000,
    );
  },
);

/** Plays the full story without a cut, so that all of it comes to its end. */
async function playAll(
  stage: Stage,
  played: readonly Chapter[],
  stories: Story[],
): Promise<readonly Passage[]> {
  const passages: Passage[] = [];
  for (const [index, chapter] of played.entries()) {
    // As whenever it is cut: by a process that has done nothing yet.
    if (IS_LONG) await stage.lives.kill();
    await stage.lives.arm(NEVER);
    const bot = await stage.lives.ready();
    const before = bot.complaints.length;
    const story = await playChapter(stage, chapter, `story before ${index}x`);
    expect(story.isComplete, story.title).toBe(true);
    stories.push(story);
    passages.push({ chapter, moments: listMoments(bot.complaints.slice(before)) });
  }
  return passages;
}

/** Lets the day pass after which what is still not known is charged, and marked. */
async function settleUnknown({ world, lives, window }: Stage): Promise<void> {
  await lives.end('SIGTERM');
  const store = await world.openStore();
  await store.db
    .updateTable('tasks')
    .set(({ eb }) => ({ due_at: eb('due_at', '-', MORE_THAN_A_DAY_MS) }))
    .where('state', '=', 'unknown')
    .execute();
  await store.close();
  const last = await Lives.start(world.env);
  try {
    await expect.poll(() => countHeldCredits(window), { timeout: SLOW_MS }).toBe(0);
  } finally {
    await last.end('SIGTERM');
  }
}
