import { SongPictures } from '../discord/pictures/song-pictures.ts';
import type { TimedWord } from '../domain/tool-result.ts';
import type { SectionPlan } from '../media/sections.ts';
import { createWaveformArtist } from '../media/waveform.ts';
import { listSongParts, listTimedParts } from '../musicapi/song-parts.ts';
import { findTimeline } from '../store/task-lists.ts';
import type { Basis } from './basis.ts';

/** Creates what draws songs for their cards. */
export function createPictures({ store, log }: Pick<Basis, 'store' | 'log'>) {
  const artist = createWaveformArtist({ log });
  const findWords = (clip: { readonly accountId: string; readonly clipId: string }) =>
    findTimeline(store.db, clip.accountId, clip.clipId);
  return {
    pictures: new SongPictures({ artist, plan: planSections, findWords, log }),
    close: () => artist.close(),
  };
}

function planSections(
  lyrics: string | undefined,
  words: readonly TimedWord[] | undefined,
): SectionPlan | undefined {
  const starts = listTimedParts(words ?? []);
  if (starts.length > 0) return { kind: 'timed', starts };
  const parts = listSongParts(lyrics ?? '');
  return parts.length > 0 ? { kind: 'shares', parts } : undefined;
}
