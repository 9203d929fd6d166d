/** One line of the printed table. */
export interface Row {
  readonly what: string;
  readonly bare: string;
  readonly ours: string;
  readonly reach: string;
  readonly figure: string;
  readonly met: boolean;
}

/** Value below which `percent` of the values lie. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}

/** The rows as text columns. */
export function formatTable(rows: readonly Row[]): string {
  const head = ['what', 'compared with', 'Encore', 'to reach', 'reached', ''];
  const lines = rows.map((row) => [
    row.what,
    row.bare,
    row.ours,
    row.reach,
    row.figure,
    row.met ? 'ok' : 'MISSED',
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...lines.map((line) => line[column]?.length ?? 0)),
  );
  return [head, ...lines]
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
