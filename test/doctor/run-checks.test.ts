import { describe, expect, it } from 'vitest';
import type { Check } from '../../src/doctor/check.ts';
import { createContext } from '../../src/doctor/context.ts';
import { found } from '../../src/doctor/outcomes.ts';
import { runChecks } from '../../src/doctor/run-checks.ts';
import { expectFound, useSurroundings } from './support.ts';

/** Longer than any test. */
const NEVER = new Promise<never>(() => {});

function check(id: Check['id'], run: Check['run'], needs: Check['needs'] = []): Check {
  return { id, title: id, needs, run };
}

async function run(checks: readonly Check[], timeoutMs = 60_000) {
  const results = runChecks(checks, createContext({ env: {}, commands: [] }), timeoutMs);
  return (await Promise.all(results)).flat();
}

describe('runChecks', () => {
  it('gives up what takes too long, tells the probe so, and goes on with the rest', async () => {
    let signal: AbortSignal | undefined;
    const hanging = check('clock', async (_context, given) => {
      signal = given;
      return await NEVER;
    });
    const fine = check('node', async () => [found('node', 'fitting', 'fine')]);
    const checked = await run([hanging, fine], 10);
    expect(expectFound(checked, 'clock', 'late').message).toBe('clock: no answer within 0.01 s.');
    expectFound(checked, 'node', 'fitting');
    await expect.poll(() => signal?.aborted).toBe(true);
  });

  it('says what broke, and skips what needs it, and what needs that', async () => {
    const broken = check('database', async () => {
      throw new Error('the disk is on fire');
    });
    const next = check('database-migrations', async () => [], ['database']);
    const last = check('encryption-key', async () => [], ['database-migrations']);
    const checked = await run([broken, next, last]);
    expect(expectFound(checked, 'database', 'broken').message).toContain('the disk is on fire');
    expectFound(checked, 'database-migrations', 'skipped');
    expectFound(checked, 'encryption-key', 'skipped');
  });

  it('goes on after a warning', async () => {
    const warned = check('memory', async () => [found('memory', 'low', 'little', 'give it more')]);
    const next = check('node', async () => [found('node', 'fitting', 'fine')], ['memory']);
    expectFound(await run([warned, next]), 'node', 'fitting');
  });

  it('runs side by side, and tells in order', async () => {
    const turn = Promise.withResolvers<void>();
    const first = check('clock', async () => {
      await turn.promise;
      return [found('clock', 'right', 'right')];
    });
    const second = check('node', async () => {
      turn.resolve();
      return [found('node', 'fitting', 'fine')];
    });
    expect((await run([first, second])).map(({ id }) => id)).toEqual(['clock', 'node']);
  });
});

describe('runDoctor', () => {
  it('hangs with nobody who hangs', async () => {
    const { examine, discord, musicApi } = await useSurroundings();
    discord.fault({ answer: 'hang', times: 20 });
    musicApi.fault({ answer: 'hang', times: 'all' });
    const checked = await examine({}, { timeoutMs: 300 });
    expectFound(checked, 'discord', 'late');
    expectFound(checked, 'musicapi', 'late');
    expectFound(checked, 'configuration', 'valid');
  });

  it('tells no secret, wherever it stands', async () => {
    const { examine, env, discord, musicApi } = await useSurroundings();
    const secrets = [discord.token, musicApi.key];
    const text = `Bad key: ${secrets.join(', ')}`;
    musicApi.fault({ path: /get-credits/, times: 'all', answer: { status: 500, body: { error: text } } });
    discord.fault({ answer: { status: 400, message: text }, times: 10 });
    const said = JSON.stringify(await examine());
    expect(said).toContain('Bad key: ');
    for (const secret of secrets) expect(said).not.toContain(secret);
    const wrong = { ...env, DISCORD_TOKEN: 'an id with-blanks', ENCRYPTION_KEY: 'no-key-at-all,another-one' };
    expect(JSON.stringify(await examine(wrong))).not.toMatch(/with-blanks|no-key-at-all|another-one/);
  });
});
