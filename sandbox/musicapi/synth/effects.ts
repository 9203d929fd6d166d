import { type Pcm, SAMPLE_RATE } from './pcm.ts';

/**
 * Effects work on one part and are linear, never on the mix: only so do the stems of a song add up to it exactly.
 */

/** Adds a room (after Schroeder: parallel combs, then all-passes). @param amount - level of the room, 0 to 1 */
export function addRoom(pcm: Pcm, amount: number): void {
  const { left, right } = pcm;
  const wet = renderRoom(left, right);
  // One room for both ears, heard a little later and inverted on the right, is wide enough and costs half.
  const gain = amount * 0.33;
  for (let i = 0; i < left.length; i++) {
    left[i] = (left[i] ?? 0) + (wet[i] ?? 0) * gain;
    if (i >= EAR_DISTANCE) right[i] = (right[i] ?? 0) - (wet[i - EAR_DISTANCE] ?? 0) * gain;
  }
}

/** Samples by which the right ear hears the room later. */
const EAR_DISTANCE = 487;
const COMBS = [1116, 1277, 1422];
const PASSES = [556, 225];

function renderRoom(left: Float32Array, right: Float32Array): Float32Array {
  const wet = new Float32Array(left.length);
  for (const length of COMBS) {
    const line = new Float32Array(length);
    let index = 0;
    let damped = 0;
    for (let i = 0; i < wet.length; i++) {
      const out = line[index] ?? 0;
      damped += (out - damped) * 0.65;
      // The tiny constant keeps a decaying tail out of the very slow denormal numbers.
      line[index] = ((left[i] ?? 0) + (right[i] ?? 0)) * 0.5 + damped * 0.78 + 1e-15;
      wet[i] = (wet[i] ?? 0) + out;
      index = index + 1 === length ? 0 : index + 1;
    }
  }
  for (const length of PASSES) {
    const line = new Float32Array(length);
    let index = 0;
    for (let i = 0; i < wet.length; i++) {
      const delayed = line[index] ?? 0;
      const sample = wet[i] ?? 0;
      line[index] = sample + delayed * 0.5;
      wet[i] = delayed - sample * 0.5;
      index = index + 1 === length ? 0 : index + 1;
    }
  }
  return wet;
}

/** Adds repeats that change sides. @param delayS - seconds between them */
export function addEcho(pcm: Pcm, delayS: number, amount: number): void {
  const { left, right } = pcm;
  const delay = Math.max(1, Math.round(delayS * SAMPLE_RATE));
  for (let i = delay; i < left.length; i++) {
    const fromRight = (right[i - delay] ?? 0) * amount;
    right[i] = (right[i] ?? 0) + (left[i - delay] ?? 0) * amount;
    left[i] = (left[i] ?? 0) + fromRight;
  }
}

/** Lets the sound begin without a click and end softly. */
export function fadeEnds(pcm: Pcm, startS: number, endS: number): void {
  const total = pcm.left.length;
  const starting = Math.min(total, Math.round(startS * SAMPLE_RATE));
  const ending = Math.min(total, Math.round(endS * SAMPLE_RATE));
  for (let i = 0; i < starting; i++) multiply(pcm, i, i / starting);
  for (let i = 0; i < ending; i++) multiply(pcm, total - 1 - i, i / ending);
}

function multiply(pcm: Pcm, at: number, gain: number): void {
  pcm.left[at] = (pcm.left[at] ?? 0) * gain;
  pcm.right[at] = (pcm.right[at] ?? 0) * gain;
}
