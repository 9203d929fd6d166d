import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archiveFileName, createArchiveFiles } from '../../src/media/archive-files.ts';

const NAME = archiveFileName('a'.repeat(64), 'mp3');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'encore-archive-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('archive files', () => {
  it('are written as a whole, in place of older ones, into a folder that is made for them', async () => {
    const files = createArchiveFiles(join(folder, 'deep', 'media'));
    expect(await files.read(NAME)).toBeUndefined();
    expect(await files.listUnfinished()).toEqual([]);
    await files.write(NAME, Buffer.from('first'));
    await Promise.all(
      ['second', 'third', 'third'].map((text) => files.write(NAME, Buffer.from(text.repeat(1_000)))),
    );
    expect(['second', 'third'].map((text) => text.repeat(1_000))).toContain(`${await files.read(NAME)}`);
    expect(await readdir(join(folder, 'deep', 'media'))).toEqual([NAME]);
    await files.remove(NAME);
    await files.remove(NAME);
    expect(await files.read(NAME)).toBeUndefined();
  });

  it('leave nothing behind that could not be written', async () => {
    const files = createArchiveFiles(folder);
    const taken = archiveFileName('b'.repeat(64), 'mp3');
    await createArchiveFiles(join(folder, taken)).write(NAME, Buffer.from('a folder in its place'));
    await expect(files.write(taken, Buffer.from('song'))).rejects.toThrow();
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('that are unfinished are told from the finished ones and from the files of others', async () => {
    const files = createArchiveFiles(join(folder, 'shared'));
    await files.write(NAME, Buffer.from('song'));
    for (const name of ['notes.txt', 'notes.tmp']) await writeFile(join(folder, 'shared', name), 'mine');
    await writeFile(join(folder, 'shared', `${NAME}.some-process.tmp`), 'half a so');
    expect((await files.listUnfinished()).map(({ name }) => name)).toEqual([`${NAME}.some-process.tmp`]);
  });

  it.each([
    ['mp3', 'mp3'],
    ['../../etc/passwd', 'etcpassw'],
    ['', 'bin'],
    ['M4A', 'm4a'],
  ])('have harmless names, with the extension %j as %s', (extension, shown) => {
    expect(archiveFileName('c'.repeat(64), extension)).toBe(`${'c'.repeat(40)}.${shown}`);
  });
});
