import { describe, expect, it } from 'vitest';
import { expectFound, useSurroundings } from './support.ts';

describe('the configuration', () => {
  it('is in order when every variable can be used', async () => {
    const { examine } = await useSurroundings();
    const checked = await examine({ PATH: '/usr/bin', HOME: '/root', LANG: 'C', POLL_INTERVAL_MS: '' });
    expectFound(checked, 'configuration', 'valid');
    expectFound(checked, 'configuration-names', 'known');
  });

  it('is told with all its problems at once and none of its values, and what needs it is not looked at', async () => {
    const { examine } = await useSurroundings();
    const checked = await examine({ MUSICAPI_KEY: '', POLL_INTERVAL_MS: 'sometimes', SHARDS: 'my-secret' });
    expectFound(checked, 'configuration', 'invalid');
    const problems = checked.filter(({ id }) => id === 'configuration').map(({ message }) => message);
    expect(problems).toEqual([
      expect.stringContaining('MUSICAPI_KEY is missing'),
      expect.stringContaining('POLL_INTERVAL_MS is not a whole number'),
      expect.stringContaining('SHARDS is neither auto nor a range'),
    ]);
    expect(JSON.stringify(checked)).not.toMatch(/sometimes|my-secret/);
    const skipped = expectFound(checked, 'musicapi', 'skipped');
    expect(skipped.message).toBe('MusicAPI: not looked at, because of “Configuration”.');
    expectFound(checked, 'node', 'fitting');
  });

  it('names variables that look mistyped', async () => {
    const { examine } = await useSurroundings();
    const checked = await examine({
      DISCORD_TOKE: 'x',
      MUSICAPI_SECRET: 'x',
      Shards: 'x',
      HTTP_PROXY: 'x',
    });
    expectFound(checked, 'configuration-names', 'unknown');
    const named = checked.filter(({ id }) => id === 'configuration-names');
    expect(named.map(({ message, fix }) => `${message} ${fix}`)).toEqual([
      'DISCORD_TOKE is no variable of Encore: it has no effect. Call it DISCORD_TOKEN, if that is what you mean.',
      'MUSICAPI_SECRET is no variable of Encore: it has no effect. Remove it, if nothing else needs it.',
      'Shards is no variable of Encore: it has no effect. Call it SHARDS, if that is what you mean.',
    ]);
  });
});
