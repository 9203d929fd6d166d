import type { Check } from '../check.ts';
import { type Finding, found } from '../outcomes.ts';

const SECOND_MS = 1_000;

/** From here on times that people see are wrong. */
const OFF_MS = 5 * SECOND_MS;

/** From here on signatures of webhooks and ids of messages are taken for old ones. */
const WRONG_MS = 60 * SECOND_MS;

/** A later answer tells little of the time. */
const ANSWER_TIMEOUT_MS = 4_000;

/** The time of a service next to ours. */
interface Reading {
  readonly service: string;
  /** How far our clock is ahead; negative: behind. */
  readonly aheadMs: number;
}

/** Whether this machine's clock is right, by those of Discord and MusicAPI. */
export const clock: Check = {
  id: 'clock',
  title: 'Clock',
  needs: ['configuration'],
  async run({ config }, signal) {
    const readings = await Promise.all([
      // Both answer without a key, if only with a refusal.
      readClock('Discord', `${config.discordApiUrl}/v10/gateway`, signal),
      readClock('MusicAPI', `${config.musicApiUrl}/get-credits`, signal),
    ]);
    return [judgeClock(readings.filter((reading) => reading !== undefined))];
  },
};

/** What the differences mean. The smallest one counts: a single service may be wrong itself. */
export function judgeClock(readings: readonly Reading[]): Finding {
  const [nearest] = readings.toSorted((a, b) => Math.abs(a.aheadMs) - Math.abs(b.aheadMs));
  if (!nearest) {
    const words = 'Whether the clock is right could not be found out: nobody told the time.';
    return found('clock', 'unknown', words, 'Try again when Discord or MusicAPI answers.');
  }
  const off = Math.abs(nearest.aheadMs);
  const direction = nearest.aheadMs > 0 ? 'fast' : 'slow';
  const words = `The clock is ${Math.round(off / SECOND_MS)} s ${direction} by that of ${nearest.service}.`;
  const fix = 'Let the machine set its clock by itself: timedatectl set-ntp true.';
  if (off > WRONG_MS) return found('clock', 'wrong', `${words} Webhooks are not believed.`, fix);
  if (off > OFF_MS) return found('clock', 'off', words, fix);
  const services = readings.map(({ service }) => service).join(' and ');
  return found('clock', 'right', `The clock agrees with ${services}.`);
}

async function readClock(service: string, url: string, signal: AbortSignal): Promise<Reading | undefined> {
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]);
  const askedAt = Date.now();
  const answer = await fetch(url, { redirect: 'manual', signal: inTime }).catch(() => undefined);
  await answer?.body?.cancel();
  const told = Date.parse(answer?.headers.get('date') ?? '');
  if (Number.isNaN(told)) return undefined;
  // The header leaves out parts of a second; it was written somewhere between question and answer.
  const ours = (askedAt + Date.now()) / 2;
  return { service, aheadMs: ours - (told + SECOND_MS / 2) };
}
