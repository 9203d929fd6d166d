import { serveAudioOf, serveWav } from '../support/audio.ts';
import { openWindow } from '../support/database-window.ts';
import { sendBytes, startOtherHost } from '../support/elsewhere.ts';
import { findFreePort } from '../support/free-port.ts';
import { createPostgresDatabase } from '../support/postgres.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import { makeMp3 } from '../support/real-audio.ts';
import { createSqliteDatabase } from '../support/store.ts';
import { Lives, SLOW_MS } from './lives.ts';
import type { Stage } from './stage.ts';

/** What a stage is made of. */
interface StageSpec {
  readonly kind: 'SQLite' | 'PostgreSQL';
  /** Whether MusicAPI reports its tasks to the bot. */
  readonly isReported: boolean;
}

/** A stage, and the way to take it down again. */
interface OpenStage {
  readonly stage: Stage;
  close(): Promise<void>;
}

/** Starts the whole product, with a bot that can be killed at any step, on a database of its own. */
export async function openStage({ kind, isReported }: StageSpec): Promise<OpenStage> {
  const database = await (kind === 'SQLite' ? createSqliteDatabase() : createPostgresDatabase());
  const loud = await startOtherHost(sendBytes(await makeMp3(2, 320), 'audio/mpeg'));
  // The same for every life of the bot.
  const port = `${await findFreePort()}`;
  const world = await startQuickWorld({
    startsBot: false,
    env: {
      DATABASE_URL: database.databaseUrl,
      BUDGET_MEMBER_DAY: 'unlimited',
      BUDGET_SERVER_DAY: 'unlimited',
      // Whatever the port.
      MUSICAPI_MEDIA_HOSTS: '127.0.0.1',
      LEASE_MS: '1000',
      ...(isReported ? { PUBLIC_URL: 'https://music.example.org', HTTP_PORT: port } : {}),
    },
    musicApi: { account: { credits: 1_000_000 } },
    // More starts than Discord grants a small bot in a day.
    discord: { ackMs: SLOW_MS, identifiesPerDay: 10_000 },
  });
  world.musicApi.setWebhooks({ origin: `http://127.0.0.1:${port}` });
  serveAudioOf(world.musicApi, 4_096);
  serveWav(world.musicApi);
  const recording = await makeMp3(1, 64);
  const lives = await Lives.start(world.env);
  const window = openWindow(database.databaseUrl);
  return {
    stage: { world, lives, window, recording, loudHost: loud.host },
    async close() {
      await lives.end('SIGKILL');
      await window.close();
      await world.close();
      await loud.close();
      await database.remove();
    },
  };
}
