import type { Clip } from '../domain/clip.ts';
import type { Task } from '../domain/task.ts';
import { coerceError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { MusicApi } from '../musicapi/types.ts';
import { saveClips } from '../store/clips.ts';
import type { Store } from '../store/open.ts';

interface RefreshDeps {
  readonly store: Store;
  readonly provider: (accountId: string) => MusicApi;
  readonly log: Logger;
}

/**
 * Asks MusicAPI for the present addresses of a clip, because the stored ones do not work (any more). Free. Gives
 * the clip as it was when MusicAPI has nothing better.
 */
export async function refreshClip(
  { store, provider, log }: RefreshDeps,
  task: Task,
  clip: Clip,
  signal: AbortSignal,
): Promise<Clip> {
  if (task.state !== 'succeeded' || !task.providerTaskId) return clip;
  try {
    const { request, providerTaskId } = task;
    const found = await provider(task.accountId).getTask(request.engine, providerTaskId, { signal, request });
    const fresh =
      found.state === 'succeeded' ? found.clips.find(({ clipId }) => clipId === clip.clipId) : undefined;
    if (!fresh?.audioUrl || fresh.audioUrl === clip.audioUrl) return clip;
    const refreshed = { ...clip, audioUrl: fresh.audioUrl, imageUrl: fresh.imageUrl ?? clip.imageUrl };
    await store.transaction((tx) => saveClips(tx, [refreshed]));
    return refreshed;
  } catch (error) {
    signal.throwIfAborted();
    log.warn(
      { reference: task.id, clipId: clip.clipId, err: coerceError(error) },
      'addresses of a clip not refreshed',
    );
    return clip;
  }
}
