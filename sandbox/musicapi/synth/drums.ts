import { type Pcm, SAMPLE_RATE } from './pcm.ts';
import { createRandom, type Random } from './random.ts';
import type { DrumName } from './rhythm.ts';
import type { Hit, Sweep } from './score.ts';
import { getDecay } from './tone.ts';

type Recipe = (seconds: number, noise: () => number) => number;

/** A noise source that keeps only what lies above (share near 1) or below (share near 0) its corner. */
function createHighPass(share: number, random: Random): () => number {
  let low = 0;
  return () => {
    const sample = random() * 2 - 1;
    low += (sample - low) * share;
    return sample - low;
  };
}

const sine = (hz: number, seconds: number) => Math.sin(2 * Math.PI * hz * seconds);
const fall = (seconds: number, within: number) => Math.exp(-seconds / within);

/** Each drum as a function of time; `share` sets how thin its noise is. */
const RECIPES: Readonly<Record<DrumName, { lengthS: number; share: number; pan: number; sound: Recipe }>> = {
  kick: {
    lengthS: 0.4,
    share: 0.5,
    pan: 0,
    // The phase is the integral of a frequency that falls from 150 to 46 Hz.
    sound: (t, noise) =>
      Math.sin(2 * Math.PI * (46 * t + 104 * 0.035 * (1 - fall(t, 0.035)))) * fall(t, 0.13) +
      noise() * 0.2 * fall(t, 0.004),
  },
  snare: {
    lengthS: 0.25,
    share: 0.25,
    pan: 0.05,
    sound: (t, noise) => sine(186, t) * 0.5 * fall(t, 0.06) + noise() * 0.6 * fall(t, 0.075),
  },
  hat: { lengthS: 0.09, share: 0.85, pan: 0.3, sound: (t, noise) => noise() * 0.55 * fall(t, 0.022) },
  open: { lengthS: 0.35, share: 0.8, pan: 0.3, sound: (t, noise) => noise() * 0.4 * fall(t, 0.11) },
  rim: {
    lengthS: 0.08,
    share: 0.4,
    pan: -0.15,
    sound: (t, noise) => sine(1660, t) * 0.5 * fall(t, 0.012) + noise() * 0.2 * fall(t, 0.008),
  },
  clap: {
    lengthS: 0.25,
    share: 0.4,
    pan: -0.1,
    // Three hands that do not quite meet.
    sound: (t, noise) =>
      noise() *
      0.6 *
      ([0, 0.011, 0.024].reduce((sum, late) => sum + (t < late ? 0 : fall(t - late, 0.008)), 0) * 0.5 +
        0.35 * fall(t, 0.07)),
  },
  tom: {
    lengthS: 0.4,
    share: 0.3,
    pan: -0.35,
    sound: (t, noise) =>
      sine(118 + 40 * fall(t, 0.05), t) * 0.8 * fall(t, 0.12) + noise() * 0.08 * fall(t, 0.02),
  },
  crash: { lengthS: 1.6, share: 0.7, pan: -0.3, sound: (t, noise) => noise() * 0.35 * fall(t, 0.45) },
  shaker: {
    lengthS: 0.1,
    share: 0.75,
    pan: -0.4,
    sound: (t, noise) => noise() * 0.8 * Math.min(1, t / 0.02) * fall(t, 0.025),
  },
  conga: {
    lengthS: 0.3,
    share: 0.3,
    pan: 0.4,
    sound: (t, noise) =>
      sine(212 + 24 * fall(t, 0.02), t) * 0.7 * fall(t, 0.09) + noise() * 0.1 * fall(t, 0.006),
  },
};

/** Adds strokes. Each drum is rendered once and then copied to where it is struck. */
export function addHits(target: Pcm, hits: readonly Hit[], seed: string): void {
  const kit = new Map<DrumName, Float32Array>();
  for (const hit of hits) {
    const recipe = RECIPES[hit.drum];
    let sound = kit.get(hit.drum);
    if (sound === undefined) {
      const noise = createHighPass(recipe.share, createRandom(`${seed}:${hit.drum}`));
      sound = Float32Array.from({ length: Math.round(recipe.lengthS * SAMPLE_RATE) }, (_, i) =>
        recipe.sound(i / SAMPLE_RATE, noise),
      );
      kit.set(hit.drum, sound);
    }
    const gainLeft = hit.velocity * Math.sqrt((1 - recipe.pan) / 2);
    const gainRight = hit.velocity * Math.sqrt((1 + recipe.pan) / 2);
    const offset = Math.round(hit.startS * SAMPLE_RATE);
    for (let i = Math.max(0, -offset); i < sound.length && offset + i < target.left.length; i++) {
      const at = offset + i;
      const sample = sound[i] ?? 0;
      target.left[at] = (target.left[at] ?? 0) + gainLeft * sample;
      target.right[at] = (target.right[at] ?? 0) + gainRight * sample;
    }
  }
}

/** Adds rushes of noise that swell, brighten and stop. */
export function addSweep(target: Pcm, sweep: Sweep, seed: string): void {
  const random = createRandom(`${seed}:sweep:${sweep.startS.toFixed(3)}`);
  const length = Math.round(sweep.lengthS * SAMPLE_RATE);
  const offset = Math.round(sweep.startS * SAMPLE_RATE);
  const release = getDecay(0.02);
  let low = 0;
  let level = 0;
  for (let i = 0; i < length * 1.1 && offset + i < target.left.length; i++) {
    const progress = i / length;
    level = progress < 1 ? progress * progress : level * release;
    low += (random() * 2 - 1 - low) * (0.03 + 0.4 * progress * progress);
    const at = offset + i;
    if (at < 0) continue;
    const sample = low * level * sweep.velocity;
    target.left[at] = (target.left[at] ?? 0) + sample * (1 - 0.5 * progress);
    target.right[at] = (target.right[at] ?? 0) + sample * (0.5 + 0.5 * progress);
  }
}
