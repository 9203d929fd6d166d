import { describe, expect, it } from 'vitest';
import { FreightFitter } from '../../../src/discord/delivery/freight-fitter.ts';
import { ToolFiles } from '../../../src/discord/tools/tool-files.ts';
import type { Clip } from '../../../src/domain/clip.ts';
import type { ToolResult } from '../../../src/domain/tool-result.ts';
import { createLogger } from '../../../src/log.ts';
import type { Media } from '../../../src/media/download.ts';
import { MediaError, type MediaErrorKind } from '../../../src/media/errors.ts';
import { createTranscoder } from '../../../src/media/transcoder.ts';
import { TASKS } from '../support/examples.ts';

const log = createLogger({ level: 'fatal' });
const OLD = 'https://cdn.example/old.wav';
const NEW = 'https://cdn.example/new.wav';
const TASK = { ...TASKS.succeeded, endedAt: 0 };
const ROOM = { limitBytes: 1_000_000, now: 1_000 };
const signal = new AbortController().signal;
const filesAt = (...urls: string[]) =>
  ({ kind: 'files', files: urls.map((url) => ({ format: 'wav', url })) }) as const;

/** Hosts that answer by address: bytes, or why there are none. */
function createFiles(answers: Record<string, number | MediaErrorKind>, renewed?: ToolResult, kept?: Media) {
  const told: string[] = [];
  const asked: string[] = [];
  const loader = {
    fetch: async (clip: Clip) => {
      const { audioUrl = '' } = clip;
      asked.push(audioUrl);
      const answer = answers[audioUrl] ?? 'not-found';
      if (typeof answer === 'string') return new MediaError(answer, 'no', { host: 'cdn.example' });
      return { clip, files: [mediaOf(answer)] };
    },
  };
  const files = new ToolFiles({
    loader,
    fitter: new FreightFitter(createTranscoder({ log })),
    archive: { find: async () => kept },
    tagger: { tagCopies: async (freight) => freight },
    askAgain: async () => renewed,
    onUnlistedHost: (host) => told.push(host),
    log,
  });
  return { files, told, asked };
}

function mediaOf(bytes: number): Media {
  return { bytes: Buffer.alloc(bytes), extension: 'wav', mime: 'audio/wav', contentType: 'audio/wav' };
}

describe('ToolFiles', () => {
  it('gives all files of a result, titled by its song', async () => {
    const { files } = createFiles({ [OLD]: 10, [NEW]: 20 });
    const outcome = await files.load({ task: TASK, tool: filesAt(OLD, NEW) }, 'Trees', ROOM, signal);
    expect(outcome).toMatchObject({
      kind: 'loaded',
      freight: { clips: [{ clip: { title: 'Trees', take: 1 } }, { clip: { title: 'Trees', take: 2 } }] },
    });
  });

  it('asks for a dead address again where that is free', async () => {
    const { files, asked } = createFiles({ [NEW]: 10 }, filesAt(NEW));
    const outcome = await files.load({ task: TASK, tool: filesAt(OLD) }, 'Trees', ROOM, signal);
    expect(asked).toEqual([OLD, NEW]);
    expect(outcome).toMatchObject({ freight: { clips: [{ clip: { audioUrl: NEW } }] } });
  });

  it('gives the reason where it is not', async () => {
    const { files, asked } = createFiles({});
    const outcome = await files.load({ task: TASK, tool: filesAt(OLD) }, 'Trees', ROOM, signal);
    expect(asked).toEqual([OLD]);
    expect(outcome).toMatchObject({ freight: { clips: [{ files: [], missing: 'audio-missing' }] } });
  });

  it('gives the song that is kept where a file of the same format cannot be had', async () => {
    const { files } = createFiles({}, undefined, mediaOf(30));
    const clip = { clipId: 'clip-1', engine: 'sonic', source: 'generated' } as const;
    const task = { ...TASK, request: { ...TASK.request, clip } };
    const outcome = await files.load({ task, tool: filesAt(OLD) }, 'Trees', ROOM, signal);
    expect(outcome).toMatchObject({
      freight: { clips: [{ clip: { title: 'Trees' }, files: [mediaOf(30)] }] },
    });
    const tool = { kind: 'files', files: [{ format: 'flac', url: OLD }] } as const;
    const other = await files.load({ task, tool }, 'Trees', ROOM, signal);
    expect(other).toMatchObject({ freight: { clips: [{ files: [], missing: 'audio-missing' }] } });
  });

  it('waits for a host that is busy, for ten minutes', async () => {
    const { files } = createFiles({ [OLD]: 'unavailable' });
    const result = { task: TASK, tool: filesAt(OLD) };
    const early = await files.load(result, 'Trees', { ...ROOM, now: 599_999 }, signal);
    expect(early).toEqual({ kind: 'held', reason: 'unavailable' });
    const late = await files.load(result, 'Trees', { ...ROOM, now: 600_000 }, signal);
    expect(late).toMatchObject({ freight: { clips: [{ missing: 'audio-missing' }] } });
  });

  it('tells the operator of a host once, however often it is asked', async () => {
    const { files, told } = createFiles({ [OLD]: 'unlisted-host' });
    const result = { task: TASK, tool: filesAt(OLD) };
    for (let times = 0; times < 3; times += 1) {
      const outcome = await files.load(result, 'Trees', ROOM, signal);
      expect(outcome).toEqual({ kind: 'held', reason: 'unlisted-host', host: 'cdn.example' });
    }
    expect(told).toEqual(['cdn.example']);
  });

  it('gives up a host that nobody allows for a day', async () => {
    const { files } = createFiles({ [OLD]: 'unlisted-host' });
    const now = 24 * 60 * 60_000;
    const outcome = await files.load({ task: TASK, tool: filesAt(OLD) }, 'Trees', { ...ROOM, now }, signal);
    expect(outcome).toMatchObject({ kind: 'loaded', freight: { clips: [{ files: [] }] } });
  });

  it('gives nothing for a score without an address', async () => {
    const { files } = createFiles({});
    const tool = { kind: 'midi', instruments: [] } as const;
    const outcome = await files.load({ task: TASK, tool }, 'Trees', ROOM, signal);
    expect(outcome).toEqual({ kind: 'loaded', freight: { clips: [] } });
  });

  it('ends without files when Discord refuses the smaller ones too', async () => {
    const { files } = createFiles({ [OLD]: 10 });
    const loaded = await files.load({ task: TASK, tool: filesAt(OLD) }, 'Trees', ROOM, signal);
    if (loaded.kind !== 'loaded') throw new Error('not loaded');
    const [clip] = loaded.freight.clips;
    const shrinkage = { originalBytes: 20, limitBytes: 10, isRefused: true };
    const refused = { kind: 'loaded', freight: { clips: clip ? [{ ...clip, shrinkage }] : [] } } as const;
    const outcome = await files.shrink(refused, signal);
    expect(outcome).toMatchObject({ freight: { clips: [{ files: [], missing: 'too-large' }] } });
  });
});
