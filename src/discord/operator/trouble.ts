import type { Waiting } from '../../store/spending.ts';
import type { NoticeCause } from '../../telemetry/events.ts';

/** Something that the people who run the bot have to know, with what it is told with. */
export type Trouble =
  /** MusicAPI does not take the operator's key. */
  | { readonly cause: 'key-refused' }
  /** MusicAPI refuses songs for want of credits. */
  | { readonly cause: 'balance-empty'; readonly balance: number }
  | {
      readonly cause: 'balance-low';
      readonly balance: number;
      /** Below it the operators are told. */
      readonly threshold: number;
      /** Undefined = nothing was spent lately. */
      readonly forecast: Forecast | undefined;
    }
  | { readonly cause: 'provider-down' }
  /** A result lies on a host that results are not downloaded from. */
  | { readonly cause: 'unlisted-host'; readonly host: string; readonly reference: string }
  | { readonly cause: 'database' }
  /** The ledger is not what the tasks, or the balance at MusicAPI, say. */
  | {
      readonly cause: 'ledger-difference';
      readonly sum: 'reserved' | 'charged' | 'balance';
      readonly expected: number;
      readonly found: number;
    };

/** Trouble that is over. The difference of a balance is booked at once, so nothing of it goes on. */
export type Over =
  | { readonly cause: 'key-refused' | 'database' | 'ledger-difference' }
  | { readonly cause: 'balance-empty' | 'balance-low'; readonly balance: number }
  | { readonly cause: 'unlisted-host'; readonly host: string }
  | ({ readonly cause: 'provider-down' } & Waiting);

/** Trouble that is over, and what it came to is looked up only by the one who tells of it. */
export interface Unjudged {
  readonly cause: Over['cause'];
  /** @param since - when it began (epoch ms) */
  readonly judge: (since: number) => Promise<Over>;
}

/** How long a balance lasts at the present rate. */
export interface Forecast {
  readonly creditsPerDay: number;
  readonly days: number;
}

/** What trouble is about, where there may be several of one cause; else empty. */
function subjectOf(trouble: Trouble | Over | Unjudged): string {
  if ('host' in trouble) return trouble.host;
  return 'sum' in trouble && trouble.sum === 'balance' ? 'balance' : '';
}

/** Whether it is told as something that happened, and does not go on. */
export function isMoment(trouble: Trouble): boolean {
  return trouble.cause === 'ledger-difference' && trouble.sum === 'balance';
}

/** The key under which it is remembered. */
export function keyOf(trouble: Trouble | Over | Unjudged): {
  readonly cause: NoticeCause;
  readonly subject: string;
} {
  return { cause: trouble.cause, subject: subjectOf(trouble) };
}

const DAY_MS = 24 * 60 * 60_000;

/** The time by which the rate of spending is measured. */
export const RATE_PERIOD_MS = 7 * DAY_MS;

/**
 * How long a balance lasts if as much is spent as lately. Whoever began within the period is measured by the time since
 * then, but by a day at least.
 *
 * @param spent - credits in the last `RATE_PERIOD_MS`
 * @param firstAt - when something was spent for the first time ever (epoch ms)
 * @returns undefined where nothing was spent.
 */
export function forecastBalance(
  balance: number,
  {
    spent,
    firstAt,
    now,
  }: { readonly spent: number; readonly firstAt: number | undefined; readonly now: number },
): Forecast | undefined {
  if (firstAt === undefined || spent <= 0) return undefined;
  const measuredMs = Math.min(RATE_PERIOD_MS, Math.max(DAY_MS, now - firstAt));
  const creditsPerDay = (spent * DAY_MS) / measuredMs;
  return { creditsPerDay, days: balance / creditsPerDay };
}
