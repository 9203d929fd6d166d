import type { Clip } from '../../domain/clip.ts';
import type { Task } from '../../domain/task.ts';
import { MediaError } from '../../media/errors.ts';
import type { LoadedClip } from '../delivery/freight.ts';
import type { FreightLoader } from '../delivery/freight-loader.ts';
import type { CoverPictures } from '../recipe/cover-pictures.ts';
import type { LoadAudio } from './song-shower.ts';

interface LoaderDeps {
  /** Asks MusicAPI for the present address of a clip's audio, which is free. */
  readonly refresh: (task: Task, clip: Clip, signal: AbortSignal) => Promise<Clip>;
  /** Tells the operators of a host that has to be listed first. */
  readonly onUnlistedHost: (host: string, taskId: string) => void;
  /** For the files of songs. */
  readonly pictures: Pick<CoverPictures, 'fetch'>;
}

/** Audio for cards that somebody waits for: from where it was, else from where it is now. */
export function createAudioLoader(
  loader: Pick<FreightLoader, 'fetchSong'>,
  { refresh, onUnlistedHost, pictures }: LoaderDeps,
): LoadAudio {
  const load: LoadAudio = async (clip, task, limitBytes, signal) => {
    const first = await loader.fetchSong(clip, limitBytes, signal);
    if (!(first instanceof MediaError)) return first;
    if (first.kind === 'unlisted-host') onUnlistedHost(first.host ?? '', clip.taskId);
    const isElsewhere = first.kind === 'too-large' || first.kind === 'unlisted-host';
    const fresh = isElsewhere || !task ? clip : await refresh(task, clip, signal);
    const second =
      fresh.audioUrl === clip.audioUrl ? first : await loader.fetchSong(fresh, limitBytes, signal);
    return second instanceof MediaError ? { clip: fresh, files: [], missing: missingBy(second) } : second;
  };
  return async (clip, ...rest) => {
    const [, , signal] = rest;
    const picture = pictures.fetch(clip, signal);
    const loaded = await load(clip, ...rest);
    return { ...loaded, picture: await picture };
  };
}

function missingBy({ kind }: MediaError): LoadedClip['missing'] {
  return kind === 'too-large' || kind === 'not-audio' ? kind : 'audio-missing';
}
