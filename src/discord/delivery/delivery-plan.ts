import { createHash } from 'node:crypto';
import type { AttemptedPart, Delivery, Route } from '../../domain/delivery.ts';
import { isTokenAlive, type Origin } from '../../domain/origin.ts';
import type { Task } from '../../domain/task.ts';
import type { Restore } from '../../store/restores.ts';

/** A message carries at most ten files (Discord: Uploading Files). */
export const MAX_FILES_PER_MESSAGE = 10;

/** A request carries at most 25 MiB (Discord: Create Message); the rest of the body needs a little of it. */
export const MAX_BYTES_PER_MESSAGE = 25 * 1024 * 1024 - 64 * 1024;

/** Discord compares a nonce for "a few minutes"; after this long we no longer rely on it. */
export const NONCE_TTL_MS = 2 * 60_000;

/** A way to reach the person, with the largest single file that it takes. */
export interface Place {
  readonly route: Route;
  readonly limitBytes: number;
}

/** One try to post: files up to `limitBytes` as they are, larger ones made smaller; with 0 a link or words. */
export interface Attempt {
  readonly route: Route;
  readonly limitBytes: number;
  /** Discord refused larger files by this route although the limit that it states allows them. */
  readonly isRefused?: boolean;
}

/**
 * More messages than this nobody wants to see, and an app that only the person installed may not follow up more
 * often (Discord: Receiving and Responding to Interactions).
 */
const MAX_MESSAGES = 5;

/**
 * The routes that may work for an origin at `now`, best first. A direct message is the last resort.
 *
 * @param isHopeful - nothing worked before: the channel is tried too, since permissions may have come back
 */
export function listRoutes(origin: Origin, now: number, isHopeful = false): readonly Route[] {
  const routes: Route[] = [];
  const mayBeThere = isHopeful && origin.context === 'guild' && !origin.userInstallOnly;
  if (origin.botCanPost || mayBeThere) routes.push('channel');
  if (isTokenAlive(origin, now)) routes.push('follow-up');
  if (!(origin.context === 'bot-dm' && origin.botCanPost)) routes.push('direct-message');
  return routes;
}

/**
 * What to try, in order, when the largest file has `largestBytes`: everything attached in the place of the
 * request by whichever route takes it (a follow-up with the originals comes before the channel with less), then
 * less there, then a direct message. Where a route takes the file by its figures, the smaller one is only reached
 * when Discord refused the size all the same. The last try of every route attaches nothing.
 */
export function planAttempts(largestBytes: number, places: readonly Place[]): readonly Attempt[] {
  const fits = (place: Place) => largestBytes <= place.limitBytes;
  const isHere = (place: Place) => place.route !== 'direct-message';
  const stepDown = (place: Place): Attempt[] => [
    ...(fits(place)
      ? [{ route: place.route, limitBytes: Math.floor(largestBytes / 2), isRefused: true }]
      : [place]),
    { route: place.route, limitBytes: 0 },
  ];
  return [places.filter(isHere), places.filter((place) => !isHere(place))].flatMap((group) => [
    ...group.filter(fits),
    ...group.flatMap(stepDown),
  ]);
}

/** Whether so many files that are left would take more messages than a delivery may have: then one archive holds them. */
export function needsArchive({ kind, posted }: Pick<Delivery, 'kind' | 'posted'>, rest: number): boolean {
  const messages = Math.max(1, MAX_MESSAGES - posted.length);
  return kind === 'stems' && rest > messages * MAX_FILES_PER_MESSAGE;
}

/**
 * The nonce of one message of a delivery: the same over retries and restarts, new for every wanted message.
 * Discord takes at most 25 characters.
 */
export function nonceOf(delivery: Pick<Delivery, 'id' | 'generation'>, part: number): string {
  const hash = createHash('sha256').update(`${delivery.id}:${delivery.generation}:${part}`);
  return hash.digest('base64url').slice(0, 24);
}

/**
 * The try that a delivery may have had without its database knowing of it: a backup was put back which is older than
 * what was posted. Undefined when nothing of the kind can be.
 */
export function presumeAttempt(
  { kind, generation, posted, clipIds, isCopy }: Delivery,
  { origin, createdAt }: Pick<Task, 'origin' | 'createdAt'>,
  restore: Restore | undefined,
): AttemptedPart | undefined {
  // What a person has wanted again is posted again; and of a direct message it is not known where it would be.
  if (!restore || createdAt >= restore.restoredAt || generation > 0 || posted.length > 0 || isCopy)
    return undefined;
  const [route] = listRoutes(origin, restore.takenAt);
  if (!route || route === 'direct-message') return undefined;
  const count = kind === 'clip' ? 1 : Math.min(clipIds.length, MAX_FILES_PER_MESSAGE);
  return { part: 0, count, route, channelId: origin.channelId, startedAt: restore.takenAt, isPresumed: true };
}

/** How long to wait before the next try after `tries` failed ones. */
export function retryDelayMs(tries: number): number {
  return Math.min(5_000 * 2 ** tries, 10 * 60_000);
}

/** What nobody takes now is tried again this rarely: permissions may come back. */
export const RARE_RETRY_MS = 60 * 60_000;

/** What cannot be delivered is tried this long; then it stays in the library. */
const GIVE_UP_AFTER_MS = 24 * 60 * 60_000;

/** Whether a delivery has been in trouble for so long at `now` that it is not tried any more. */
export function hasTriedLongEnough(
  { troubledSince = Number.POSITIVE_INFINITY }: Delivery,
  now: number,
): boolean {
  return now - troubledSince >= GIVE_UP_AFTER_MS;
}
