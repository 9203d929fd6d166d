import type { AttemptedPart, Delivery, DeliverySetback, Route } from '../../domain/delivery.ts';
import type { Task } from '../../domain/task.ts';
import type { Logger } from '../../log.ts';
import type { Waveform } from '../../media/waveform.ts';
import type { Store } from '../../store/open.ts';
import type { EventOf, Observe } from '../../telemetry/events.ts';
import { describeApiError, isUncertain } from '../api/api-errors.ts';
import type { SongPictures } from '../pictures/song-pictures.ts';
import { hasRoomFor } from '../pictures/waveform-file.ts';
import type { SongTagger } from '../recipe/song-tagger.ts';
import type { DeliveryPlaces } from './delivery-places.ts';
import {
  type Attempt,
  hasTriedLongEnough,
  planAttempts,
  RARE_RETRY_MS,
  retryDelayMs,
} from './delivery-plan.ts';
import { type DeliveryPoster, withoutRoute } from './delivery-poster.ts';
import { type DeliveryRecords, withPosted } from './delivery-records.ts';
import { type Freight, findLargest, listFiles, rungOf } from './freight.ts';
import type { FreightFitter } from './freight-fitter.ts';
import type { ResultMessages } from './result-messages.ts';

interface TriesDeps {
  readonly store: Store;
  readonly log: Logger;
  readonly poster: DeliveryPoster;
  readonly places: DeliveryPlaces;
  readonly fitter: FreightFitter;
  readonly tagger: SongTagger;
  readonly pictures: SongPictures;
  readonly messages: ResultMessages;
  readonly records: DeliveryRecords;
  readonly observe: Observe;
}

/** Why nothing could be posted. */
interface Vain {
  readonly setback: DeliverySetback;
  readonly reason?: unknown;
}

/** Tries the ways of one message, best first, down the ladder, until one takes it. */
export class DeliveryTries {
  readonly #deps: TriesDeps;

  constructor(deps: TriesDeps) {
    this.#deps = deps;
  }

  /** Posts one message. Gives the delivery to go on with; undefined when it ended or has to wait. */
  async make(
    before: Delivery,
    task: Task,
    freight: Freight,
    signal: AbortSignal,
  ): Promise<Delivery | undefined> {
    const { poster, log, messages, records } = this.#deps;
    const part = before.posted.length;
    let delivery = before;
    let vain: Vain = { setback: 'no-route' };
    const waveform = await this.#draw(freight, signal);
    const largestBytes = findLargest(listFiles(freight));
    let attempts = planAttempts(largestBytes, await this.#deps.places.list(delivery, task));
    const fitted = new Map<number, Freight>();
    for (let next = attempts[0]; next; next = attempts[0]) {
      const { route } = next;
      attempts = attempts.slice(1);
      const channelId = await this.#open(route, task);
      if (channelId === 'not-now') {
        await records.wait(delivery, task, { waitMs: retryDelayMs(delivery.tries) });
        return undefined;
      }
      if (channelId === 'closed') {
        attempts = withoutRoute(attempts, route);
        continue;
      }
      const load = fitted.get(next.limitBytes) ?? (await this.#fit(freight, next, largestBytes, signal));
      fitted.set(next.limitBytes, load);
      const tagged = await this.#deps.tagger.tag(load, task.request, next.limitBytes);
      const count = freight.clips.length;
      const written = await this.#write(delivery, task, { part, count, route, channelId });
      const picture = waveform && hasRoomFor(waveform, tagged, next.limitBytes) ? waveform : undefined;
      const { body, files } = await messages.build(written.delivery, task, tagged, part, picture);
      const outcome = await poster.post(written.delivery, written.attempt, task.origin, {
        body,
        files,
        signal,
      });
      const isThread = route === 'channel' && channelId !== task.origin.channelId;
      await this.#tell({ delivery, rung: rungOf(load), route, isThread, outcome: outcome.kind });
      if (outcome.kind === 'posted')
        return await records.hold(written.delivery, withPosted(written.delivery, outcome.posted), task);
      if (outcome.kind === 'uncertain') {
        // The process ends: what was written down is looked into at the next start.
        if (signal.aborted) return undefined;
        await this.#waitAfter(written.delivery, task, outcome.reason);
        return undefined;
      }
      // It was refused for certain, so nothing has to be looked for.
      delivery = await records.hold(written.delivery, { ...written.delivery, attempt: before.attempt }, task);
      const reference = { reference: task.id, deliveryId: delivery.id, route };
      if (outcome.kind === 'too-large') {
        log.info({ ...reference, bytes: findLargest(listFiles(load)) }, 'too large for Discord, a step down');
      } else {
        vain = { setback: outcome.kind === 'refused' ? 'discord' : 'no-route', reason: outcome.reason };
        attempts = withoutRoute(attempts, route);
        log.info({ ...reference, reason: describeApiError(outcome.reason) }, 'route closed');
      }
    }
    return await this.endInVain(before, delivery, task, vain);
  }

  /**
   * Nothing worked: it is tried again, rarely, for a day, and then stays in the library.
   *
   * @param before - as it was claimed: a try in it that was cut off can no longer be found out about now
   */
  async endInVain(
    before: Delivery,
    delivery: Delivery,
    task: Task,
    { setback, reason }: Vain,
  ): Promise<undefined> {
    const { log, records, store } = this.#deps;
    const now = await store.now();
    log.warn(
      { reference: task.id, deliveryId: delivery.id, setback, reason: describeApiError(reason) },
      'no route to the person',
    );
    const { attempt } = before;
    // Nobody waits for a copy.
    if (attempt || before.isCopy || hasTriedLongEnough(before, now)) {
      await records.giveUp(delivery, task, setback);
    } else {
      await records.wait(delivery, task, { setback, waitMs: RARE_RETRY_MS });
    }
  }

  async #tell(tried: Omit<EventOf<'delivery-tried'>, 'kind' | 'at'>): Promise<void> {
    this.#deps.observe({ kind: 'delivery-tried', ...tried, at: await this.#deps.store.now() });
  }

  /** The channel that a route leads to, if it can be opened. */
  async #open(route: Route, task: Task): Promise<string | 'closed' | 'not-now'> {
    try {
      return await this.#deps.poster.openPlace(route, task);
    } catch (error) {
      this.#deps.log.info({ reference: task.id, route, reason: describeApiError(error) }, 'place not open');
      return isUncertain(error) ? 'not-now' : 'closed';
    }
  }

  /** The picture of a song that is sent by itself and whole. */
  async #draw({ clips }: Freight, signal: AbortSignal): Promise<Waveform | undefined> {
    const [loaded, ...others] = clips;
    const [file, ...pieces] = loaded?.files ?? [];
    if (!loaded || !file || others.length > 0 || pieces.length > 0) return undefined;
    return await this.#deps.pictures.draw(loaded.clip, file, signal);
  }

  /** Before the try is written down: it may take minutes, in which nothing is on its way. */
  async #fit(
    freight: Freight,
    { limitBytes, isRefused }: Attempt,
    largestBytes: number,
    signal: AbortSignal,
  ): Promise<Freight> {
    if (limitBytes >= largestBytes) return freight;
    return await this.#deps.fitter.fit(freight, { limitBytes, isRefused }, signal);
  }

  /** Writes the try down before it is made. */
  async #write(
    delivery: Delivery,
    task: Task,
    place: Omit<AttemptedPart, 'startedAt'> & { channelId: string },
  ) {
    const startedAt = delivery.attempt?.startedAt ?? (await this.#deps.store.now());
    const attempt = { ...place, startedAt };
    const after = { ...delivery, state: 'delivering', attempt } as const;
    return { delivery: await this.#deps.records.hold(delivery, after, task), attempt };
  }

  /** Discord gave no certain answer: the try stays written down, and is looked for before the next one. */
  async #waitAfter(delivery: Delivery, task: Task, reason: unknown): Promise<void> {
    const { log, records, store } = this.#deps;
    const now = await store.now();
    log.warn(
      { reference: task.id, deliveryId: delivery.id, reason: describeApiError(reason) },
      'not known whether posted',
    );
    if (hasTriedLongEnough(delivery, now)) return await records.giveUp(delivery, task, 'discord');
    await records.wait(delivery, task, { waitMs: retryDelayMs(delivery.tries) });
  }
}
