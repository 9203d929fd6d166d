import { UserError } from '../errors.ts';
import { MusicApiError } from '../musicapi/errors.ts';
import type { Settled } from './outcomes.ts';
import { pollBackOffMs } from './schedule.ts';

/** Calls in a row that have to go wrong before MusicAPI counts as down, and the tasks that they have to be about. */
const FAILURES = 5;
const TASKS = 2;

/** Outages longer ago than this concern no deadline any more. */
export const OUTAGE_MEMORY_MS = 48 * 60 * 60_000;

/** What is to be told when MusicAPI stops answering, or answers again. */
export interface BreakerNews {
  readonly isDown: boolean;
  /** For how long it did not answer; 0 at the beginning. */
  readonly outageMs: number;
}

/** What a breaker is made of. */
interface BreakerDeps {
  readonly intervalMs: number;
  readonly random: () => number;
  readonly onChange?: ((news: BreakerNews) => void) | undefined;
}

/** The right to make one call. */
export interface Permit {
  readonly isProbe: boolean;
}

interface Outage {
  readonly from: number;
  readonly to: number;
}

/** What a breaker knows of outages, for the next run of the program (epoch ms). */
export interface BreakerMemory {
  readonly outages: readonly Outage[];
  /** The one that was not over. */
  readonly open?: { readonly failingSince: number; readonly downSince: number } | undefined;
}

/**
 * Notices that MusicAPI as a whole does not answer, so that nothing is sent to it and nobody is told that a task of
 * theirs went wrong: then one call at a time finds out, ever more rarely, whether it is back. A hint, so every process
 * has its own, which the next run may take over; which task stands where is never in here. `askForCall` lets the probes
 * of several processes be one at a time as well.
 */
export class Breaker {
  readonly #deps: BreakerDeps;
  readonly #outages: Outage[] = [];
  #failures = 0;
  #failingSince: number | undefined;
  #answeredAt = Number.NEGATIVE_INFINITY;
  readonly #failedTasks = new Set<string>();
  #downSince: number | undefined;
  #probes = 0;
  #probeAt = 0;
  #isProbing = false;

  constructor(deps: BreakerDeps) {
    this.#deps = deps;
  }

  /** Whether MusicAPI is taken for down. */
  get isDown(): boolean {
    return this.#downSince !== undefined;
  }

  /** Since when MusicAPI has not answered (epoch ms), if it is taken for down: the first call in vain. */
  get downSince(): number | undefined {
    return this.isDown ? this.#failingSince : undefined;
  }

  /** What the next run should know of. */
  get memory(): BreakerMemory {
    const [failingSince, downSince] = [this.#failingSince, this.#downSince];
    const isOpen = failingSince !== undefined && downSince !== undefined;
    return { outages: [...this.#outages], open: isOpen ? { failingSince, downSince } : undefined };
  }

  /** Goes on from what an earlier run knew: an outage that was not over then lasts until the next probe tells. */
  restore({ outages, open }: BreakerMemory): void {
    this.#outages.unshift(...outages);
    if (!open || this.isDown) return;
    this.#failingSince = open.failingSince;
    this.#downSince = open.downSince;
    this.#deps.onChange?.({ isDown: true, outageMs: 0 });
  }

  /** Takes in what another process knew when MusicAPI answered it again: an answer is one for all. */
  hear({ outages }: BreakerMemory): void {
    const answeredAt = outages.at(-1)?.to ?? 0;
    if (this.#downSince !== undefined && answeredAt > this.#downSince) this.#close(answeredAt);
  }

  /** Whether MusicAPI is there and has answered any call since a moment (epoch ms). */
  hasAnsweredSince(moment: number): boolean {
    return !this.isDown && this.#answeredAt >= moment;
  }

  /** The right to a call now; undefined = not while MusicAPI is down, or its one probe is under way or not due. */
  ask(now: number): Permit | undefined {
    if (!this.isDown) return { isProbe: false };
    if (this.#isProbing || now < this.#probeAt) return undefined;
    this.#isProbing = true;
    return { isProbe: true };
  }

  /** Time until the next probe; undefined while MusicAPI is up, or while a probe is under way. */
  waitMs(now: number): number | undefined {
    return this.isDown && !this.#isProbing ? Math.max(0, this.#probeAt - now) : undefined;
  }

  /**
   * Takes in how a call about a task ended.
   *
   * @param taskId - Or another name for what it was about.
   */
  note(permit: Permit, taskId: string, end: Settled<unknown>, now: number): void {
    this.release(permit);
    if (!end.ok && isOurOwn(end.error)) return;
    if (isAnswer(end)) this.#close(now);
    else if (this.isDown && permit.isProbe) this.#planProbe(now);
    else if (!this.isDown) this.#count(taskId, now);
  }

  /** Gives back the right to a call that was not made, or that we gave up ourselves. */
  release({ isProbe }: Permit): void {
    if (isProbe) this.#isProbing = false;
  }

  /** Gives back the right to a probe since another process makes it, or just did: an interval later we look again. */
  giveWay(permit: Permit, now: number): void {
    this.release(permit);
    // It counts like one of ours, so that the probes of all together become rarer.
    this.#probes += 1;
    this.#probeAt = now + pollBackOffMs(1, this.#deps.intervalMs, this.#deps.random);
  }

  /** How much of the time from `from` to `to` MusicAPI was down. */
  outageMs(from: number, to: number): number {
    const open = this.#downSince === undefined ? [] : [{ from: this.#downSince, to }];
    return [...this.#outages, ...open].reduce(
      (sum, outage) => sum + Math.max(0, Math.min(to, outage.to) - Math.max(from, outage.from)),
      0,
    );
  }

  #count(taskId: string, now: number): void {
    this.#failures += 1;
    this.#failingSince ??= now;
    // One is enough to know that there are others.
    if (this.#failedTasks.size < TASKS) this.#failedTasks.add(taskId);
    if (this.#failures < FAILURES || this.#failedTasks.size < TASKS) return;
    this.#downSince = now;
    this.#probes = 0;
    this.#planProbe(now);
    this.#deps.onChange?.({ isDown: true, outageMs: 0 });
  }

  #planProbe(now: number): void {
    this.#probes += 1;
    this.#probeAt = now + pollBackOffMs(this.#probes, this.#deps.intervalMs, this.#deps.random);
  }

  #close(now: number): void {
    this.#answeredAt = now;
    this.#failures = 0;
    this.#failingSince = undefined;
    this.#failedTasks.clear();
    const from = this.#downSince;
    if (from === undefined) return;
    this.#downSince = undefined;
    this.#outages.push({ from, to: now });
    while (this.#outages[0] && this.#outages[0].to < now - OUTAGE_MEMORY_MS) this.#outages.shift();
    this.#deps.onChange?.({ isDown: false, outageMs: now - from });
  }
}

/** Whether a request never left: it did not pass our own checks, or there was no key to send it with. */
function isOurOwn(error: unknown): boolean {
  return error instanceof UserError || (error instanceof MusicApiError && error.isLocal);
}

/** Whether the end of a call shows that MusicAPI is there: also a refusal does. */
function isAnswer(end: Settled<unknown>): boolean {
  if (end.ok) return true;
  const { error } = end;
  if (!(error instanceof MusicApiError)) return false;
  return error.status !== undefined && error.status < 500 && error.kind !== 'malformed';
}
