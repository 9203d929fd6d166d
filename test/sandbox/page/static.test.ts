import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { get as getPlain, type IncomingHttpHeaders, request as requestPlain } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPageServer } from '../../../sandbox/page/server.ts';
import { recordTune } from '../../../sandbox/stories/tune.ts';
import { type PageWorld, startPageWorld } from './page-world.ts';

const CLIENT = 'sandbox/page/client';

let world: PageWorld;
beforeAll(async () => {
  world = await startPageWorld({ withBot: false });
});
afterAll(() => world.close());

const load = (path: string, init?: RequestInit) => fetch(`${world.page.url}${path}`, init);

/** Sends a path as it is: `fetch` would resolve its dots. */
function loadRaw(path: string, headers: IncomingHttpHeaders = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(world.page.url);
    getPlain({ hostname, port, path, headers: { connection: 'close', ...headers } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    }).on('error', reject);
  });
}

async function readImportMap(): Promise<Readonly<Record<string, string>>> {
  const page = await (await load('/')).text();
  const [, text = ''] = /<script type="importmap">(.+?)<\/script>/.exec(page) ?? [];
  return JSON.parse(text).imports;
}

/** The names in the imports of a module; types are gone by then. */
function listImports(code: string): readonly string[] {
  const imports = /(?:^|;)\s*(?:import|export)\s*(?:[\w*{}\s,$]*?from\s*)?["']([^"'\s]+)["']/gm;
  return [...code.matchAll(imports)].flatMap(([, name]) => name ?? []);
}

describe('the page', () => {
  it('loads nothing from elsewhere, says so, and has the import map before any module', async () => {
    const response = await load('/');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = response.headers.get('content-security-policy');
    expect(policy).toMatch(/^default-src 'self'; script-src 'self' 'sha256-[^']+=';/);
    expect(policy).not.toMatch(/script-src[^;]*unsafe|https?:/);
    const page = await response.text();
    expect(page).not.toMatch(/https?:\/\//);
    expect(page).toMatch(/importmap[\s\S]+<script type="module" src="\/client\/main\.ts">/);
  });

  it('gives out its TypeScript as JavaScript', async () => {
    const response = await load('/client/main.ts');
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    const api = await (await load('/client/api.ts')).text();
    expect(api).not.toMatch(/import type|readonly |: string\b/);
  });

  it('finds every module that is imported, all the way down', async () => {
    const imports = await readImportMap();
    const seen = new Set<string>();
    const visit = async (path: string): Promise<void> => {
      if (seen.has(path)) return;
      seen.add(path);
      const response = await load(path);
      expect([path, response.status, response.headers.get('content-type')]).toEqual([
        path,
        200,
        'text/javascript; charset=utf-8',
      ]);
      for (const name of listImports(await response.text())) {
        const next = name.startsWith('.') ? new URL(name, `http://page${path}`).pathname : imports[name];
        expect(next, `${path} imports ${name}`).toBeDefined();
        await visit(next as string);
      }
    };
    await visit('/client/main.ts');
    expect([...seen].some((path) => path.startsWith('/modules/lit-html/'))).toBe(true);
    const bare = (await readdir(CLIENT)).filter((name) => name.endsWith('.ts'));
    for (const file of bare) {
      const code = await (await load(`/client/${file}`)).text();
      for (const name of listImports(code))
        if (!name.startsWith('.')) expect(imports[name], name).toBeDefined();
    }
  });

  it('has the letters that it is written in', async () => {
    const sheet = await (await load('/modules/@fontsource/inter/latin-400.css')).text();
    const [, font = ''] = /url\(\.\/(files\/[^)]+\.woff2)\)/.exec(sheet) ?? [];
    const response = await load(`/modules/@fontsource/inter/${font}`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'font/woff2']);
  });

  it.each([
    '/client/../server.ts',
    '/client/%2e%2e/server.ts',
    '/client/..%2fserver.ts',
    '/client/%2e%2e%2fserver.ts',
    '/client/tsconfig.json',
    '/client//etc/hostname',
    '/client/nothing.ts',
    '/client/',
    '/modules/lit/../fastify/fastify.js',
    '/modules/lit/..%2ffastify%2ffastify.js',
    '/modules/lit/%2e%2e/%2e%2e/sandbox/main.ts',
    '/modules/lit/package.json',
    '/modules/fastify/fastify.js',
    '/modules/lit',
    '/package.json',
    '/client/main.ts%00.js',
  ])('gives out nothing else: %s', async (path) => {
    expect(await loadRaw(path)).toBe(404);
  });
});

describe('files of messages', () => {
  it('come in parts, so that a player can seek', async () => {
    const { data } = recordTune('tune', 2);
    const [first] = world.cast;
    const said = first?.person.say(world.stage.channel, '', [{ name: 'tune.wav', data }]);
    const anna = await world.watch(world.people.anna);
    const shown = anna.state.messages.find(({ message }) => message.id === said?.id);
    const url = shown?.message.attachments[0]?.url ?? '';
    const whole = await load(url);
    expect(whole.headers.get('content-type')).toBe('audio/x-wav');
    expect(whole.headers.get('accept-ranges')).toBe('bytes');
    expect(Buffer.from(await whole.arrayBuffer()).equals(Buffer.from(data))).toBe(true);
    // Somebody's own page among the files is no page of this server.
    expect(whole.headers.get('content-security-policy')).toMatch(/^default-src 'none'; (?!.*script-src)/);
    const part = await load(url, { headers: { range: 'bytes=10-19' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-19/${data.length}`]);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(Buffer.from(data.slice(10, 20)));
    expect((await load(url, { headers: { range: `bytes=${data.length}-` } })).status).toBe(416);
    expect((await load(url.replace(/hm=./, 'hm=z'))).status).toBe(404);
    expect((await load(url.split('?')[0] ?? '')).status).toBe(404);
  });
});

describe('media of MusicAPI', () => {
  it('come through here, in parts, too', async () => {
    const clip = world.stage.musicApi.addForeignClip({ durationS: 1 });
    const cover = await load(`/media/image_${clip}.png`);
    expect([cover.status, cover.headers.get('content-type')]).toEqual([200, 'image/png']);
    const part = await load(`/media/${clip}.mp3`, { headers: { range: 'bytes=0-9' } });
    expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 10]);
    expect((await load('/media/nothing.mp3')).status).toBe(404);
    expect(await loadRaw('/media/%2e%2e/_faults')).toBe(404);
    expect(await loadRaw(`${world.stage.musicApi.url}/media/image_${clip}.png`)).toBe(404);
    expect(await loadRaw(`http://127.0.0.1:1/media/image_${clip}.png`)).toBe(404);
  });

  it('are told to be away while MusicAPI cannot be reached', async () => {
    await world.turn('outage', true);
    const response = await load('/media/nothing.mp3');
    expect([response.status, await response.json()]).toEqual([
      502,
      { error: 'MusicAPI does not serve this file now.' },
    ]);
    await world.turn('outage', false);
    expect((await load('/media/nothing.mp3')).status).toBe(404);
  });
});

describe('who may ask', () => {
  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1', '127.0.0.1:1'])(
    'is nobody who came here by the name %s',
    async (host) => {
      expect(await loadRaw('/', { host })).toBe(403);
      expect(await loadRaw('/api/world', { host })).toBe(403);
    },
  );

  it('is who came by localhost', async () => {
    const { port } = new URL(world.page.url);
    expect(await loadRaw('/', { host: `localhost:${port}` })).toBe(200);
  });

  it.each(['http://evil.example', 'null', 'http://127.0.0.1:1'])('is no page of %s', async (origin) => {
    const response = await load('/api/controls', {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: '{"control":"outage","value":true}',
    });
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ error: `Pages of ${origin} may not do anything here.` });
  });

  it('is nobody who sends what a form of another page could send', async () => {
    const response = await load('/api/controls', {
      method: 'POST',
      body: '{"control":"outage","value":true}',
    });
    expect(response.status).toBe(415);
  });
});

it('what nobody could upload is refused before it is read', async () => {
  const { hostname, port } = new URL(world.page.url);
  const headers = { 'content-type': 'application/json', 'content-length': 100 * 1024 * 1024 };
  const sending = requestPlain({ hostname, port, method: 'POST', path: '/api/say', headers });
  sending.flushHeaders();
  const [response] = await once(sending, 'response');
  expect(response.statusCode).toBe(413);
  const [body] = await once(response, 'data');
  expect(JSON.parse(String(body))).toEqual({ error: 'That is more than anybody can upload at once.' });
  sending.destroy();
});

it('the next free port is taken when the wanted one is not', async () => {
  const port = Number(new URL(world.page.url).port);
  const second = await startPageServer(world.stage, world.cast, port);
  expect(Number(new URL(second.url).port)).toBeGreaterThan(port);
  await second.close();
});

it('without a bot there is a page, and nothing to turn about one', async () => {
  const anna = await world.watch(world.people.anna);
  expect(anna.state.controls.filter(({ group }) => group === 'bot')).toEqual([]);
  const { body } = await world.get(
    `/api/commands?as=${world.people.anna.id}&channel=${anna.channel('songs').id}`,
  );
  expect(body).toEqual([]);
});
