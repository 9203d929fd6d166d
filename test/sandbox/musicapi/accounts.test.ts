import { afterEach, describe, expect, it } from 'vitest';
import type { LocalMusicApiOptions } from '../../../sandbox/musicapi/options.ts';
import { type LocalMusicApi, startLocalMusicApi } from '../../../sandbox/musicapi/server.ts';
import { call, SONG, submit } from './client.ts';

let api: LocalMusicApi;

const start = async (options: LocalMusicApiOptions = {}) => {
  api = await startLocalMusicApi(options);
};

afterEach(() => api.close());

describe('authorization', () => {
  it('refuses a missing header, an ill-formed one and an unknown key with 401', async () => {
    await start();
    expect(await call(api, 'GET', '/get-credits', undefined, null)).toMatchObject({
      status: 401,
      body: { error: 'Authorization header is missing.' },
    });
    const response = await fetch(`${api.url}/get-credits`, { headers: { authorization: api.key } });
    expect(await response.json()).toEqual({ error: 'Invalid authorization format.' });
    expect((await call(api, 'POST', '/sonic/create', SONG, 'wrong')).status).toBe(401);
  });

  it('checks the key before it reads the body', async () => {
    await start();
    expect((await call(api, 'POST', '/sonic/create', '{broken', 'wrong')).status).toBe(401);
  });

  it('answers unknown paths with 404 as JSON', async () => {
    await start();
    expect(await call(api, 'POST', '/sonic/teleport', {})).toMatchObject({
      status: 404,
      body: { error: 'Not Found' },
    });
  });
});

describe('credits', () => {
  it('uses extra credits first and refuses what cannot be paid', async () => {
    await start({ createIntervalMs: 0, account: { credits: 30, extraCredits: 15 } });
    await submit(api, SONG);
    expect((await call(api, 'GET', '/get-credits')).body).toEqual({ credits: 25, extra_credits: 0 });
    await submit(api, SONG);
    const refused = await call(api, 'POST', '/sonic/create', SONG);
    expect(refused.status).toBe(403);
    expect(refused.body.error).toContain('remaining credits are not enough');
    expect(api.credits()).toEqual({ credits: 5, extraCredits: 0 });
    api.setCredits({ credits: 20 });
    await submit(api, SONG);
    expect(api.credits().credits).toBe(0);
  });

  it('refuses a key without a subscription', async () => {
    await start();
    const key = api.addKey({ subscribed: false });
    const refused = await call(api, 'POST', '/sonic/create', SONG, key);
    expect(refused.body.error).toContain('active subscription');
  });

  it('charges the prices of the options', async () => {
    await start({ prices: { create_music: 7 } });
    await submit(api, SONG);
    expect(api.credits().credits).toBe(993);
  });

  it('returns the credits of a failed task to where they came from', async () => {
    await start({ account: { credits: 100, extraCredits: 5 } });
    api.nextTask('fail');
    await submit(api, SONG);
    expect(api.credits()).toEqual({ credits: 85, extraCredits: 0 });
    api.advance(60_000);
    expect((await call(api, 'GET', '/get-credits')).body).toEqual({ credits: 100, extra_credits: 5 });
    expect(api.tasks[0]?.refunded).toBe(true);
  });
});

describe('the create rate', () => {
  it('takes one create per key and interval, with Retry-After for the others', async () => {
    let now = 1_000_000;
    await start({ now: () => now });
    await submit(api, SONG);
    now += 500;
    const refused = await call(api, 'POST', '/sonic/create', SONG);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('3');
    expect((await call(api, 'POST', '/sonic/create', SONG, api.addKey())).status).toBe(200);
    now += 2_500;
    expect((await call(api, 'POST', '/sonic/create', SONG)).status).toBe(200);
    expect(api.tasks).toHaveLength(3);
  });

  it('does not count creates that were refused', async () => {
    await start();
    expect((await call(api, 'POST', '/sonic/create', {})).status).toBe(400);
    expect((await call(api, 'POST', '/sonic/create', SONG)).status).toBe(200);
  });

  it('counts stems as well', async () => {
    await start();
    await submit(api, SONG);
    const stems = await call(api, 'POST', '/sonic/stems/basic', { clip_id: api.addForeignClip() });
    expect(stems.status).toBe(429);
  });
});
