import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveAudioOf } from '../support/audio.ts';
import { listPosts } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';
import { Lives } from './lives.ts';

/** A further message by the interaction's token: nothing lets Discord compare it, and the bot cannot look for it. */
const FOLLOW_UP = 'POST /api/v10/webhooks/:id/:token';
const DOUBT = 'may or may not have been posted';

let world: TestWorld;
let lives: Lives;

beforeAll(async () => {
  world = await startQuickWorld({
    startsBot: false,
    env: { BUDGET_MEMBER_DAY: 'unlimited', BUDGET_SERVER_DAY: 'unlimited', LEASE_MS: '1000' },
  });
  serveAudioOf(world.musicApi, 4_096);
  lives = await Lives.start(world.env);
});
afterAll(async () => {
  await lives.end('SIGKILL');
  await world.close();
});

describe('kill -9 at a message of which nobody can find out', () => {
  it.each([
    ['before', 1],
    ['after', 1],
    ['before', 2],
    ['after', 2],
  ] as const)(
    '%s message %d was sent: no clip is posted twice, and the card asks',
    async (moment, occurrence) => {
      const name = `${moment}-${occurrence}x`;
      const channel = world.guild.addChannel({
        name,
        botPermissions: { without: ['SendMessages', 'ReadMessageHistory'] },
      });
      await lives.arm({ what: `${moment} ${FOLLOW_UP}`, occurrence });
      const { deaths } = lives;
      const card = await world.anna.command(channel, 'create', { prompt: name }).reply();
      await world.discord.until(() => card.text.includes(DOUBT), { what: 'the question' });
      expect(card.buttons.map(({ label }) => label)).toEqual(
        expect.arrayContaining(['Post again', 'It is there']),
      );
      const posted = moment === 'after' ? 2 : 1;
      const clips = await world.untilClipCards(posted, channel);
      expect(clips).toHaveLength(posted);
      expect(new Set(clips.map((clip) => clip.button('Extend').customId)).size).toBe(posted);
      expect(lives.deaths).toBe(deaths + 1);
      expect(listPosts(world, name)).toHaveLength(1);
      world.anna.press(card, moment === 'after' ? 'It is there' : 'Post again');
      await world.discord.until(() => card.text.startsWith('Done:'));
      expect(world.clipCards(channel)).toHaveLength(2);
    },
  );
});
