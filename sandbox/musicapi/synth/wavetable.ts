import { SAMPLE_RATE } from './pcm.ts';

/** Length of every table; a power of two, so that a phase wraps by masking. */
export const TABLE_SIZE = 2048;

const SPECTRA = {
  sine: (h: number) => (h === 1 ? 1 : 0),
  saw: (h: number) => 1 / h,
  square: (h: number) => (h % 2 === 1 ? 1 / h : 0),
  soft: (h: number) => 1 / (h * h),
  hollow: (h: number) => (h % 2 === 1 ? 1 / (h * h) : 0),
  organ: (h: number) => ({ 1: 1, 2: 0.7, 3: 0.45, 4: 0.35, 6: 0.2, 8: 0.15 })[h] ?? 0,
  piano: (h: number) => Math.exp(-h / 3.5) * (h % 7 === 0 ? 0.2 : 1),
  tine: (h: number) => ({ 1: 1, 2: 0.08, 4: 0.16, 7: 0.05 })[h] ?? 0,
  bell: (h: number) => ({ 1: 1, 3: 0.35, 5: 0.22, 9: 0.12 })[h] ?? 0,
  bowed: (h: number) => (1 + 0.4 * Math.cos(h * 1.7)) / h ** 1.25,
  brass: (h: number) => (h > 14 ? 0 : Math.exp(-((h - 3) ** 2) / 30) / Math.sqrt(h)),
  flute: (h: number) => ({ 1: 1, 2: 0.22, 3: 0.07, 4: 0.02 })[h] ?? 0,
  reed: (h: number) => (h % 2 === 1 ? 1 : 0.25) / h ** 1.1,
} as const;

/** The name of a sum of harmonics. */
export type Spectrum = keyof typeof SPECTRA;

const tables = new Map<string, Float32Array>();

/**
 * One period of a spectrum, with only the harmonics that fit below the Nyquist frequency at `frequencyHz`.
 * It has one extra sample at the end, equal to the first, for interpolation.
 */
export function getTable(spectrum: Spectrum, frequencyHz: number): Float32Array {
  const fitting = Math.max(1, Math.floor((SAMPLE_RATE * 0.42) / frequencyHz));
  // Rounded down to powers of two, so that a whole song needs a handful of tables.
  const harmonics = Math.min(64, 2 ** Math.floor(Math.log2(fitting)));
  const name = `${spectrum}:${harmonics}`;
  const known = tables.get(name);
  if (known !== undefined) return known;
  const table = buildTable(spectrum, harmonics);
  tables.set(name, table);
  return table;
}

function buildTable(spectrum: Spectrum, harmonics: number): Float32Array {
  const table = new Float32Array(TABLE_SIZE + 1);
  let energy = 0;
  for (let h = 1; h <= harmonics; h++) {
    const amplitude = SPECTRA[spectrum](h);
    if (amplitude === 0) continue;
    energy += amplitude * amplitude;
    for (let i = 0; i <= TABLE_SIZE; i++) {
      table[i] = (table[i] ?? 0) + amplitude * Math.sin((2 * Math.PI * h * i) / TABLE_SIZE);
    }
  }
  // Equal power for all spectra, so that timbres can be exchanged without touching the levels.
  const gain = 1 / Math.sqrt(energy);
  return table.map((sample) => sample * gain);
}
