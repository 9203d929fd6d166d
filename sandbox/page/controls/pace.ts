import type { LocalMusicApi } from '../../musicapi/server.ts';
import type { Timeline } from '../../musicapi/timeline.ts';
import type { Lever } from '../control-panel.ts';

interface Pace {
  readonly label: string;
  readonly timeline: Timeline;
}

/** How long songs take. The real times are those that MusicAPI's pages name for sonic: one to three minutes. */
const PACES = {
  fast: { label: 'Seconds', timeline: { notReadyMs: 1_000, firstMs: 4_000, lastMs: 6_000 } },
  real: {
    label: 'Minutes, as in reality',
    timeline: { notReadyMs: 40_000, firstMs: 90_000, lastMs: 120_000 },
  },
} as const satisfies Record<string, Pace>;

/** How long MusicAPI takes for songs asked for from now on; it begins with seconds. */
export function createPace(musicApi: LocalMusicApi): Lever {
  let pace: keyof typeof PACES = 'fast';
  musicApi.setTimeline(PACES[pace].timeline);
  return {
    id: 'pace',
    group: 'time',
    kind: 'choice',
    label: 'Songs take',
    expect: 'The card counts the time, and learns how long songs take.',
    options: Object.entries(PACES).map(([value, { label }]) => ({ value, label })),
    value: () => pace,
    choose(value) {
      pace = value === 'real' ? 'real' : 'fast';
      musicApi.setTimeline(PACES[pace].timeline);
    },
  };
}
