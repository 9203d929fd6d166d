/** The one translation of what went wrong into words for the person. */
import type { Request } from '../../domain/request.ts';
import type { Failure, FailureKind } from '../../domain/task.ts';
import { UserError } from '../../errors.ts';
import { findBareStatus, MusicApiError, NO_REASON } from '../../musicapi/errors.ts';
import { DatabaseUnavailableError } from '../../store/unavailable.ts';
import { words } from '../../words/words.ts';
import { plain } from './text.ts';

const MAX_QUOTE_LENGTH = 300;

/** Keys and tokens are long runs of characters without a space; no sentence has one. */
const TOKEN_LIKE = /[A-Za-z0-9_+/=.-]{32,}/g;

/**
 * What happened, and what to do now, for a task that did not end well.
 *
 * @param asked - What was asked for, and of which engine. @defaultValue a sentence that fits every request
 */
export function describeFailure(
  failure: Failure,
  asked?: Pick<Request, 'engine' | 'operation'> | undefined,
): string {
  const { errors } = words();
  switch (failure.kind) {
    case 'gone':
      if (!asked || asked.engine === 'sonic') return errors.failures.gone;
      return errors.goneEngine({ engine: asked.engine });
    case 'not-found':
      return asked?.operation === 'timeline' ? errors.noTimeline : errors.failures['not-found'];
    case 'moderation':
      return errors.moderation({ quoted: quote(failure) });
    case 'invalid-request':
      return errors.invalidRequest({ quoted: quote(failure) });
    case 'task-failed':
      return errors.taskFailed({ quoted: quote(failure) });
    case 'answer-lost':
    case 'interrupted':
    case 'restored':
    case 'malformed':
      return describeUnknown(failure);
    default:
      return errors.failures[failure.kind];
  }
}

/** Refusals whose reason is nobody's business but the requester's. */
const PRIVATE_KINDS: readonly FailureKind[] = [
  'not-authorised',
  'no-credits',
  'moderation',
  'invalid-request',
  'not-found',
  'gone',
  'blocked',
  'own-key',
  'own-credits',
];

/** Whether the reason of a failure is told privately, not on the card. */
export function isPrivateReason(kind: FailureKind): boolean {
  return PRIVATE_KINDS.includes(kind);
}

/**
 * What to say while it is not known whether MusicAPI took the request.
 * @param isReported - MusicAPI was asked to report the task by a webhook.
 */
export function describeUnknown({ kind }: Pick<Failure, 'kind'>, isReported = false): string {
  const { errors } = words();
  const cause = causeOf(kind);
  return isReported ? errors.unknownReported({ cause }) : errors.unknown({ cause });
}

/**
 * What to answer when something was thrown: the message of a `UserError`, a sentence for MusicAPI's refusals, else
 * a general one.
 * @param reference - Id under which the log has the details.
 */
export function describeError(error: unknown, reference: string): string {
  if (error instanceof UserError) return error.message;
  return words().errors.withReference({ sentence: describeUnforeseen(error), reference });
}

function describeUnforeseen(error: unknown): string {
  const { errors } = words();
  if (error instanceof MusicApiError) {
    const isVague = error.kind === 'answer-lost' || error.kind === 'malformed';
    return isVague ? errors.unreadable : describeFailure({ kind: error.kind, text: error.text });
  }
  if (error instanceof DatabaseUnavailableError) {
    return error.inDoubt ? errors.databaseInDoubt : errors.databaseDown;
  }
  return errors.unexpected;
}

function causeOf(kind: FailureKind): string {
  const { causes } = words().errors;
  switch (kind) {
    case 'interrupted':
    case 'restored':
    case 'malformed':
    case 'unavailable':
      return causes[kind];
    default:
      return causes.lost;
  }
}

function quote({ text }: Failure): string {
  const { errors } = words();
  const said = reasonWithoutWords(text) ?? text.replace(TOKEN_LIKE, '…').replace(/[.\s]+$/, '');
  const quoted = plain(said, MAX_QUOTE_LENGTH);
  return quoted ? errors.quote({ text: quoted }) : '';
}

/** What is said instead where MusicAPI said nothing. */
function reasonWithoutWords(text: string): string | undefined {
  const { errors } = words();
  if (text === NO_REASON) return errors.noReason;
  const status = findBareStatus(text);
  return status === undefined ? undefined : errors.onlyStatus({ status: String(status) });
}
