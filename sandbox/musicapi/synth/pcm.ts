/** Samples per second of everything that is rendered. */
export const SAMPLE_RATE = 44_100;

/** Stereo sound as floats around [-1, 1]; both channels have the same length. */
export interface Pcm {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** Silence of the given number of samples. */
export function createPcm(samples: number): Pcm {
  return { left: new Float32Array(samples), right: new Float32Array(samples) };
}

/** Adds `source` to `target`, sample by sample. */
export function addPcm(target: Pcm, source: Pcm): void {
  for (let i = 0; i < target.left.length; i++) {
    target.left[i] = (target.left[i] ?? 0) + (source.left[i] ?? 0);
    target.right[i] = (target.right[i] ?? 0) + (source.right[i] ?? 0);
  }
}

/** Multiplies every sample in place. */
export function scalePcm(pcm: Pcm, gain: number): void {
  for (let i = 0; i < pcm.left.length; i++) {
    pcm.left[i] = (pcm.left[i] ?? 0) * gain;
    pcm.right[i] = (pcm.right[i] ?? 0) * gain;
  }
}

/** The largest absolute sample of both channels. */
export function getPeak(pcm: Pcm): number {
  let peak = 0;
  for (let i = 0; i < pcm.left.length; i++) {
    const loudest = Math.max(Math.abs(pcm.left[i] ?? 0), Math.abs(pcm.right[i] ?? 0));
    if (loudest > peak) peak = loudest;
  }
  return peak;
}
