import { describe, expect, it } from 'vitest';
import { type PackedZip, packZips, type ZipEntry } from '../../../src/discord/privacy/zip-packer.ts';
import { readZip } from '../../support/read-zip.ts';

const MAX_BYTES = 10_000;

async function* each(entries: readonly ZipEntry[]): AsyncGenerator<ZipEntry> {
  yield* entries;
}

async function pack(entries: readonly ZipEntry[]): Promise<readonly PackedZip[]> {
  return await collect(packZips(each(entries), MAX_BYTES));
}

async function collect(zips: AsyncIterable<PackedZip>): Promise<readonly PackedZip[]> {
  const all: PackedZip[] = [];
  for await (const zip of zips) all.push(zip);
  return all;
}

const text = (name: string, size: number): ZipEntry => ({ name, bytes: Buffer.alloc(size, name) });
const namesOf = (zips: readonly PackedZip[]) =>
  zips.map(({ bytes }) => readZip(bytes).map(({ name }) => name));

describe('packZips', () => {
  it('keeps the order, fills one archive after the other, and makes none larger than it may be', async () => {
    const zips = await pack(['a', 'b', 'c', 'd'].map((name) => text(`${name}.json`, 4_000)));
    expect(namesOf(zips)).toEqual([
      ['a.json', 'b.json'],
      ['c.json', 'd.json'],
    ]);
    for (const { bytes } of zips) expect(bytes.length).toBeLessThanOrEqual(MAX_BYTES);
    expect(readZip(zips[1]?.bytes ?? Buffer.of())[1]?.bytes).toEqual(Buffer.alloc(4_000, 'd.json'));
  });

  it('leaves out what fits into none, cannot be read, or is larger than it was said to be', async () => {
    const zips = await pack([
      text('first.json', 10),
      { name: 'large.mp3', size: 10_000, read: async () => Buffer.alloc(10_000) },
      { name: 'gone.mp3', size: 10, read: async () => undefined },
      { name: 'grown.mp3', size: 10, read: async () => Buffer.alloc(10_000) },
      { name: 'fine.mp3', size: 3, read: async () => Buffer.from('abc') },
    ]);
    expect(namesOf(zips)).toEqual([['first.json', 'fine.mp3']]);
    expect(zips.at(-1)?.missing).toBe(3);
  });

  it('reads no file before its turn, and none that is too large', async () => {
    const asked: string[] = [];
    const song = (name: string, size: number): ZipEntry => ({
      name,
      size,
      read: async () => {
        asked.push(name);
        return Buffer.alloc(size);
      },
    });
    const zips = packZips(each([song('a', 6_000), song('b', 20_000), song('c', 6_000)]), MAX_BYTES);
    await zips.next();
    expect(asked).toEqual(['a', 'c']);
    expect(await collect(zips)).toHaveLength(1);
  });
});
