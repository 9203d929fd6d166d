import type { TimedWord } from '../../domain/tool-result.ts';
import { listSungLines } from '../../media/lrc.ts';

/** A part of a song that one can point at: a line of its lyrics, or a section. */
export interface Moment {
  readonly kind: 'line' | 'section';
  /** As it is sung; the name of a section in its brackets. */
  readonly text: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Where a section begins. */
export interface PartStart {
  readonly name: string;
  readonly startSeconds: number;
}

/**
 * The lines and sections of a song in their order, each section before its first line. A section ends where the next one
 * begins; the last one ends with the song, as far as that is known. Times are tenths of a second, as people write them:
 * starts are rounded down and ends up, so that nothing of a line is cut off. What takes no time is left out.
 */
export function listMoments(
  sung: readonly TimedWord[],
  parts: readonly PartStart[],
  durationSeconds?: number,
): readonly Moment[] {
  const lines = listSungLines(sung).filter(({ startSeconds }) => Number.isFinite(startSeconds));
  const heard = lines.map((line) => line.endSeconds).filter(Number.isFinite);
  const end = durationSeconds ?? Math.max(0, ...heard);
  const starts = parts.filter(({ startSeconds }) => Number.isFinite(startSeconds));
  const untilNext = (all: readonly { readonly startSeconds: number }[], index: number) =>
    all[index + 1]?.startSeconds ?? end;
  const sections = starts.map(({ name, startSeconds }, index) => ({
    kind: 'section' as const,
    text: `[${name}]`,
    startSeconds,
    endSeconds: untilNext(starts, index),
  }));
  const sungLines = lines.map((line, index) => ({
    ...line,
    kind: 'line' as const,
    endSeconds: Number.isFinite(line.endSeconds) ? line.endSeconds : untilNext(lines, index),
  }));
  return [...sections, ...sungLines]
    .toSorted((a, b) => a.startSeconds - b.startSeconds)
    .map(({ startSeconds, endSeconds, ...rest }) => ({
      ...rest,
      startSeconds: Math.max(0, Math.floor(tenths(startSeconds)) / 10),
      endSeconds: Math.ceil(tenths(endSeconds)) / 10,
    }))
    .filter(({ startSeconds, endSeconds }) => endSeconds > startSeconds);
}

/** Without what counting in binary adds: 0.3 s are three tenths and not a little less. */
function tenths(seconds: number): number {
  return Math.round(seconds * 1_000) / 100;
}
