/** MP3 of constant bitrate, best first, in kbit/s; below the last one music is not worth posting. */
const RATES_KBPS = [320, 256, 224, 192, 160, 128, 112, 96, 80, 64] as const;

/** A constant bitrate that is used here, in kbit/s. */
type Kbps = (typeof RATES_KBPS)[number];

/** Rather one piece more than less than this. */
const GOOD_KBPS = 96;

/** A kilobit per second in bytes. */
const BYTES_PER_KILOBIT = 125;

/** Room for the encoder's first and last frames, and for lengths that were rounded. */
const SPARE_BYTES = 8 * 1024;
const SPARE_SHARE = 1.002;

/** What a re-encoded file has to fit into. */
export interface Room {
  /** For each file. */
  readonly maxBytes: number;
  /** For all files together. */
  readonly maxTotalBytes: number;
  /** How many files it may become. */
  readonly maxPieces: number;
}

/** How audio is made small enough. */
export interface Encoding {
  readonly kbps: Kbps;
  /** How many files of equal length it becomes. */
  readonly pieces: number;
}

/**
 * The best encoding of so many seconds that fits: in one piece at any bitrate before several, and as few pieces as
 * sound well. Undefined when nothing fits, or the length is none.
 */
export function planEncoding(seconds: number, room: Room): Encoding | undefined {
  if (!(seconds > 0)) return undefined;
  const whole = findRate(seconds, 1, room);
  if (whole) return { kbps: whole, pieces: 1 };
  const candidates = Array.from({ length: Math.max(0, room.maxPieces - 1) }, (_, index) => index + 2);
  const fitting = candidates.flatMap((pieces) => {
    const kbps = findRate(seconds, pieces, room);
    return kbps ? [{ kbps, pieces }] : [];
  });
  return fitting.find(({ kbps }) => kbps >= GOOD_KBPS) ?? fitting[0];
}

/** The next lower step, for audio that turned out larger than its length promised. */
export function lowerEncoding({ kbps, pieces }: Encoding): Encoding | undefined {
  const next = RATES_KBPS[RATES_KBPS.indexOf(kbps) + 1];
  return next && { kbps: next, pieces };
}

/** Upper bound of the size in bytes of so many seconds at a bitrate. */
export function estimateBytes(seconds: number, kbps: number): number {
  return Math.ceil(seconds * kbps * BYTES_PER_KILOBIT * SPARE_SHARE) + SPARE_BYTES;
}

function findRate(seconds: number, pieces: number, { maxBytes, maxTotalBytes }: Room): Kbps | undefined {
  const limit = Math.min(maxBytes, maxTotalBytes / pieces);
  return RATES_KBPS.find((kbps) => estimateBytes(seconds / pieces, kbps) <= limit);
}
