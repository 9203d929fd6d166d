import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startBotProcess } from '../support/bot-process.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import { expectNoSecretIn } from '../support/secret-search.ts';

const TALKATIVE = fileURLToPath(new URL('../support/talkative-process.ts', import.meta.url));

test('a world cannot be closed when a secret stands in the log of its bot', async () => {
  const world = await startQuickWorld();
  const { anna, channel, discord, musicApi } = world;
  // The bot has never heard of this key, and MusicAPI tells it.
  const foreignKey = musicApi.addKey({ key: 'key-of-somebody-else' });
  await fetch(`${musicApi.url}/get-credits`, { headers: { authorization: `Bearer ${foreignKey}` } });
  musicApi.nextTask({ kind: 'fail', error: `${foreignKey} has failed` });
  anna.command(channel, 'create', { prompt: 'tell it' });
  await discord.until(() => world.log.some(({ failure }) => failure !== undefined), { what: 'the reason' });
  await expect(world.close()).rejects.toThrow(/a secret stands in the log: "key-…" in .*why a task ended/);
});

test('nor can a process of its own', async () => {
  const bot = startBotProcess({ MUSICAPI_KEY: 'a-very-fake-key' }, TALKATIVE);
  await expect(bot.untilExit()).rejects.toThrow('a secret stands in the log');
});

test('a token of an interaction is one, though nobody knows it', () => {
  const token = Buffer.from(`interaction:123456789012345678:${'x'.repeat(40)}`).toString('base64');
  expect(() => expectNoSecretIn(['nothing', `PATCH /webhooks/1/${token}`], [])).toThrow('in PATCH');
  expect(() => expectNoSecretIn(['an interaction: nothing'], [])).not.toThrow();
});
