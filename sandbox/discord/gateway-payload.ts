import { isRecord } from './errors.ts';

/** Reads a payload of a client; undefined when it is not a JSON object. */
export function parsePayload(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Reads the `shard` of an identify; undefined when it is not a possible pair. */
export function parseShard(raw: unknown): readonly [number, number] | undefined {
  if (!Array.isArray(raw) || raw.length !== 2) return undefined;
  const [id, count]: unknown[] = raw;
  if (typeof id !== 'number' || typeof count !== 'number') return undefined;
  if (!Number.isInteger(id) || !Number.isInteger(count) || id < 0 || id >= count) return undefined;
  return [id, count];
}
