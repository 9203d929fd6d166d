import type { LogLine } from '../support/world.ts';
import type { Life } from './bot-keeper.ts';
import type { Evidence } from './evidence.ts';
import { isMemoryLine } from './memory.ts';
import type { Verdict } from './verdict.ts';

/** Pino's number for `error`. */
const ERROR = 50;

const SHOWN_CHARACTERS = 600;
const MAX_LINE_CHARACTERS = 16_000;

/** Judges what the bot wrote: nothing unexplained at level error, nothing besides its log, no secret anywhere. */
export function judgeWritten({
  lives,
  secrets,
  excused,
}: Pick<Evidence, 'lives' | 'secrets' | 'excused'>): readonly Verdict[] {
  return [
    { claim: 'no error stands in the log', faults: lives.flatMap(({ log }) => judgeLog(log, excused)) },
    { claim: 'every line of the log can be read', faults: lives.flatMap(({ log }) => judgeLengths(log)) },
    { claim: 'nothing was written besides the log', faults: lives.flatMap(judgeComplaints) },
    { claim: 'no secret was written', faults: lives.flatMap(({ output }) => judgeSecrets(output, secrets)) },
  ];
}

/** Discord cut the connection, or was broken, several times in a row: that person's answer is judged by itself. */
function isDiscords({ msg, err }: LogLine): boolean {
  const { code, status } = (err ?? {}) as { readonly code?: unknown; readonly status?: unknown };
  return msg === 'interaction failed' && (code === 'ECONNRESET' || Number(status) >= 500);
}

/** @param excused - ids of interactions whose failure is explained */
export function judgeLog(log: readonly LogLine[], excused: ReadonlySet<string>): string[] {
  return log
    .filter(({ level }) => Number(level) >= ERROR)
    .filter((line) => !excused.has(String(line.reference)) && !isDiscords(line))
    .map((line) => `The log has an error: ${JSON.stringify(line).slice(0, SHOWN_CHARACTERS)}`);
}

/** A line that holds whole files or texts is no use to anybody. */
export function judgeLengths(log: readonly LogLine[]): string[] {
  return log
    .map((line) => JSON.stringify(line))
    .filter(({ length }) => length > MAX_LINE_CHARACTERS)
    .map((line) => `The log has a line of ${line.length} characters: ${line.slice(0, SHOWN_CHARACTERS)}`);
}

function judgeComplaints({ complaints }: Life): string[] {
  const lines = complaints.split('\n').filter((line) => line !== '' && !isMemoryLine(line));
  return lines.length > 0 ? [`The bot wrote to standard error: ${lines.join('\n')}`] : [];
}

/** Secrets are as long as this, and consist of these. */
const WORD = /[\w.-]{16,}/g;

export function judgeSecrets(output: string, secrets: readonly string[]): string[] {
  const hidden = new Set(secrets);
  const words = new Set(output.match(WORD) ?? []);
  const found = [...words].filter(
    (word) => hidden.has(word) || word.split('.').some((part) => hidden.has(part)),
  );
  return found.map((word) => `A secret of ${word.length} characters was written: ${word.slice(0, 4)}…`);
}
