import { GROUPS, type Status } from './outcomes.ts';
import type { Checked } from './run-checks.ts';

/** Paints a text for a terminal, by how bad what it says is. */
export type Paint = (status: Status | 'heading', text: string) => string;

/** From good to bad. */
const SEVERITY = ['skipped', 'ok', 'warning', 'failure'] as const satisfies readonly Status[];

/** What the process ends with, by the worst that was found. */
const EXIT_CODES = { skipped: 0, ok: 0, warning: 1, failure: 2 } as const satisfies Record<Status, number>;

const COLUMN = Math.max(...SEVERITY.map((status) => status.length)) + 2;

/** The worst status. What was skipped was so because of something worse. */
function findWorst(checked: readonly Checked[]): Status {
  return checked.reduce<Status>(
    (worst, { status }) => (SEVERITY.indexOf(status) > SEVERITY.indexOf(worst) ? status : worst),
    'skipped',
  );
}

/** 0: everything is fine; 1: there are warnings; 2: something fails. */
export function exitCodeOf(checked: readonly Checked[]): number {
  return EXIT_CODES[findWorst(checked)];
}

/** For programs: one object. `ok` is true when there is neither a failure nor a warning. */
export function toJson(checked: readonly Checked[]): object {
  const checks = checked.map(({ id, outcome, group, status, message, fix, ms }) => ({
    id,
    outcome,
    group,
    status,
    message,
    ...(fix === undefined ? {} : { fix }),
    ms,
  }));
  return { ok: exitCodeOf(checked) === 0, checks };
}

/** For people: a heading for each group, a line for each finding, and what to do below it. */
export function toText(checked: readonly Checked[], paint: Paint): string {
  const groups = GROUPS.flatMap((group) => {
    const own = checked.filter((one) => one.group === group);
    return own.length > 0 ? [[paint('heading', group), ...own.map((one) => toLines(one, paint))]] : [];
  });
  return `${groups.map((lines) => lines.join('\n')).join('\n\n')}\n\n${summarise(checked)}\n`;
}

function toLines({ status, message, fix }: Checked, paint: Paint): string {
  const mark = `  ${paint(status, status)}${' '.repeat(COLUMN - status.length)}`;
  const below = `\n${' '.repeat(COLUMN + 2)}`;
  const lines = [message, ...(fix === undefined ? [] : [fix])];
  return mark + lines.flatMap((text) => text.split('\n')).join(below);
}

function summarise(checked: readonly Checked[]): string {
  const count = (wanted: Status) => checked.filter(({ status }) => status === wanted).length;
  const failures = count('failure');
  const warnings = count('warning');
  const left = count('skipped');
  const words = [
    failures > 0 && `${failures} ${failures === 1 ? 'failure' : 'failures'}`,
    warnings > 0 && `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`,
    left > 0 && `${left} not looked at`,
  ].filter((part) => part !== false);
  return words.length === 0 ? 'Everything is fine.' : `${words.join(', ')}.`;
}
