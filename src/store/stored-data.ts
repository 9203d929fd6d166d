import type { z } from 'zod';

/** A row that this version cannot read. The message names the place and the kind of trouble, never a value. */
export class StoredDataError extends Error {
  override readonly name = 'StoredDataError';
  readonly table: string;
  readonly column: string;
  readonly id: string;

  constructor(table: string, column: string, id: string, trouble: string) {
    super(`${table}.${column} of ${id} cannot be read: ${trouble}`);
    this.table = table;
    this.column = column;
    this.id = id;
  }
}

/** Where a text was found. */
export interface Place {
  readonly table: string;
  readonly column: string;
  readonly id: string;
}

/**
 * Reads a JSON column.
 *
 * @throws StoredDataError when the text is not JSON or not what the schema says.
 */
export function parseStored<S extends z.ZodType>(schema: S, text: string, place: Place): z.output<S> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message would quote the text, which may hold an interaction token.
    throw new StoredDataError(place.table, place.column, place.id, 'it is not JSON');
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the whole'} (${issue.code})`);
  throw new StoredDataError(place.table, place.column, place.id, `unexpected ${paths.join(', ')}`);
}

/** The value of a column that this kind of row must have. */
export function requireColumn<T>(value: T | null, place: Place): T {
  if (value !== null) return value;
  throw new StoredDataError(place.table, place.column, place.id, 'it is empty');
}

/** Called with every row that a claim found and could not read. */
export type BrokenRowListener = (error: StoredDataError) => void;

/**
 * Reads rows one by one, so that a single broken one does not hold up all others. Without a listener the first
 * broken row throws.
 */
export function parseRows<R, T>(
  rows: readonly R[],
  parse: (row: R) => T,
  onBroken: BrokenRowListener | undefined,
): T[] {
  return rows.flatMap((row) => {
    try {
      return [parse(row)];
    } catch (error) {
      if (!(error instanceof StoredDataError) || !onBroken) throw error;
      onBroken(error);
      return [];
    }
  });
}

/** Checks at compile time that a schema describes exactly `T`: no more, no less. */
export function describes<T>() {
  return <S extends z.ZodType<T>>(schema: T extends z.output<S> ? S : never): S => schema;
}
