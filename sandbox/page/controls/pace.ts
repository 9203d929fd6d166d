import type { LocalMusicApi } from '../../musicapi/server.ts';
import type { Timeline } from '../../musicapi/timeline.ts';
import type { Lever } from '../control-panel.ts';

/** What MusicAPI's pages name for a song of the engine sonic: one to three minutes. */
const REAL: Timeline = { notReadyMs: 40_000, firstMs: 90_000, lastMs: 120_000 };

/** How long MusicAPI takes for songs asked for from now on; it begins with the seconds that it was started with. */
export function createPace(musicApi: LocalMusicApi): Lever {
  let isReal = false;
  return {
    id: 'pace',
    group: 'time',
    kind: 'choice',
    label: 'Songs take',
    expect: 'The card counts the time, and learns how long songs take.',
    options: [
      { value: 'fast', label: 'Seconds' },
      { value: 'real', label: 'Minutes, as in reality' },
    ],
    value: () => (isReal ? 'real' : 'fast'),
    choose(value) {
      isReal = value === 'real';
      musicApi.setTimeline(isReal ? REAL : undefined);
    },
  };
}
