import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalMusicApi, startLocalMusicApi } from '../../sandbox/musicapi/server.ts';
import type { AudioFile, ClipReference, Request } from '../../src/domain/request.ts';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';
import { createMusicApi } from '../../src/musicapi/client.ts';
import type { ProviderClip, Yield } from '../../src/musicapi/types.ts';
import { signal } from './client-support.ts';
import { REQUESTS } from './requests.ts';

const catalogue = createCatalogue();
const LYRICS = '[Verse]\nLamps along the water\nshine on';
const create: Request = { operation: 'create', engine: 'sonic', lyrics: LYRICS, title: 'Lamps' };

let server: LocalMusicApi;
let api: ReturnType<typeof createMusicApi>;
/** What there is to work on. */
let things: {
  readonly clip: ClipReference;
  readonly otherClip: ClipReference;
  readonly extension: ClipReference;
  readonly upload: ClipReference;
  readonly producerClip: ClipReference;
  readonly file: AudioFile;
  readonly persona: { readonly personaId: string; readonly name: string };
};

/** Sends a request and waits for what comes of it. */
async function run(request: Request): Promise<Yield> {
  const submission = await api.submit(request, { signal });
  if ('clips' in submission) return submission;
  if ('preparingMs' in submission) {
    server.advance(submission.preparingMs);
    return run(request);
  }
  server.advance(60_000);
  const task = await api.getTask(request.engine, submission.providerTaskId, { signal, request });
  if (task.state !== 'succeeded') throw new Error(`${request.operation} ended as ${JSON.stringify(task)}`);
  return task;
}

function firstOf({ clips }: Yield): ProviderClip & { readonly audioUrl: string } {
  const [clip] = clips;
  if (!clip?.audioUrl) throw new Error('there is no clip');
  return { ...clip, audioUrl: clip.audioUrl };
}

function referenceTo(found: Yield, engine: ClipReference['engine'], source: ClipReference['source']) {
  return { clipId: firstOf(found).clipId, engine, source } as const;
}

/** The same request about things that exist, and with times within them. */
function adapt(request: Request): Request {
  const { clip, secondClip, file, persona, operation } = request;
  const isUpload = clip?.source === 'uploaded';
  const ofSonic = operation === 'concat' ? things.extension : isUpload ? things.upload : things.clip;
  return {
    ...request,
    ...(clip && { clip: clip.engine === 'producer' ? things.producerClip : ofSonic }),
    ...(secondClip && { secondClip: things.otherClip }),
    ...(file && { file: things.file }),
    ...(persona && { persona: things.persona }),
    ...(request.atSeconds !== undefined && { atSeconds: 5 }),
    ...(request.fromSeconds !== undefined && { fromSeconds: 2, toSeconds: 6 }),
  };
}

beforeAll(async () => {
  server = await startLocalMusicApi({
    createIntervalMs: 0,
    lengths: { songSeconds: [11, 12] },
    account: { credits: 5_000 },
    seed: 'every operation',
  });
  api = createMusicApi({ url: server.url, key: server.key });
  const made = await run(create);
  const clip = referenceTo(made, 'sonic', 'generated');
  const otherClip = { ...clip, clipId: made.clips[1]?.clipId ?? '' };
  const { audioUrl } = firstOf(made);
  const file = { url: audioUrl, name: 'lamps.mp3', durationSeconds: 11 };
  const extension = await run({ operation: 'extend', engine: 'sonic', clip, atSeconds: 5 });
  const uploaded = await run({ operation: 'upload', engine: 'sonic', file });
  const produced = await run({ operation: 'create', engine: 'producer', prompt: 'lamps' });
  const singer = await run({ operation: 'persona', engine: 'sonic', clip, name: 'Lamp voice' });
  things = {
    clip,
    otherClip,
    extension: referenceTo(extension, 'sonic', 'generated'),
    upload: referenceTo(uploaded, 'sonic', 'uploaded'),
    producerClip: referenceTo(produced, 'producer', 'generated'),
    file,
    persona: {
      personaId: singer.tool?.kind === 'persona' ? singer.tool.personaId : '',
      name: 'Lamp voice',
    },
  };
});

afterAll(async () => {
  await api?.close();
  await server?.close();
});

describe('the client and the local MusicAPI', () => {
  it.each(Object.keys(REQUESTS))('agree on %s, down to its price', async (name) => {
    const recorded = REQUESTS[name];
    if (!recorded) throw new Error(`no request is written for ${name}`);
    const request = adapt(recorded);
    expect(catalogue.check(request)).toEqual([]);
    const before = await api.getCredits({ signal });
    const found = await run(request);
    const { result, price } = catalogue.get(request.engine, request.operation);
    if (result === 'clips' || result === 'stems') {
      expect(found.clips.length).toBeGreaterThan(0);
      for (const clip of found.clips) expect(clip).toMatchObject({ state: 'succeeded' });
    } else {
      expect(found.tool?.kind).toBe(result);
    }
    const after = await api.getCredits({ signal });
    expect(before.plan + before.extra - after.plan - after.extra).toBe(price);
  });

  it.each<[string, Request]>([
    [
      'a mashup',
      {
        operation: 'mashup',
        engine: 'sonic',
        clip: REQUESTS['sonic-mashup']?.clip,
        secondClip: REQUESTS['sonic-mashup']?.secondClip,
      },
    ],
    [
      'a mashup with tags',
      {
        operation: 'mashup',
        engine: 'sonic',
        clip: REQUESTS['sonic-mashup']?.clip,
        secondClip: REQUESTS['sonic-mashup']?.secondClip,
        tags: 'jazz',
      },
    ],
    ['a sample of a file', { operation: 'sample', engine: 'sonic', file: REQUESTS['sonic-upload']?.file }],
    [
      'an upload to extend',
      { operation: 'upload-extend', engine: 'sonic', file: REQUESTS['sonic-upload']?.file },
    ],
    [
      'an upload to cover',
      { operation: 'upload-cover', engine: 'sonic', file: REQUESTS['sonic-upload']?.file },
    ],
    [
      'an extension',
      { operation: 'extend', engine: 'sonic', clip: REQUESTS['sonic-extend']?.clip, atSeconds: 5 },
    ],
    ['a cover', { operation: 'cover', engine: 'sonic', clip: REQUESTS['sonic-cover']?.clip }],
    [
      'an extension by producer',
      { operation: 'extend', engine: 'producer', clip: REQUESTS['producer-extend']?.clip, atSeconds: 5 },
    ],
    [
      'a cover by producer',
      { operation: 'cover', engine: 'producer', clip: REQUESTS['producer-cover']?.clip },
    ],
    [
      'new words for a part',
      {
        ...REQUESTS['sonic-replace-section'],
        operation: 'replace',
        engine: 'sonic',
        prompt: undefined,
        lyrics: 'la',
      },
    ],
    [
      'a voice up to a second',
      { operation: 'vox', engine: 'sonic', clip: REQUESTS['sonic-vox']?.clip, toSeconds: 6 },
    ],
  ])('agree on %s without a word from a person', async (_, bare) => {
    const request = adapt(bare);
    expect(catalogue.check(request)).toEqual([]);
    const found = await run(request);
    const end = request.operation === 'vox' ? 'vocals' : 'succeeded';
    expect(found.tool?.kind ?? found.clips[0]?.state).toBe(end);
  });

  it('agree on a batch, from the POST to its clips', async () => {
    const { batchId, items } = await api.submitBatch([create, { ...create, title: 'Tide' }], { signal });
    expect(items.map(({ state, providerTaskId }) => [state, typeof providerTaskId])).toEqual([
      ['running', 'string'],
      ['running', 'string'],
    ]);
    server.advance(60_000);
    const batch = await api.getBatch(batchId, { signal });
    expect(batch.items.map(({ state, clips }) => [state, clips.length])).toEqual([
      ['succeeded', 2],
      ['succeeded', 2],
    ]);
  });

  it('agree that nuro is gone when it is', async () => {
    const retired = await startLocalMusicApi({ nuroRetired: true });
    const client = createMusicApi({ url: retired.url, key: retired.key });
    try {
      const request: Request = { operation: 'create', engine: 'nuro', prompt: 'a quiet evening' };
      await expect(client.submit(request, { signal })).rejects.toMatchObject({ kind: 'gone', status: 410 });
      await expect(client.getTask('nuro', 't', { signal })).rejects.toMatchObject({ kind: 'gone' });
    } finally {
      await client.close();
      await retired.close();
    }
  });
});
