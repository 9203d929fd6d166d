/** What was measured of a clip, in words. */
import type { TimedWord, ToolResult } from '../../domain/tool-result.ts';
import { buildLrc } from '../../media/lrc.ts';
import { words } from '../../words/words.ts';
import { cutLines } from '../messages/lines.ts';
import { formatDuration, plain } from '../messages/text.ts';

type Measure<Kind extends ToolResult['kind']> = Extract<ToolResult, { readonly kind: Kind }>;

/** The tempo, with its range where the song does not keep to one. */
export function formatTempo({ averageBpm, minBpm, maxBpm }: Measure<'tempo'>): string {
  const say = words().tools.measures;
  const bpm = round(averageBpm);
  if (minBpm === undefined || maxBpm === undefined) return say.tempo({ bpm });
  const [min, max] = [round(minBpm), round(maxBpm)];
  return min === max ? say.tempo({ bpm }) : say.tempoRange({ bpm, min, max });
}

/** Where somebody sings: said in a few words, or as `say` has it. */
export function formatVocals(
  { startSeconds, endSeconds }: Measure<'vocals'>,
  say: (times: { from: string; to: string }) => string = words().tools.measures.sung,
): string {
  if (startSeconds === undefined || endSeconds === undefined) return words().tools.measures.sungSomewhere;
  return say({ from: formatDuration(startSeconds), to: formatDuration(endSeconds) });
}

/** The words with their times, as a card shows them and as a file. */
export interface ShownTimeline {
  readonly text: string;
  readonly isCut: boolean;
  /** An `.lrc` file's content. */
  readonly lrc: string;
}

const MAX_LINE_LENGTH = 200;
const SUNG_LINE = /^\[(\d+):(\d\d)\.\d\d\](.*)$/;

/** Lines of a song, each after the time at which it is sung; at most `maxLength` characters of them. */
export function showTimeline(title: string, sung: readonly TimedWord[], maxLength: number): ShownTimeline {
  const lrc = buildLrc({ title, words: sung });
  const lines = lrc.split('\n').flatMap((line) => {
    const [, minutes, seconds, text = ''] = SUNG_LINE.exec(line) ?? [];
    if (minutes === undefined) return [];
    return [`\`${Number(minutes)}:${seconds}\` ${plain(text, MAX_LINE_LENGTH)}`];
  });
  const text = cutLines(lines, maxLength);
  return { text: text || words().tools.measures.noWords, isCut: text.length < lines.join('\n').length, lrc };
}

function round(bpm: number): number {
  return Math.round(bpm * 10) / 10;
}
