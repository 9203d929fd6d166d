import type { Spectrum } from './wavetable.ts';

/** How a tone of an instrument begins, colours, shakes and ends. */
export interface Timbre {
  /** Colour of the beginning. */
  readonly bright: Spectrum;
  /** Colour that it settles to. */
  readonly dark: Spectrum;
  /** Seconds in which the colour changes. */
  readonly settleS: number;
  readonly attackS: number;
  readonly decayS: number;
  /** Level that is held, 0 to 1. */
  readonly sustain: number;
  readonly releaseS: number;
  /** Distance between the left and the right oscillator. */
  readonly detuneCents: number;
  readonly vibratoCents: number;
}

const BASE: Timbre = {
  bright: 'saw',
  dark: 'soft',
  settleS: 0.3,
  attackS: 0.008,
  decayS: 0.3,
  sustain: 0.7,
  releaseS: 0.12,
  detuneCents: 4,
  vibratoCents: 0,
};

/** All timbres by name. */
export const TIMBRES = {
  finger: {
    ...BASE,
    bright: 'piano',
    dark: 'soft',
    settleS: 0.15,
    decayS: 0.5,
    sustain: 0.45,
    detuneCents: 0,
  },
  growl: { ...BASE, bright: 'saw', dark: 'soft', settleS: 0.18, sustain: 0.6, detuneCents: 3 },
  sub: { ...BASE, bright: 'soft', dark: 'sine', settleS: 0.1, attackS: 0.012, sustain: 0.85, detuneCents: 0 },
  piano: {
    ...BASE,
    bright: 'piano',
    dark: 'soft',
    settleS: 0.5,
    attackS: 0.004,
    decayS: 0.9,
    sustain: 0.12,
    releaseS: 0.2,
  },
  epiano: {
    ...BASE,
    bright: 'tine',
    dark: 'sine',
    settleS: 0.4,
    attackS: 0.004,
    decayS: 1.1,
    sustain: 0.2,
    releaseS: 0.25,
  },
  organ: {
    ...BASE,
    bright: 'organ',
    dark: 'organ',
    attackS: 0.015,
    sustain: 0.9,
    releaseS: 0.06,
    vibratoCents: 6,
  },
  bell: {
    ...BASE,
    bright: 'bell',
    dark: 'sine',
    settleS: 0.25,
    attackS: 0.003,
    decayS: 0.7,
    sustain: 0.05,
    releaseS: 0.4,
  },
  square: {
    ...BASE,
    bright: 'square',
    dark: 'hollow',
    settleS: 0.2,
    decayS: 0.25,
    sustain: 0.4,
    detuneCents: 7,
  },
  saw: { ...BASE, bright: 'saw', dark: 'soft', settleS: 0.25, decayS: 0.25, sustain: 0.5, detuneCents: 14 },
  pad: {
    ...BASE,
    bright: 'soft',
    dark: 'bowed',
    settleS: 1.2,
    attackS: 0.25,
    sustain: 0.9,
    releaseS: 0.6,
    detuneCents: 12,
  },
  strings: {
    ...BASE,
    bright: 'bowed',
    dark: 'bowed',
    attackS: 0.12,
    sustain: 0.9,
    releaseS: 0.35,
    detuneCents: 9,
    vibratoCents: 8,
  },
  brass: {
    ...BASE,
    bright: 'brass',
    dark: 'soft',
    settleS: 0.4,
    attackS: 0.035,
    sustain: 0.75,
    vibratoCents: 5,
  },
  flute: {
    ...BASE,
    bright: 'flute',
    dark: 'flute',
    attackS: 0.05,
    sustain: 0.85,
    vibratoCents: 14,
    detuneCents: 2,
  },
  reed: {
    ...BASE,
    bright: 'reed',
    dark: 'hollow',
    settleS: 0.4,
    attackS: 0.03,
    sustain: 0.8,
    vibratoCents: 12,
    detuneCents: 2,
  },
} as const satisfies Record<string, Timbre>;

/** The name of a timbre. */
export type TimbreName = keyof typeof TIMBRES;
