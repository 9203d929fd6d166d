import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalMusicApi, startLocalMusicApi } from '../../sandbox/musicapi/server.ts';
import { formatReceipts } from '../../sandbox/stories/receipt-table.ts';
import { Receipts } from '../../sandbox/stories/receipts.ts';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';

/** A demo that looks good while something was refused behind it is none. */
describe('what a demo asked for', () => {
  let musicApi: LocalMusicApi;
  const catalogue = createCatalogue();
  const listed = () => new Receipts(musicApi, catalogue);

  beforeAll(async () => {
    musicApi = await startLocalMusicApi({ prices: { 'upsample-tags': 3 } });
  });
  afterAll(() => musicApi.close());

  async function post(path: string, body: object): Promise<void> {
    const headers = { authorization: `Bearer ${musicApi.key}`, 'content-type': 'application/json' };
    await fetch(musicApi.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  }
  const askLyrics = () => post('/sonic/lyrics', { description: 'a lamp' });

  it('is noted with its price and result, and is not missed afterwards', async () => {
    const receipts = listed();
    const value = await receipts.note('/lyrics', ['sonic lyrics'], async () => {
      await askLyrics();
      return ['two drafts', 'card'] as const;
    });
    expect(value).toBe('card');
    expect(receipts.list).toEqual([
      { way: '/lyrics', operations: [catalogue.get('sonic', 'lyrics')], credits: 2, result: 'two drafts' },
    ]);
    const unplayed = receipts.listUnplayed().map(({ engine, id }) => `${engine} ${id}`);
    expect(unplayed).toHaveLength(catalogue.list().length - 1);
    expect(unplayed).not.toContain('sonic lyrics');
    expect(
      formatReceipts(receipts.list)
        .split('\n')
        .map((line) => line.split(/ {2,}/)),
    ).toEqual([
      ['command or button', 'operation', 'credits', 'what came of it'],
      ['/lyrics', 'Lyrics, sonic', '2', 'two drafts'],
      ['together', '2'],
    ]);
  });

  it.each([
    {
      what: 'MusicAPI refused it',
      play: () => post('/sonic/lyrics', {}),
      says: '/lyrics did not end as expected. MusicAPI answered 400 to /api/v1/sonic/lyrics.',
    },
    {
      what: 'nothing was sent',
      play: async () => {},
      says: '/lyrics did not end as expected. MusicAPI should be sent /sonic/lyrics; it was nothing.',
    },
    {
      what: 'it was sent twice',
      play: async () => {
        await askLyrics();
        await askLyrics();
      },
      says: '/lyrics did not end as expected. MusicAPI should be sent /sonic/lyrics; it was /sonic/lyrics, /sonic/lyrics.',
    },
  ])('fails when $what, whatever people saw', async ({ play, says }) => {
    const receipts = listed();
    const noted = receipts.note('/lyrics', ['sonic lyrics'], async () => {
      await play();
      return ['two drafts', undefined] as const;
    });
    await expect(noted).rejects.toThrow(says);
    expect(receipts.list).toEqual([]);
  });

  it('fails when MusicAPI takes another price than was announced', async () => {
    const noted = listed().note('/tags', ['sonic tags'], async () => {
      await post('/sonic/upsample-tags', { tags: 'folk' });
      return ['richer tags', undefined] as const;
    });
    await expect(noted).rejects.toThrow('The price was to be 1 credits, and MusicAPI took 3.');
  });
});
