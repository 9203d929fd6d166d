import { coerceError } from '../errors.ts';

/** What a failure says of its reason, wherever it says it: the errors of connections often keep it in their cause. */
export function describeReason(thrown: unknown): string {
  const error = coerceError(thrown);
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
  const isEmpty = error.message === '' || error.message === 'fetch failed';
  return isEmpty && inner !== undefined ? describeReason(inner) : error.message || error.name;
}
