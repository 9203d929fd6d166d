import type { ProviderOutcome } from '../telemetry/events.ts';
import { MusicApiError, type MusicApiErrorKind } from './errors.ts';

const OUTCOMES: Readonly<Record<Exclude<MusicApiErrorKind, 'unavailable'>, ProviderOutcome>> = {
  'not-authorised': 'not_authorised',
  'no-credits': 'no_credits',
  moderation: 'moderation',
  'invalid-request': 'invalid_request',
  'rate-limited': 'rate_limited',
  'not-found': 'not_found',
  gone: 'gone',
  malformed: 'malformed',
  'answer-lost': 'answer_lost',
};

/** What the failed end of a call counts as. Whatever is no error of MusicAPI is the caller's reason to break it off. */
export function outcomeOf(error: unknown): ProviderOutcome {
  if (!(error instanceof MusicApiError)) return 'aborted';
  if (error.kind !== 'unavailable') return OUTCOMES[error.kind];
  return error.delivered === 'no' ? 'no_connection' : 'server_error';
}
