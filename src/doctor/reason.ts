import { coerceError } from '../errors.ts';
import { DatabaseUnavailableError } from '../store/unavailable.ts';

/** What a failure says of its reason, wherever it says it: the errors of connections often keep it in their cause. */
export function describeReason(thrown: unknown): string {
  const error = coerceError(thrown);
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
  // Their own words say no more than that there was no answer.
  const isEmpty =
    error.message === '' || error.message === 'fetch failed' || error instanceof DatabaseUnavailableError;
  return isEmpty && inner !== undefined ? describeReason(inner) : error.message || error.name;
}
