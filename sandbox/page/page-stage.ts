import { randomBytes } from 'node:crypto';
import { type Stage, type StageOptions, startStage } from '../stage.ts';
import { type CastMember, furnish } from './cast.ts';
import { type PageServer, startPageServer } from './server.ts';

/** What is put on the stage of the page. */
export interface PageStageOptions extends Omit<StageOptions, 'furnish'> {
  /** The one to have, or the next that is free; 0 for any. */
  readonly port: number;
}

/** A stage that people play on in the browser. */
export interface PageStage {
  readonly stage: Stage;
  readonly page: PageServer;
  /** Everybody whom one can be. */
  readonly cast: readonly CastMember[];
  /** Ends all of it. */
  close(): Promise<void>;
}

/** Settings of a bot that people try out: nothing that it can do is switched off, and one sees at once what it does. */
const ENV = {
  ALLOW_DMS: 'true',
  BUDGET_MEMBER_DAY: '1000',
  POLL_INTERVAL_MS: '1000',
} as const;

/** Long enough to see how a task goes on, and short enough not to wait. */
const TIMELINE = { notReadyMs: 1_000, firstMs: 4_000, lastMs: 6_000 } as const;

/** Starts the stage with everybody on it, and the page. */
export async function startPageStage({ port, ...options }: PageStageOptions): Promise<PageStage> {
  let cast: readonly CastMember[] = [];
  const stage = await startStage({
    // Killing the bot is one of the things to try: nothing is waited for.
    graceMs: 0,
    ...options,
    musicApi: { account: { credits: 5_000 }, timeline: TIMELINE, ...options.musicApi },
    // A key of one's own can be set, and is forgotten with everything else.
    env: { ...ENV, ENCRYPTION_KEY: randomBytes(32).toString('base64'), ...options.env },
    furnish: (scene) => {
      cast = furnish(scene);
    },
  });
  try {
    const page = await startPageServer(stage, cast, port);
    const close = async () => {
      await page.close();
      await stage.close();
    };
    return { stage, page, cast, close };
  } catch (error) {
    await stage.close();
    throw error;
  }
}
