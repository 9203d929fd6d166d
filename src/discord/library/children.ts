import type { Clip } from '../../domain/clip.ts';
import { findClip } from '../../store/clips.ts';
import { listChildren, listTracks, type Relative } from '../../store/lineage.ts';
import type { Executor } from '../../store/schema.ts';
import { operationWords } from '../../words/operation-words.ts';
import { titleOf } from '../messages/clip-title.ts';
import { findCards, type Reading } from './card-links.ts';
import type { ChildrenView } from './children-field.ts';

/** So many are named on a card. */
const MAX_SHOWN = 5;

/** Of so many the cards are looked up. */
const MAX_LOOKED_AT = 60;

/**
 * What came of a clip and stands in the place where this is read. Undefined when nothing did.
 */
export async function viewChildren(
  executor: Executor,
  { clipId }: Pick<Clip, 'clipId'>,
  reading: Reading,
): Promise<ChildrenView | undefined> {
  const songs = await listChildren(executor, [clipId], { limit: MAX_LOOKED_AT, order: 'desc' });
  const tracks = await listTracks(executor, [clipId], MAX_LOOKED_AT);
  const children = [
    ...songs.filter(({ isDeleted }) => !isDeleted),
    ...tracks.map(({ relative }) => relative),
  ].sort(compareNewestFirst);
  const cards = await findCards(executor, children);
  const linked = children.flatMap((child) => {
    const link = cards.link(child.clipId, reading);
    return link ? [{ child, link }] : [];
  });
  if (linked.length === 0) return undefined;
  const shown = linked.slice(0, MAX_SHOWN).map(async ({ child, link }) => ({
    title: await nameChild(executor, child),
    link,
  }));
  return { shown: await Promise.all(shown), more: Math.max(0, linked.length - MAX_SHOWN) };
}

/** The takes of a task in their order: they have one moment. */
function compareNewestFirst(a: Relative, b: Relative): number {
  return b.createdAt - a.createdAt;
}

/** By what was done, and what came of it is called. */
async function nameChild(executor: Executor, { clipId, engine, operation, kind }: Relative): Promise<string> {
  const made = operation ? operationWords({ engine, id: operation }).label : '';
  if (kind === 'stem') return made;
  const clip = await findClip(executor, clipId);
  return [made, clip ? titleOf(clip) : ''].filter(Boolean).join(': ');
}
