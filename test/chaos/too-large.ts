import { expect } from 'vitest';
import type { Asker } from './asker.ts';
import { command } from './chapter.ts';

/** Where files of this size are refused, the loud song has to come smaller, and half of it is small enough. */
const LIMIT_BYTES = 60 * 1024;

/** A song that Discord refuses as too large although the bot has to think that it fits: it comes at a lower bitrate. */
export async function playTooLarge(asker: Asker, prompt: string): Promise<boolean> {
  const { loudHost, world } = asker.stage;
  const { anna, guild, musicApi } = world;
  const { attachmentLimitBytes } = anna.user;
  const plan = musicApi.nextTask({ kind: 'other-host', host: `http://${loudHost}` });
  guild.fileLimitBytes = LIMIT_BYTES;
  anna.user.attachmentLimitBytes = LIMIT_BYTES;
  try {
    const isComplete = await asker.ask('create', async () => command(asker, 'create', { prompt }));
    for (const clip of world.clipCards(asker.channel)) {
      expect(clip.text).toMatch(/Discord refused the original .* as too large, so this is an MP3/);
    }
    return isComplete;
  } finally {
    plan.cancel();
    guild.fileLimitBytes = undefined;
    anna.user.attachmentLimitBytes = attachmentLimitBytes;
  }
}
