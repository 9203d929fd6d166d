import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { SongArchive } from '../../../src/discord/delivery/song-archive.ts';
import { createLogger } from '../../../src/log.ts';
import { type ArchiveFiles, archiveFileName, createArchiveFiles } from '../../../src/media/archive-files.ts';
import { findArchived } from '../../../src/store/archive.ts';
import { saveClips } from '../../../src/store/clips.ts';
import { clipOf, useStore } from '../../store/support.ts';

const MEDIA = {
  bytes: Buffer.from('a song'),
  extension: 'mp3',
  mime: 'audio/mpeg',
  contentType: 'audio/mpeg',
} as const;
const MAX_BYTES = 1_000;

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'encore-song-archive-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function openArchive(files: ArchiveFiles, readMs?: number) {
  const store = await useStore();
  const clips = Array.from({ length: 8 }, (_, index) => clipOf(`song-${index}`));
  await saveClips(store.db, clips);
  const log = createLogger({ level: 'silent' });
  const archive = new SongArchive({ store, files, capBytes: 1_000_000, log, ...(readMs ? { readMs } : {}) });
  const listKept = async () => {
    const found = await Promise.all(clips.map((clip) => findArchived(store.db, clip)));
    return clips.filter((_, index) => found[index]);
  };
  return { archive, clips, listKept };
}

it('keeps all songs that come at once', async () => {
  const { archive, clips, listKept } = await openArchive(createArchiveFiles(await makeFolder()));
  await Promise.all(clips.map((clip) => archive.keep(clip, MEDIA)));
  await expect.poll(listKept).toEqual(clips);
});

it('lets songs that come while the folder hangs go by, and keeps them when they come again', async () => {
  const folder = await makeFolder();
  const files = createArchiveFiles(folder);
  const { promise: isBack, resolve: comeBack } = Promise.withResolvers<void>();
  const { archive, clips, listKept } = await openArchive(
    {
      ...files,
      write: async (...file) => {
        await isBack;
        await files.write(...file);
      },
    },
    1_000,
  );
  await Promise.all(clips.map((clip) => archive.keep(clip, MEDIA)));
  // Ends though nothing is written.
  await archive.settle();
  expect(await readdir(folder)).toEqual([]);
  comeBack();
  await expect.poll(listKept).toEqual(clips.slice(0, 5));
  await Promise.all(clips.slice(5).map((clip) => archive.keep(clip, MEDIA)));
  await expect.poll(listKept).toEqual(clips);
  expect(await Promise.all(clips.map((clip) => archive.find(clip, MAX_BYTES)))).toEqual(
    clips.map(() => MEDIA),
  );
});

it('takes a song for none that the folder does not give out in time, and others at once', async () => {
  const files = createArchiveFiles(await makeFolder());
  let reads = 0;
  const { promise: never } = Promise.withResolvers<undefined>();
  const { archive, clips, listKept } = await openArchive(
    {
      ...files,
      read: () => {
        reads += 1;
        return never;
      },
    },
    20,
  );
  const [first, second] = clips;
  if (!first || !second) throw new Error('no clips');
  await Promise.all([first, second].map((clip) => archive.keep(clip, MEDIA)));
  await expect.poll(listKept).toEqual([first, second]);
  expect(await archive.find(first, MAX_BYTES)).toBeUndefined();
  expect(await archive.find(second, MAX_BYTES)).toBeUndefined();
  expect(reads).toBe(1);
});

it('removes old unfinished files, and no finished one that it does not know', async () => {
  const folder = await makeFolder();
  const [old, fresh] = ['a', 'b'].map((digit) => archiveFileName(digit.repeat(64), 'mp3'));
  const left = [`${old}`, `${old}.dead.tmp`, `${fresh}.alive.tmp`, 'notes.tmp'];
  for (const name of left) await writeFile(join(folder, name), 'song');
  const longAgo = new Date(Date.now() - 2 * 60 * 60_000);
  for (const name of left.filter((one) => one !== `${fresh}.alive.tmp`)) {
    await utimes(join(folder, name), longAgo, longAgo);
  }
  const { archive, clips } = await openArchive(createArchiveFiles(folder));
  await Promise.all(clips.slice(0, 1).map((clip) => archive.keep(clip, MEDIA)));
  await expect.poll(() => readdir(folder)).not.toContain(`${old}.dead.tmp`);
  const names = await readdir(folder);
  expect(names).toHaveLength(4);
  expect(names).toEqual(expect.arrayContaining([`${old}`, `${fresh}.alive.tmp`, 'notes.tmp']));
});
