import { operationWords } from '../../src/words/operation-words.ts';
import { formatValue } from '../transcript.ts';
import type { Receipt } from './receipts.ts';

const HEADINGS = ['command or button', 'operation', 'credits', 'what came of it'] as const;

/** What was asked for as a table in plain text: one line each, and the sum. */
export function formatReceipts(receipts: readonly Receipt[]): string {
  const rows = receipts.map(({ way, operations, credits, result }) => {
    const names = operations.map((operation) => `${operationWords(operation).label}, ${operation.engine}`);
    return [
      way,
      countEqual(names).join(' + ') || '-',
      credits === 0 ? 'free' : String(credits),
      formatValue(result),
    ];
  });
  const total = receipts.reduce((sum, { credits }) => sum + credits, 0);
  const lines = [[...HEADINGS], ...rows, ['together', '', String(total), '']];
  const widths = HEADINGS.map((_heading, column) =>
    Math.max(...lines.map((cells) => cells[column]?.length ?? 0)),
  );
  return lines
    .map((cells) =>
      cells
        .map((cell, column) => pad(cell, column, widths))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Numbers stand at the right, so that their digits are below each other. */
function pad(cell: string, column: number, widths: readonly number[]): string {
  const width = widths[column] ?? 0;
  return HEADINGS[column] === 'credits' ? cell.padStart(width) : cell.padEnd(width);
}

/** Names that come several times once, with their number. */
function countEqual(names: readonly string[]): string[] {
  return [...new Set(names)].map((name) => {
    const count = names.filter((other) => other === name).length;
    return count > 1 ? `${count} x ${name}` : name;
  });
}
