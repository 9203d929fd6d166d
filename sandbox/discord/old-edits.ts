import { DiscordError } from './errors.ts';
import type { MessageRecord } from './records.ts';
import type { World } from './world.ts';

const HOUR_MS = 3_600_000;

/** Creates the check that limits edits of messages older than an hour (error 30046), counted per channel and hour. */
export function createOldEditCheck(world: World): (message: MessageRecord) => void {
  const windows = new Map<string, { count: number; endsAt: number }>();
  return (message) => {
    const now = world.clock.now();
    if (now - message.createdAt < HOUR_MS) return;
    let window = windows.get(message.channelId);
    if (!window || window.endsAt <= now) {
      window = { count: 0, endsAt: now + HOUR_MS };
      windows.set(message.channelId, window);
    }
    if (window.count >= world.limits.oldEdits) {
      const text = 'Maximum number of edits to messages older than 1 hour reached. Try again later.';
      throw new DiscordError(429, 30_046, text, { retryAfter: (window.endsAt - now) / 1000 });
    }
    window.count += 1;
  };
}
