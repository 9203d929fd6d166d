import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { useSurroundings } from './support.ts';

const MAIN = fileURLToPath(new URL('../../src/doctor/main.ts', import.meta.url));
const NODE = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));

/** The program itself, as `npm run doctor` starts it. */
function start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env;
  return new Promise<{ code: number; out: string; complaints: string }>((resolve) => {
    const child = execFile(
      NODE,
      [MAIN, ...args],
      { env: { PATH, NODE_COMPILE_CACHE, ...env } },
      (_error, out, complaints) => resolve({ code: child.exitCode ?? -1, out, complaints }),
    );
  });
}

const REPORT = z.strictObject({
  ok: z.boolean(),
  checks: z.array(
    z.strictObject({
      id: z.string(),
      outcome: z.string(),
      group: z.string(),
      status: z.enum(['ok', 'warning', 'failure', 'skipped']),
      message: z.string().min(1),
      fix: z.string().min(1).optional(),
      ms: z.int().min(0),
    }),
  ),
});

describe('npm run doctor', () => {
  it('tells people what it found, by groups, without colours in a file, and ends with 1 for warnings', async () => {
    const { env, discord } = await useSurroundings();
    const guild = discord.addGuild({ name: 'Makers' });
    const { code, out, complaints } = await start(['--guild', guild.id], env);
    expect(complaints).toBe('');
    expect(code).toBe(1);
    expect(out).toMatch(/^Configuration\n {2}ok {7}All \d+ variables that are set can be used\.\n/);
    expect(out).toContain('\n\nDiscord\n  ok       Discord answers within');
    expect(out).toContain(
      '  warning  Discord does not know the commands yet.\n           npm start registers them',
    );
    // On a busy machine, MusicAPI may seem slow, too.
    expect(out).toMatch(/\n\n[23] warnings\.\n$/);
    expect(out).not.toContain('\u001b');
  });

  it('tells programs one object and nothing else', async () => {
    const { env } = await useSurroundings();
    const { code, out } = await start(['--json'], { ...env, MUSICAPI_KEY: 'wrong-key' });
    expect(code).toBe(2);
    const { ok, checks } = REPORT.parse(JSON.parse(out));
    expect(ok).toBe(false);
    expect(checks.find(({ id }) => id === 'musicapi-key')).toMatchObject({
      outcome: 'refused',
      group: 'MusicAPI',
      status: 'failure',
      fix: expect.stringContaining('dashboard'),
    });
  });

  it('ends with 2 when nothing is set, and says everything that is missing', async () => {
    const { code, out } = await start([]);
    expect(code).toBe(2);
    expect(out).toContain('  failure  DISCORD_TOKEN is missing');
    expect(out).toContain('  failure  MUSICAPI_KEY is missing');
  });

  it('explains itself', async () => {
    const { code, out } = await start(['--help']);
    expect(code).toBe(0);
    expect(out).toContain('--channel ID');
    for (const args of [['--gild'], ['--guild', 'makers'], ['--channel']]) {
      const { code, out, complaints } = await start(args);
      expect([code, out]).toEqual([2, '']);
      expect(complaints).toContain('--channel ID');
    }
  });
});
