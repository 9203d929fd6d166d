import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Request } from '../../src/domain/request.ts';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';
import { open, serve, signal } from './client-support.ts';
import { listFixtures, readFixture } from './fixtures.ts';
import { answer } from './loopback.ts';
import { REQUESTS } from './requests.ts';

const bodySchema = z.record(z.string(), z.unknown());
const requestSchema = z.strictObject({
  path: z.string(),
  /** As documented, or as clients were seen to send it. */
  documented: bodySchema,
  /** As we send it. */
  sent: bodySchema,
  /** Why the two differ, by field. */
  differs: z.record(z.string(), z.string().min(10)),
});

const BATCH = 'sonic-batch';
const catalogue = createCatalogue();

function recorded(name: string) {
  return requestSchema.parse(readFixture('requests', name));
}

function requestOf(name: string): Request {
  const request = REQUESTS[name];
  if (!request) throw new Error(`no request is written for ${name}`);
  return request;
}

describe('the recorded requests', () => {
  const names = listFixtures('requests');

  it('are all asked for', () => {
    expect([...Object.keys(REQUESTS), BATCH].toSorted()).toEqual(names);
  });

  it('show every operation of every engine', () => {
    const shown = new Set(Object.values(REQUESTS).map(({ engine, operation }) => `${engine} ${operation}`));
    const offered = catalogue.list().map(({ engine, id }) => `${engine} ${id}`);
    expect([...shown].toSorted()).toEqual(offered.toSorted());
  });

  it.each(names)('%s differs from what is documented only where there is a reason', (name) => {
    const { documented, sent, differs } = recorded(name);
    const fields = [...new Set([...Object.keys(documented), ...Object.keys(sent)])];
    const different = fields.filter((field) => !isDeepStrictEqual(documented[field], sent[field]));
    expect(different.toSorted()).toEqual(Object.keys(differs).toSorted());
  });

  it.each(Object.keys(REQUESTS))('%s is nothing that the catalogue objects to', (name) => {
    expect(catalogue.check(requestOf(name))).toEqual([]);
  });

  it.each(Object.keys(REQUESTS))('%s reaches MusicAPI as it is recorded', async (name) => {
    const { path, sent } = recorded(name);
    const server = await serve(answer(400, { error: 'seen' }));
    await expect(open(server.url).submit(requestOf(name), { signal })).rejects.toThrow('seen');
    expect(server.seen).toHaveLength(1);
    expect(server.seen[0]).toMatchObject({ method: 'POST', url: `/api/v1${path}` });
    expect(JSON.parse(server.seen[0]?.body ?? '')).toEqual(sent);
  });

  it(`${BATCH} reaches MusicAPI as it is recorded`, async () => {
    const { path, sent } = recorded(BATCH);
    const server = await serve(answer(400, { error: 'seen' }));
    const requests = ['lofi study beats', 'an epic score'].map(
      (prompt): Request => ({ operation: 'create', engine: 'sonic', prompt }),
    );
    await expect(open(server.url).submitBatch(requests, { signal })).rejects.toThrow('seen');
    expect(server.seen[0]).toMatchObject({ method: 'POST', url: `/api/v1${path}` });
    expect(JSON.parse(server.seen[0]?.body ?? '')).toEqual(sent);
  });
});
