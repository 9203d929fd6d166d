import { REST } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { startLocalDiscord } from '../sandbox/discord/server.ts';
import { createLogger, hideFrom, type LogOptions } from '../src/log.ts';
import { createPrettyDestination } from '../src/log-pretty.ts';
import { findSecret } from './support/secret-search.ts';

const KEY = 'sk-"quoted"/3f9a+b';

function createLog(options: Partial<LogOptions> = {}) {
  const lines: string[] = [];
  const destination = { write: (line: string) => lines.push(line) };
  const log = createLogger({ level: 'trace', secrets: [KEY], destination, ...options });
  return { log, lines };
}

describe('a line', () => {
  test.each([
    ['a message', () => [KEY]],
    ['a field', () => [{ note: `the key ${KEY}` }, 'words']],
    ['the name of a field', () => [{ [KEY]: 1 }, 'words']],
    ['an object far down', () => [{ a: { b: { c: { d: [{ e: KEY }] } } } }, 'words']],
    ['an error', () => [{ err: new Error(`no ${KEY}`) }, 'words']],
    ['the cause of a cause', () => [{ err: causedBy(causedBy(new Error(KEY))) }, 'words']],
    ['errors that came together', () => [{ err: new AggregateError([new Error(KEY)]) }, 'words']],
    ['an address', () => [{ url: `https://example.org/?key=${encodeURIComponent(KEY)}` }, 'words']],
    ['a header', () => [{ header: `Basic ${Buffer.from(`me:${KEY}`).toString('base64')}` }, 'words']],
    ['a text with a place for it', () => ['the key %s', KEY]],
  ])('never holds a secret: %s', (_, say) => {
    const { log, lines } = createLog();
    const pretty: string[] = [];
    const out = createPrettyDestination({ write: (line) => pretty.push(line) });
    const forPeople = createLogger({ level: 'trace', secrets: [KEY], destination: out });
    for (const one of [log, log.child({ part: 'child' }), forPeople, forPeople.child({ key: KEY })]) {
      one.info(...(say() as [string]));
    }
    expect([lines.length, pretty.length]).toEqual([2, 2]);
    for (const line of [...lines, ...pretty]) expect(findSecret(line, [KEY])).toBeUndefined();
  });

  test('never holds what was found to be a secret later, nor do those of its children', () => {
    const { log, lines } = createLog();
    const child = log.child({ part: 'child' });
    const reveal = hideFrom(child, 'typed-later');
    log.info('typed-later');
    child.info('typed-later');
    reveal();
    log.info('typed-later');
    expect(lines.map((line) => line.includes('typed-later'))).toEqual([false, false, true]);
  });

  test('tells of an error what helps, and nothing of what was sent', async () => {
    await using cleanup = new AsyncDisposableStack();
    const discord = await startLocalDiscord();
    cleanup.defer(() => discord.close());
    const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
    const body = { content: 'what somebody typed' };
    const error: unknown = await rest
      .post('/channels/123456789012345678/messages', { body })
      .catch((thrown) => thrown);
    const { log, lines } = createLog();
    log.warn({ err: new Error('not sent', { cause: error }) }, 'words');
    expect(lines.join()).not.toContain('what somebody typed');
    expect(JSON.parse(lines.join()).err).toMatchObject({
      message: 'not sent',
      stack: expect.stringContaining('log.test.ts'),
      cause: { type: 'DiscordAPIError[10003]', code: 10003, status: 404, method: 'POST' },
    });
  });
});

test('lines for people are one line each, with time, level, words and facts', () => {
  const lines: string[] = [];
  const destination = createPrettyDestination({ write: (line) => lines.push(line) });
  createLogger({ level: 'info', destination }).info({ taskId: 'task-1', to: 'running' }, 'task changed');
  expect(lines).toEqual([
    expect.stringMatching(
      /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\] INFO: task changed \{"taskId":"task-1","to":"running"\}\n$/,
    ),
  ]);
});

function causedBy(cause: Error): Error {
  return new Error('it did not work', { cause });
}
