import fc from 'fast-check';
import { MockAgent } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import type { Request } from '../../src/domain/request.ts';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';
import { nuro } from '../../src/musicapi/engines/nuro.ts';
import { producer } from '../../src/musicapi/engines/producer.ts';
import { sonic } from '../../src/musicapi/engines/sonic.ts';
import { ANY_REQUEST } from './any-request.ts';
import { open, signal } from './client-support.ts';
import { findObjection } from './provider-schema.ts';
import { REQUESTS } from './requests.ts';

const catalogue = createCatalogue();
const ENGINES = { sonic, producer, nuro };

/** The body as it arrives. */
function bodyOf(request: Request): Readonly<Record<string, unknown>> {
  const { engine } = request;
  const id = catalogue.resolveModel(engine, request.model);
  const isDefault = id === catalogue.defaultModel(engine);
  const body = ENGINES[engine].buildBody(request, { id, isDefault });
  return z.record(z.string(), z.unknown()).parse(JSON.parse(JSON.stringify(body)));
}

function objectionTo(request: Request): string | undefined {
  return findObjection(catalogue.get(request.engine, request.operation).path, bodyOf(request));
}

describe('the request mapping', () => {
  it('sends nothing that MusicAPI’s pages do not take, of what the catalogue accepts', () => {
    const accepted = new Map<string, number>();
    fc.assert(
      fc.property(ANY_REQUEST, (request) => {
        fc.pre(catalogue.check(request).length === 0);
        const name = `${request.engine} ${request.operation}`;
        accepted.set(name, (accepted.get(name) ?? 0) + 1);
        expect(objectionTo(request)).toBeUndefined();
      }),
      { numRuns: 3_000, maxSkipsPerRun: 100 },
    );
    const offered = catalogue.list().map(({ engine, id }) => `${engine} ${id}`);
    expect([...accepted.keys()].toSorted()).toEqual(offered.toSorted());
  });

  it('has a finding, and never an error, for everything else', () => {
    fc.assert(
      fc.property(ANY_REQUEST, (request) => {
        const findings = catalogue.check(request);
        expect(findings.every(({ field, message }) => field && message.length <= 500)).toBe(true);
        expect(bodyOf(request)).toBeTypeOf('object');
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(Object.keys(REQUESTS))('is held to pages that take %s', (name) => {
    const request = REQUESTS[name];
    expect(request && objectionTo(request)).toBeUndefined();
  });

  it('is held to pages that object to what is wrong', () => {
    const create: Request = { operation: 'create', engine: 'sonic', prompt: 'x'.repeat(401) };
    expect(objectionTo(create)).toContain('gpt_description_prompt');
    expect(objectionTo({ ...create, prompt: 'x', durationSeconds: 9 })).toContain('duration');
    expect(objectionTo({ operation: 'wav', engine: 'sonic' })).toContain('clip_id');
  });

  it('sends every request at most once over the client, whatever is in it', async () => {
    const agent = new MockAgent();
    agent.disableNetConnect();
    onTestFinished(() => agent.close());
    const pool = agent.get('https://api.example');
    const api = open('https://api.example/v1', { dispatcher: agent });
    await fc.assert(
      fc.asyncProperty(ANY_REQUEST, async (request) => {
        const { path } = catalogue.get(request.engine, request.operation);
        pool.intercept({ path: `/v1${path}`, method: 'POST' }).reply(400, { error: 'seen' });
        await expect(api.submit(request, { signal })).rejects.toThrow('seen');
        agent.assertNoPendingInterceptors();
      }),
      { numRuns: 100 },
    );
  });
});
