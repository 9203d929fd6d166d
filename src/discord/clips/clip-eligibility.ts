/** Whether an operation would be taken for a clip, as far as that can be known before anything is paid. */
import { isStandIn } from '../../domain/clip.ts';
import type { ClipReference, OperationId } from '../../domain/request.ts';
import type { ClipNeed, Operation } from '../../musicapi/operation.ts';
import type { Store } from '../../store/open.ts';
import { findTask } from '../../store/tasks.ts';
import { operationWords } from '../../words/operation-words.ts';
import { words } from '../../words/words.ts';
import type { FoundClip } from './clip-finder.ts';

/** What decides whether an operation works on a clip. What is not known stands in the way of nothing. */
export interface ClipFacts {
  readonly reference: ClipReference;
  /** When it was made, epoch ms. */
  readonly createdAt?: number | undefined;
  /** The operation that it came from. */
  readonly madeBy?: OperationId | undefined;
}

/** What MusicAPI calls an extension: it joins these to what they go on from (docs.musicapi.ai/concat-music). */
const EXTENDING: readonly OperationId[] = ['extend', 'upload-extend'];

const HOUR_MS = 60 * 60_000;

/**
 * Why an operation does not work on a clip, in one sentence for the person and with what to do instead; undefined =
 * nothing that we know stands in its way.
 *
 * @param need - @defaultValue what the operation wants of its first clip
 */
export function explainClip(
  operation: Pick<Operation, 'id' | 'engine' | 'clip'>,
  { reference, createdAt, madeBy }: ClipFacts,
  now: number,
  need: ClipNeed | undefined = operation.clip,
): string | undefined {
  if (!need) return undefined;
  const { engine } = operation;
  const { label } = operationWords(operation);
  const { refused } = words().clips;
  if (isStandIn(reference.clipId)) return refused.noId;
  if (reference.engine !== engine) {
    return refused.otherEngine({ made: reference.engine, engine });
  }
  if (need.source !== undefined && need.source !== reference.source) {
    return need.source === 'uploaded' ? refused.uploadsOnly({ label }) : refused.noUploads({ label });
  }
  if (need.maxAgeMs !== undefined && createdAt !== undefined && now - createdAt >= need.maxAgeMs) {
    return refused.tooOld({ label, hours: Math.round(need.maxAgeMs / HOUR_MS) });
  }
  if (need.extensionOnly && madeBy !== undefined && !EXTENDING.includes(madeBy)) {
    return refused.noExtension({ label });
  }
  return undefined;
}

/** What the database knows of a clip that was found. */
export async function loadClipFacts(
  { reference, clip }: FoundClip,
  store: Pick<Store, 'db'>,
): Promise<ClipFacts> {
  if (!clip) return { reference };
  const maker = await findTask(store.db, clip.taskId);
  return { reference, createdAt: clip.createdAt, madeBy: maker?.request.operation };
}
