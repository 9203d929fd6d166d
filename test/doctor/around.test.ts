import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { judgeClock } from '../../src/doctor/checks/clock.ts';
import { judgeHosts } from '../../src/doctor/checks/media-hosts.ts';
import { createKeyBox } from '../../src/keys/key-box.ts';
import { saveAccountKey } from '../../src/store/account-keys.ts';
import { ensureAccount, memberAccount } from '../../src/store/accounts.ts';
import { openStore } from '../../src/store/open.ts';
import { expectFound, useHttps, useSurroundings } from './support.ts';

const NOBODY = '127.0.0.1:1';

describe('the media hosts', () => {
  it('answer; those with a dot in front cannot be asked', async () => {
    const { examine, musicApi } = await useSurroundings();
    const checked = await examine({ MUSICAPI_MEDIA_HOSTS: `${musicApi.host},.example.org` });
    const { message } = expectFound(checked, 'media-hosts', 'answering');
    expect(message).toBe('1 of 1 hosts of songs answer; 1 with a dot in front cannot be asked.');
  });

  it('may all have a dot in front', async () => {
    const { examine } = await useSurroundings();
    const checked = await examine({ MUSICAPI_MEDIA_HOSTS: '.suno.ai,.sonic.ai' });
    expect(expectFound(checked, 'media-hosts', 'answering').message).toMatch(/^2 entries with a dot/);
  });

  it('may be silent, some or all', async () => {
    const { examine, musicApi } = await useSurroundings();
    const some = await examine({ MUSICAPI_MEDIA_HOSTS: `${musicApi.host},${NOBODY}` });
    expect(expectFound(some, 'media-hosts', 'silent').message).toContain(`${NOBODY} (`);
    const all = await examine({ MUSICAPI_MEDIA_HOSTS: NOBODY });
    expectFound(all, 'media-hosts', 'all-silent');
  });

  it('may be silent in part where the list is not the operator’s', () => {
    const silent = [{ host: 'cdn1.sonic.ai', reason: 'getaddrinfo ENOTFOUND cdn1.sonic.ai' }];
    const findings = judgeHosts({ asked: 8, patterns: 0, silent, isOwnList: false });
    expect(expectFound(findings, 'media-hosts', 'partly').message).toBe(
      '7 of 8 hosts of songs answer; not cdn1.sonic.ai.',
    );
  });
});

describe('the clock', () => {
  it('is compared with those of Discord and MusicAPI', async () => {
    const { examine } = await useSurroundings();
    expect(expectFound(await examine(), 'clock', 'right').message).toBe(
      'The clock agrees with Discord and MusicAPI.',
    );
  });

  it('may be wrong by the header of an answer', async () => {
    const { examine, discord } = await useSurroundings();
    const headers = { date: new Date(Date.now() - 3_600_000).toUTCString() };
    discord.fault({ route: /^\/gateway$/, answer: { status: 200, headers, body: {} } });
    const checked = await examine({ MUSICAPI_URL: `http://${NOBODY}` });
    expect(expectFound(checked, 'clock', 'wrong').message).toMatch(
      /^The clock is 36\d\d s fast by that of Discord/,
    );
  });

  it('is judged by the service that it is nearest to', () => {
    const judge = (...aheadMs: number[]) => [
      judgeClock(aheadMs.map((one) => ({ service: 'Discord', aheadMs: one }))),
    ];
    expectFound(judge(5_000), 'clock', 'right');
    expectFound(judge(-5_001, -90_000), 'clock', 'off');
    expectFound(judge(61_000), 'clock', 'wrong');
    expectFound(judge(61_000, 10), 'clock', 'right');
  });

  it('may be told by nobody', async () => {
    const { examine } = await useSurroundings();
    const nowhere = { DISCORD_API_URL: `http://${NOBODY}/api`, MUSICAPI_URL: `http://${NOBODY}` };
    expectFound(await examine(nowhere), 'clock', 'unknown');
  });
});

describe('ffmpeg', () => {
  /** A program of that name, alone on the path. */
  async function usePath(folder: string, script?: string): Promise<void> {
    const path = process.env.PATH;
    onTestFinished(() => {
      process.env.PATH = path;
    });
    if (script) await writeFile(join(folder, 'ffmpeg'), script, { mode: 0o755 });
    process.env.PATH = folder;
  }

  it('may be there or not: both are in order', async () => {
    const { examine, folder } = await useSurroundings();
    await usePath(folder);
    expectFound(await examine(), 'ffmpeg', 'absent');
    await usePath(folder, '#!/bin/sh\necho "ffmpeg version 7.1.2 Copyright"\n');
    expect(expectFound(await examine(), 'ffmpeg', 'present').message).toContain('ffmpeg 7.1.2 ');
  });
});

describe('the webhooks', () => {
  /** A reverse proxy that gives this answer itself. */
  async function useProxy(status: number, body: string, isBelieved = true) {
    const url = await useHttps((_request, response) => response.writeHead(status).end(body), isBelieved);
    return { PUBLIC_URL: url, HTTP_PORT: '8080' };
  }

  it('may be off', async () => {
    const { examine } = await useSurroundings();
    expectFound(await examine(), 'webhooks', 'off');
  });

  it('may end where nothing runs, or somebody else', async () => {
    const { examine } = await useSurroundings();
    expectFound(await examine(await useProxy(502, 'Bad Gateway')), 'webhooks', 'not-running');
    expectFound(await examine(await useProxy(401, '<h1>Log in</h1>')), 'webhooks', 'stranger');
    expectFound(await examine(await useProxy(404, '')), 'webhooks', 'stranger');
  });

  it('may have a certificate that nobody believes', async () => {
    const { examine } = await useSurroundings();
    const proxied = await useProxy(401, '', false);
    expectFound(await examine(proxied), 'webhooks', 'certificate');
  });

  it('may be out of reach', async () => {
    const { examine } = await useSurroundings();
    const checked = await examine({ PUBLIC_URL: `https://${NOBODY}`, HTTP_PORT: '8080' });
    expectFound(checked, 'webhooks', 'unreachable');
  });
});

describe('this machine', () => {
  it('needs a Node that is new enough', async () => {
    const { examine } = await useSurroundings();
    expectFound(await examine(), 'node', 'fitting');
    expectFound(await examine({}, { nodeVersion: '24.12.0' }), 'node', 'fitting');
    expectFound(await examine({}, { nodeVersion: '25.0.0' }), 'node', 'fitting');
    expectFound(await examine({}, { nodeVersion: '24.11.9' }), 'node', 'old');
    expectFound(await examine({}, { nodeVersion: '22.20.0' }), 'node', 'old');
  });

  it('may be a container with little memory', async () => {
    const { examine, folder } = await useSurroundings();
    const limit = async (name: string, text: string) => {
      const cgroupFolder = join(folder, `cgroup-${name}-${text}`);
      await mkdir(join(cgroupFolder, 'memory'), { recursive: true });
      await writeFile(join(cgroupFolder, name), `${text}\n`);
      return await examine({}, { cgroupFolder });
    };
    expectFound(await limit('memory.max', 'max'), 'memory', 'unlimited');
    expectFound(await limit('memory.max', String(1024 ** 3)), 'memory', 'enough');
    expect(expectFound(await limit('memory.max', '268435456'), 'memory', 'low').message).toContain('256 MiB');
    expectFound(await limit('memory/memory.limit_in_bytes', '268435456'), 'memory', 'low');
    expectFound(await limit('memory/memory.limit_in_bytes', '9223372036854771712'), 'memory', 'unlimited');
    expectFound(await examine({}, { cgroupFolder: join(folder, 'nowhere') }), 'memory', 'unlimited');
  });
});

describe('ENCRYPTION_KEY', () => {
  const [right, wrong] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)].map((key) => key.toString('base64'));

  it('is needed by nobody as long as no key is stored', async () => {
    const { examine } = await useSurroundings();
    expectFound(await examine(), 'encryption-key', 'unneeded');
    expectFound(await examine({ ENCRYPTION_KEY: right ?? '' }), 'encryption-key', 'unused');
  });

  it('has to open the keys that are stored', async () => {
    const { examine, env } = await useSurroundings();
    const store = await openStore({ databaseUrl: env.DATABASE_URL ?? '' });
    const accountId = memberAccount('123456789012345678');
    const sealed = createKeyBox([Buffer.alloc(32, 1)])?.seal(accountId, 'the-key-of-anna');
    await ensureAccount(store.db, accountId, 0);
    await saveAccountKey(store.db, {
      accountId,
      keyId: '',
      sealed: '',
      ...sealed,
      version: 1,
      setBy: '1',
      setAt: 0,
    });
    await store.close();
    expectFound(await examine(), 'encryption-key', 'missing');
    expectFound(await examine({ ENCRYPTION_KEY: wrong ?? '' }), 'encryption-key', 'wrong');
    const checked = await examine({ ENCRYPTION_KEY: `${wrong},${right}` });
    expectFound(checked, 'encryption-key', 'opens');
    expect(JSON.stringify(checked)).not.toContain('the-key-of-anna');
  });
});
