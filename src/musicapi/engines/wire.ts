/** What the answers of all engines are read with: fields that may be absent, null or of a surprising type. */
import { z } from 'zod';

/** A text; whatever else stands there counts as absent. */
export const text = z.string().min(1).optional().catch(undefined);

/** A number, or a decimal string that says one. */
const decimal = z.union([z.number(), z.string().trim().min(1).transform(Number)]).pipe(z.number());

/** A number that has to be there. */
export const requiredNumber = decimal;

/** A number; whatever else stands there counts as absent. */
export const number = decimal.optional().catch(undefined);

/** A length: an integer in the documents of 2024, a decimal string since 2025, a number elsewhere. */
export const length = decimal.pipe(z.number().positive()).optional().catch(undefined);

const recordSchema = z.record(z.string(), z.unknown());

/** The value as an object with fields; undefined for anything else. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return recordSchema.safeParse(value).data;
}

/** What an answer is about: some stand in `data`, others beside `message`. */
export function contentOf(body: unknown): unknown {
  const whole = asRecord(body);
  return whole && { ...whole, ...asRecord(whole.data) };
}

/** The elements of `data`, which one answer gives as a list and another as a single object. */
export function elementsOf(body: unknown): readonly unknown[] {
  const data = asRecord(body)?.data;
  if (Array.isArray(data)) return data;
  return Object.keys(asRecord(data) ?? {}).length > 0 ? [data] : [];
}
