import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalMusicApi, startLocalMusicApi } from '../../../sandbox/musicapi/server.ts';
import { call } from './client.ts';

let api: LocalMusicApi;

beforeEach(async () => {
  api = await startLocalMusicApi({ seed: 'text' });
});

afterEach(() => api.close());

const tool = (path: string, body: unknown) => call(api, 'POST', `/sonic/${path}`, body);
const spent = () => 1000 - api.credits().credits;

describe('POST /sonic/upsample-tags', () => {
  it('makes a description of a few words, for one credit', async () => {
    const answer = await tool('upsample-tags', { tags: 'pop, happy' });
    expect(answer.body).toEqual({
      code: 200,
      data: { upsampled_tags: expect.stringMatching(/^pop, happy, .{20,}$/) },
      message: 'success',
    });
    expect(spent()).toBe(1);
  });

  it('never exceeds the field that it is meant for', async () => {
    const { data } = (await tool('upsample-tags', { tags: '𝄞'.repeat(1000) })).body;
    expect([...data.upsampled_tags]).toHaveLength(1000);
  });

  it.each([
    [{}, 400, "'tags' field is required"],
    [[], 400, "'tags' field is required"],
    [{ tags: ' ' }, 400, "'tags' field is required"],
    [{ tags: 'x'.repeat(1001) }, 400, 'less than 1000'],
    [{ tags: 'like Taylor Swift' }, 403, "artist names: 'taylor swift'"],
  ])('refuses a body (%#)', async (body, status, text) => {
    const answer = await tool('upsample-tags', body);
    expect([answer.status, answer.body.error]).toEqual([status, expect.stringContaining(text)]);
    expect(spent()).toBe(0);
  });
});

describe('POST /sonic/lyrics', () => {
  it('writes two different drafts about a description, for two credits', async () => {
    const answer = await tool('lyrics', { description: 'a song about lighthouses' });
    expect(answer.body).toEqual({
      code: 200,
      results: [
        { title: expect.any(String), lyrics: expect.stringMatching(/^\[Verse\]\n/) },
        { title: expect.any(String), lyrics: expect.stringContaining('\n\n[Chorus]\n') },
      ],
      message: 'success',
    });
    const [first, second] = answer.body.results;
    expect(first.lyrics).not.toBe(second.lyrics);
    expect(first.lyrics).toContain('lighthouses');
    expect(spent()).toBe(2);
  });

  it('writes other ones when it is asked again', async () => {
    const body = { description: 'a song about lighthouses' };
    const first = await tool('lyrics', body);
    expect((await tool('lyrics', body)).body.results[0].lyrics).not.toBe(first.body.results[0].lyrics);
  });

  it('takes 200 characters, counted as people count', async () => {
    expect((await tool('lyrics', { description: '𝄞'.repeat(200) })).status).toBe(200);
  });

  it.each([
    [{}, 400, "'description' field is required"],
    [{ description: 5 }, 400, "'description' field is required"],
    [{ description: '\n' }, 400, "'description' field is required"],
    [{ description: 'x'.repeat(201) }, 400, 'less than 200'],
    [{ description: 'about a badword' }, 403, 'moderation review'],
  ])('refuses a body (%#)', async (body, status, text) => {
    const answer = await tool('lyrics', body);
    expect([answer.status, answer.body.error]).toEqual([status, expect.stringContaining(text)]);
    expect(spent()).toBe(0);
  });
});
