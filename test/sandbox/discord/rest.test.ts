import { describe, expect, it } from 'vitest';
import { api, createScene, problemsOf, ROOMY, registerCommands, STILL } from './support.ts';

describe('the REST API', () => {
  it('refuses a wrong or missing bot token', async () => {
    const { discord, channel } = await createScene();
    for (const token of ['wrong', null]) {
      const answer = await api(discord, 'GET', `/channels/${channel.id}`, undefined, { token });
      expect(answer).toMatchObject({ status: 401, body: { message: '401: Unauthorized', code: 0 } });
    }
  });

  it('does not know other routes and versions', async () => {
    const { discord } = await createScene();
    expect(await api(discord, 'GET', '/nonsense')).toMatchObject({
      status: 404,
      body: { message: '404: Not Found', code: 0 },
    });
    const old = await fetch(`${discord.apiUrl}/v6/users/@me`);
    expect(old.status).toBe(400);
    expect(await old.json()).toMatchObject({ code: 50_041 });
  });

  it('refuses ids that are none', async () => {
    const { discord, channel } = await createScene();
    const answer = await api(discord, 'GET', `/channels/general/messages/${channel.id}`);
    expect(problemsOf(answer)).toEqual({ channel_id: ['NUMBER_TYPE_COERCE'] });
    const list = await api(discord, 'GET', `/channels/${channel.id}/messages?before=yesterday`);
    expect(problemsOf(list)).toEqual({ before: ['NUMBER_TYPE_COERCE'] });
  });

  it('tells the bot who it is', async () => {
    const { discord, user, guild } = await createScene();
    expect((await api(discord, 'GET', '/users/@me')).body).toMatchObject({
      id: discord.botUser.id,
      bot: true,
    });
    for (const path of ['/applications/@me', '/oauth2/applications/@me']) {
      const { body } = await api(discord, 'GET', path);
      expect(body).toMatchObject({
        id: discord.applicationId,
        owner: { id: discord.owner.id },
        bot: { id: discord.botUser.id },
      });
    }
    expect((await api(discord, 'GET', `/users/${user.id}`)).body).toMatchObject({
      id: user.id,
      global_name: 'Anna',
    });
    expect((await api(discord, 'GET', '/users/1')).body.code).toBe(10_013);
    expect((await api(discord, 'GET', `/guilds/${guild.id}/members/${user.id}`)).body).toMatchObject({
      user: { id: user.id },
    });
    const outsider = discord.addUser({ name: 'Outsider' });
    expect((await api(discord, 'GET', `/guilds/${guild.id}/members/${outsider.id}`)).body.code).toBe(10_007);
  });

  it('tells the gateway to whoever asks', async () => {
    const { discord } = await createScene();
    expect(await api(discord, 'GET', '/gateway', undefined, { token: null })).toMatchObject({
      status: 200,
      body: { url: expect.stringMatching(/^ws:/) },
    });
  });

  it('lists the guilds of the bot by their ids, with what it may do there', async () => {
    const { discord, guild } = await createScene();
    const second = discord.addGuild({ name: 'Second' });
    discord.addGuild({ name: 'Elsewhere', installed: false });
    second.addMember(discord.botUser, { permissions: ['ViewChannel'] });
    const list = async (query: string) => (await api(discord, 'GET', `/users/@me/guilds${query}`)).body;
    expect(await list('')).toMatchObject([
      { id: guild.id, owner: false },
      { id: second.id, permissions: '1024' },
    ]);
    expect(await list('?limit=1')).toMatchObject([{ id: guild.id }]);
    expect(await list(`?after=${guild.id}`)).toMatchObject([{ id: second.id }]);
    expect(await list(`?before=${second.id}`)).toMatchObject([{ id: guild.id }]);
    const refused = await api(discord, 'GET', '/users/@me/guilds?limit=201');
    expect(problemsOf(refused)).toEqual({ limit: ['NUMBER_TYPE_MAX'] });
    const malformed = await api(discord, 'GET', '/users/@me/guilds?after=yesterday');
    expect(problemsOf(malformed)).toEqual({ after: ['NUMBER_TYPE_COERCE'] });
  });

  it('shows what a channel says of the bot', async () => {
    const { discord, guild, channel } = await createScene();
    const show = async (id: string) => (await api(discord, 'GET', `/channels/${id}`)).body;
    expect(await show(channel.id)).toMatchObject({ permission_overwrites: [] });
    const quiet = guild.addChannel({ name: 'quiet', botPermissions: { without: ['SendMessages'] } });
    expect(await show(quiet.id)).toMatchObject({
      permission_overwrites: [{ id: discord.botUser.id, type: 1, allow: '0', deny: '2048' }],
    });
  });

  it('shows guilds with their boost tier, where the bot is a member', async () => {
    const { discord, guild } = await createScene();
    guild.boostTier = 2;
    expect((await api(discord, 'GET', `/guilds/${guild.id}`)).body).toMatchObject({
      id: guild.id,
      premium_tier: 2,
    });
    expect((await api(discord, 'GET', '/guilds/1')).body.code).toBe(10_004);
    guild.installed = false;
    expect((await api(discord, 'GET', `/guilds/${guild.id}`)).body.code).toBe(50_001);
  });

  it('logs every call with its body, files and answer', async () => {
    const { discord, channel } = await createScene();
    const path = `/channels/${channel.id}/messages`;
    await api(
      discord,
      'POST',
      path,
      { content: 'x' },
      { files: [{ name: 'a.mp3', data: new Uint8Array(4) }] },
    );
    await api(discord, 'POST', path, {});
    expect(discord.requests).toMatchObject([
      {
        method: 'POST',
        route: '/channels/:channel/messages',
        path,
        status: 200,
        body: { content: 'x' },
        files: [{ name: 'a.mp3', size: 4 }],
      },
      { method: 'POST', path, status: 400, errorCode: 50_006 },
    ]);
  });
});

describe('rate limits', () => {
  it('stand in the headers of every answer', async () => {
    const { discord, channel } = await createScene(STILL);
    const { headers } = await api(discord, 'POST', `/channels/${channel.id}/messages`, { content: 'x' });
    expect(headers.get('x-ratelimit-limit')).toBe('5');
    expect(headers.get('x-ratelimit-remaining')).toBe('4');
    expect(Number(headers.get('x-ratelimit-reset-after'))).toBeCloseTo(5, 0);
    expect(Number(headers.get('x-ratelimit-reset'))).toBeGreaterThan(1e9);
    expect(headers.get('x-ratelimit-bucket')).toMatch(/^[0-9a-f]{32}$/);
  });

  it('answer 429 per channel until the window has passed', async () => {
    const { discord, guild, channel } = await createScene(STILL);
    const post = (id: string) => api(discord, 'POST', `/channels/${id}/messages`, { content: 'x' });
    for (let i = 0; i < 5; i += 1) expect((await post(channel.id)).status).toBe(200);
    const limited = await post(channel.id);
    expect(limited).toMatchObject({
      status: 429,
      body: { message: 'You are being rate limited.', global: false },
    });
    expect(limited.body.retry_after).toBeGreaterThan(0);
    expect(limited.body.retry_after).toBeLessThanOrEqual(5);
    expect(limited.headers.get('x-ratelimit-scope')).toBe('user');
    expect(limited.headers.get('retry-after')).toMatch(/^\d+$/);
    expect((await post(guild.addChannel({ name: 'other' }).id)).status).toBe(200);
    discord.advance(5000);
    expect((await post(channel.id)).status).toBe(200);
    expect(discord.messages(channel)).toHaveLength(6);
  });

  it('have a global one, which interactions do not meet', async () => {
    const { discord, channel, anna } = await createScene({
      ...STILL,
      rateLimits: { global: { limit: 2, windowMs: 60_000 } },
    });
    await registerCommands(discord, [{ name: 'x', description: 'x' }]);
    expect((await api(discord, 'GET', '/users/@me')).status).toBe(200);
    const limited = await api(discord, 'GET', '/users/@me');
    expect(limited).toMatchObject({ status: 429, body: { global: true } });
    expect(limited.headers.get('x-ratelimit-global')).toBe('true');
    expect(limited.headers.get('x-ratelimit-scope')).toBe('global');
    const { id, token } = anna.command(channel, 'x').interaction;
    const answer = await api(
      discord,
      'POST',
      `/interactions/${id}/${token}/callback`,
      { type: 5 },
      { token: null },
    );
    expect(answer.status).toBe(204);
  });

  it('of an interaction webhook are 5 per 2 s', async () => {
    const { discord, channel, anna } = await createScene(STILL);
    await registerCommands(discord, [{ name: 'x', description: 'x' }]);
    const { id, token } = anna.command(channel, 'x').interaction;
    await api(discord, 'POST', `/interactions/${id}/${token}/callback`, { type: 5 }, { token: null });
    const edit = () =>
      api(
        discord,
        'PATCH',
        `/webhooks/${discord.applicationId}/${token}/messages/@original`,
        { content: 'x' },
        { token: null },
      );
    for (let i = 0; i < 5; i += 1) expect((await edit()).status).toBe(200);
    expect((await edit()).status).toBe(429);
    discord.advance(2000);
    expect((await edit()).status).toBe(200);
  });
});

describe('faults', () => {
  it('answer instead of Discord, as often as wanted', async () => {
    const { discord, channel } = await createScene(ROOMY);
    const path = `/channels/${channel.id}/messages`;
    discord.fault({
      method: 'POST',
      route: /\/messages$/,
      times: 2,
      answer: { status: 503, message: 'upstream', headers: { 'x-why': 'test' } },
    });
    expect((await api(discord, 'GET', path)).status).toBe(200);
    for (let i = 0; i < 2; i += 1) {
      const answer = await api(discord, 'POST', path, { content: 'x' });
      expect(answer).toMatchObject({ status: 503, body: { message: 'upstream', code: 0 } });
      expect(answer.headers.get('x-why')).toBe('test');
    }
    expect((await api(discord, 'POST', path, { content: 'x' })).status).toBe(200);
    expect(discord.messages(channel)).toHaveLength(1);
  });

  it('cut the connection before or after the work', async () => {
    const { discord, channel } = await createScene(ROOMY);
    const post = () => api(discord, 'POST', `/channels/${channel.id}/messages`, { content: 'x' });
    discord.fault({ answer: 'reset' });
    await expect(post()).rejects.toThrow();
    expect(discord.messages(channel)).toHaveLength(0);
    discord.fault({ answer: 'lose-answer' });
    await expect(post()).rejects.toThrow();
    expect(discord.messages(channel)).toHaveLength(1);
    expect(discord.requests.map((one) => one.status)).toEqual([0, 0]);
  });

  it('make Discord silent or slow', async () => {
    const { discord } = await createScene(ROOMY);
    discord.fault({ answer: 'hang' });
    const headers = { authorization: `Bot ${discord.token}` };
    const hanging = fetch(`${discord.apiUrl}/v10/users/@me`, { headers, signal: AbortSignal.timeout(200) });
    await expect(hanging).rejects.toThrow();
    discord.fault({ answer: { delayMs: 50 } });
    const startedAt = performance.now();
    expect((await api(discord, 'GET', '/users/@me')).status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThan(45);
  });

  it('let the work be done and keep the answer', async () => {
    const { discord, channel } = await createScene(ROOMY);
    discord.fault({ answer: 'keep-answer' });
    const posting = fetch(`${discord.apiUrl}/v10/channels/${channel.id}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ content: 'x' }),
      signal: AbortSignal.timeout(500),
    });
    await expect(posting).rejects.toThrow();
    expect(discord.messages(channel)).toHaveLength(1);
  });

  it('also meet downloads', async () => {
    const { discord, channel } = await createScene(ROOMY);
    const files = [{ name: 'a.mp3', data: new Uint8Array(4) }];
    const { body } = await api(discord, 'POST', `/channels/${channel.id}/messages`, {}, { files });
    const { url } = body.attachments[0];
    discord.fault({ route: /^\/attachments\//, answer: { status: 502 } });
    expect((await fetch(url)).status).toBe(502);
    discord.fault({ route: /^\/attachments\//, answer: 'reset' });
    await expect(fetch(url)).rejects.toThrow();
    expect((await fetch(url)).status).toBe(200);
  });

  it('can be taken back', async () => {
    const { discord } = await createScene(ROOMY);
    discord.fault({ times: 100, answer: { status: 500 } });
    discord.clearFaults();
    expect((await api(discord, 'GET', '/users/@me')).status).toBe(200);
  });
});
