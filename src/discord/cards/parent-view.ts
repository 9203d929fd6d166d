import { type Clip, findTitle } from '../../domain/clip.ts';
import { type ClipReference, parentOf, type Request } from '../../domain/request.ts';
import { findClip, isSharedIn } from '../../store/clips.ts';
import type { Executor } from '../../store/schema.ts';
import { findCards, type Reading } from '../library/card-links.ts';
import type { ParentView } from './asked.ts';

/** Where a card is read, and who asked for what it is about. */
interface CardReading extends Reading {
  readonly userId: string;
}

/** The clip that a request works on, or both of them, as `viewParent` names each. */
export async function viewParents(
  executor: Executor,
  request: Request,
  origin: CardReading,
): Promise<ParentView | undefined> {
  const parent = await viewParent(executor, parentOf(request), origin);
  const other = await viewParent(executor, request.secondClip, origin);
  return parent && other ? { ...parent, other } : parent;
}

/**
 * The clip that a request works on, as a card names it: its title, and a link to its own card when that stands
 * in the same server. A clip that we do not know is named by its id; one that was not shared there, and belongs to
 * somebody else than who asked, has no name.
 */
export async function viewParent(
  executor: Executor,
  reference: ClipReference | undefined,
  origin: CardReading,
): Promise<ParentView | undefined> {
  if (!reference) return undefined;
  const clip = await findClip(executor, reference.clipId);
  if (!clip) return { title: reference.clipId };
  if (!(await isOpen(executor, clip, origin))) return { title: '', isHidden: true };
  const cards = await findCards(executor, [clip]);
  return { title: findTitle(clip) ?? '', link: cards.link(clip.clipId, origin) };
}

async function isOpen(executor: Executor, clip: Clip, { guildId, userId }: CardReading): Promise<boolean> {
  if (clip.ownerId === userId) return true;
  return guildId !== undefined && (await isSharedIn(executor, clip, guildId));
}
