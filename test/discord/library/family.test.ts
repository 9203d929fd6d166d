import { describe, expect, it } from 'vitest';
import { loadFamily } from '../../../src/discord/library/family.ts';
import { buildFamilyTree } from '../../../src/discord/library/family-tree.ts';
import type { Clip } from '../../../src/domain/clip.ts';
import { findClip, saveClips, shareClip } from '../../../src/store/clips.ts';
import type { Executor } from '../../../src/store/schema.ts';
import { speak } from '../../../src/words/words.ts';
import { clipOf, putTask, runningTask, useStore } from '../../store/support.ts';
import { T0 } from '../../support/tasks.ts';
import { expectWithinLimits } from '../support/limits.ts';

const READING = { guildId: '300', channelId: '400' };

/** A song of task `task-<id>`, made of `parent`, shared in server 300. */
async function add(db: Executor, id: string, parent?: string, changes: Partial<Clip> = {}): Promise<void> {
  const clip = clipOf(id, {
    title: id.toUpperCase(),
    taskId: `task-${id}`,
    parentClipId: parent,
    ...changes,
  });
  await saveClips(db, [clip]);
  await shareClip(db, id, '300');
}

/** The lines of the tree of a clip, as member 500 sees them in server 300. */
async function linesOf(db: Executor, id: string): Promise<readonly string[]> {
  const clip = await findClip(db, id);
  if (!clip) throw new Error(`no clip ${id}`);
  const family = await loadFamily(db, clip, { userId: '500', guildId: '300' });
  const message = buildFamilyTree(family, clip, READING);
  expectWithinLimits(message);
  return (message.embeds[0]?.description ?? '').split('\n');
}

describe('the family of a song', () => {
  it('is told from its oldest song on, whichever of them is named', async () => {
    const { db } = await useStore();
    await putTask(db, runningTask('task-kid', T0, { request: { operation: 'cover', engine: 'sonic' } }));
    await add(db, 'root');
    await add(db, 'kid', 'root');
    await add(db, 'grandkid', 'kid');
    await add(db, 'sister', 'root');
    expect(await linesOf(db, 'grandkid')).toEqual([
      'ROOT · sonic, take 1',
      '└ KID · Cover, take 1',
      '\u2003└ GRANDKID · sonic, take 1 ← this one',
      '└ SISTER · sonic, take 1',
    ]);
    expect((await linesOf(db, 'root'))[0]).toBe('ROOT · sonic, take 1 ← this one');
  });

  it('says when nothing came of a song, and when nobody knows what it was made from', async () => {
    const { db } = await useStore();
    await add(db, 'alone');
    await add(db, 'found', 'somewhere');
    expect((await linesOf(db, 'alone')).join('\n')).toContain('Nothing came of it yet');
    expect(await linesOf(db, 'found')).toEqual([
      'a song that I do not know',
      '└ FOUND · sonic, take 1 ← this one',
    ]);
  });

  it('survives songs that were made of each other', async () => {
    const { db } = await useStore();
    await add(db, 'hen', 'egg');
    await add(db, 'egg', 'hen');
    await add(db, 'self', 'self');
    expect(await linesOf(db, 'hen')).toHaveLength(2);
    expect(await linesOf(db, 'self')).toHaveLength(3);
  });

  it('names the tracks of a song together', async () => {
    const { db } = await useStore();
    await putTask(db, runningTask('task-1', T0, { request: { operation: 'stems-full', engine: 'sonic' } }));
    await add(db, 'root');
    for (const part of ['drums', 'bass', 'vocals']) {
      await add(db, part, 'root', { kind: 'stem', taskId: 'task-1' });
    }
    const lines = await linesOf(db, 'root');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/^└ .*tems.* · 3 tracks$/);
    // One of them may be asked about by its own id, and songs may be made of one.
    await add(db, 'bassline', 'bass');
    expect(await linesOf(db, 'bassline')).toEqual([
      'ROOT · sonic, take 1',
      expect.stringMatching(/^└ BASS · .*tems.*, take 1$/),
      '\u2003└ BASSLINE · sonic, take 1 ← this one',
      expect.stringMatching(/^└ .*tems.* · 3 tracks$/),
    ]);
    expect((await linesOf(db, 'bass'))[1]).toMatch(/^└ BASS · .*← this one$/);
  });

  it('names only what was shared in the server, and leads through what was not', async () => {
    const { db } = await useStore();
    const secret = (id: string, parent?: string) =>
      saveClips(db, [clipOf(id, { title: 'SECRET', taskId: `task-${id}`, parentClipId: parent })]);
    await secret('root');
    await secret('leaf', 'root');
    await secret('middle', 'root');
    await add(db, 'shown', 'middle');
    expect(await linesOf(db, 'shown')).toEqual([
      'a song that was not shared here',
      '└ a song that was not shared here',
      '\u2003└ SHOWN · sonic, take 1 ← this one',
    ]);
    const clip = await findClip(db, 'shown');
    const own = await loadFamily(db, clip as Clip, { userId: '500' });
    expect(own.root.clip?.title).toBe('SECRET');
    expect(own.root.children).toHaveLength(2);
    const others = await loadFamily(db, clip as Clip, { userId: '501' });
    expect(others.root.clip).toBeUndefined();
  });

  it('is cut around the song that was named where it is huge, wide or deep', async () => {
    const { db } = await useStore();
    const title = `*_${'[long] title '.repeat(8)}`;
    await add(db, 'root');
    for (let index = 0; index < 60; index += 1) await add(db, `wide-${index}`, 'root', { title });
    const wide = await linesOf(db, 'wide-40');
    expect(wide.length).toBeLessThan(35);
    expect(wide.join('\n')).toContain('← this one');
    expect(wide.at(-1)).toMatch(/^and \d+ more$/);
    await add(db, 'deep-0');
    for (let index = 1; index < 70; index += 1) await add(db, `deep-${index}`, `deep-${index - 1}`);
    const deep = await linesOf(db, 'deep-69');
    expect(deep.join('\n')).toContain('DEEP-69 · sonic, take 1 ← this one');
    expect(Math.max(...deep.map((line) => line.length))).toBeLessThan(60);
  });

  it('is told in German', async () => {
    const { db } = await useStore();
    await add(db, 'root');
    await add(db, 'kid', 'root');
    const lines = await speak('de', () => linesOf(db, 'kid'));
    expect(lines.at(-1)).toBe('└ KID · sonic, Take 1 ← dieser');
  });
});
