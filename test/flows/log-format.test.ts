import { expect, it, onTestFinished } from 'vitest';
import { type BotProcess, startBotProcess } from '../support/bot-process.ts';
import { PATIENCE } from '../support/patience.ts';
import { startQuickWorld } from '../support/quick-world.ts';

/** A bot of its own process that is up, and everything that it wrote until it was ended. */
async function runUntilReady(changes: Record<string, string>): Promise<readonly string[]> {
  const world = await startQuickWorld({ startsBot: false });
  onTestFinished(() => world.close());
  const bot: BotProcess = startBotProcess({ ...world.env, ...changes });
  await expect.poll(() => bot.output, PATIENCE).toMatch(/\bready\b/);
  expect(await bot.end('SIGTERM')).toMatchObject({ code: 0 });
  return bot.output.trimEnd().split('\n');
}

it('lines are for people where that is wished, up to the end', async () => {
  const lines = await runUntilReady({ LOG_FORMAT: 'pretty' });
  for (const line of lines) expect(line).toMatch(/^\[\d{4}-\d\d-\d\d [\d:.]{12}\] (?:DEBUG|INFO|WARN): \w/);
  expect(lines.join('\n')).toContain('INFO: stopping {"signal":"SIGTERM"}');
});

it('lines are for machines where nobody sits at a terminal', async () => {
  const lines = await runUntilReady({});
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ msg: expect.any(String) });
});
