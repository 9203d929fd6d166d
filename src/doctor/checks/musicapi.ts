import { forecastBalance, RATE_PERIOD_MS } from '../../discord/operator/trouble.ts';
import { coerceError } from '../../errors.ts';
import { readCredits } from '../../musicapi/answers.ts';
import { createCatalogue } from '../../musicapi/catalogue.ts';
import { MusicApiError } from '../../musicapi/errors.ts';
import type { Credits } from '../../musicapi/types.ts';
import { OPERATOR_ACCOUNT } from '../../store/accounts.ts';
import { findSpending } from '../../store/spending.ts';
import type { Check, Context } from '../check.ts';
import { type Finding, found } from '../outcomes.ts';
import { readTables } from '../read-tables.ts';

/** The free call that needs the key (docs.musicapi.ai/get-credits). */
const GET_CREDITS = { method: 'GET', path: '/get-credits', spends: false, read: readCredits } as const;

/** An answer that takes longer makes everything that people do slow. */
const SLOW_MS = 3_000;

/** A balance that lasts less long has to be seen to, whatever BALANCE_WARNING_CREDITS says. */
const LOW_DAYS = 3;

/** Whether the catalogue can be used, with the operator's file where there is one. */
export const catalogue: Check = {
  id: 'catalogue',
  title: 'Catalogue',
  needs: ['configuration'],
  async run({ config, getCatalogue }) {
    try {
      await getCatalogue();
      if (config.cataloguePath === undefined)
        return [found('catalogue', 'built-in', 'Models and prices are the built-in ones.')];
      return [found('catalogue', 'overridden', `Models and prices: ${config.cataloguePath} lies over them.`)];
    } catch (error) {
      const example = '{ "sonic": { "models": ["sonic-v6"], "prices": { "create": 20 } } }';
      const fix = `Correct the file, for example to ${example}; or remove the variable.`;
      return [found('catalogue', 'invalid', coerceError(error).message, fix)];
    }
  },
};

/** Whether MusicAPI answers, takes the key, and how long the balance lasts. */
export const musicApi: Check = {
  id: 'musicapi',
  title: 'MusicAPI',
  needs: ['configuration'],
  async run(context, signal) {
    const { config, musicApi } = context;
    const startedAt = performance.now();
    try {
      const credits = await musicApi.send(GET_CREDITS, { key: config.musicApiKey, signal });
      const reached = judgeLatency(Math.round(performance.now() - startedAt));
      return [
        reached,
        found('musicapi-key', 'accepted', 'MUSICAPI_KEY works.'),
        await judge(context, credits),
      ];
    } catch (error) {
      if (!(error instanceof MusicApiError)) throw error;
      return judgeRefusal(error, Math.round(performance.now() - startedAt));
    }
  },
};

/** What the answer's delay means. */
export function judgeLatency(ms: number): Finding {
  if (ms <= SLOW_MS) return found('musicapi', 'reached', `MusicAPI answers within ${ms} ms.`);
  const fix = 'Look at the network of this machine; if that is in order, MusicAPI is slow at the moment.';
  return found('musicapi', 'slow', `MusicAPI took ${ms} ms to answer.`, fix);
}

function judgeRefusal({ kind, text }: MusicApiError, ms: number): readonly Finding[] {
  if (kind === 'not-authorised') {
    const fix = 'Copy the key again: MusicAPI dashboard, API Keys.';
    return [
      judgeLatency(ms),
      found('musicapi-key', 'refused', `MusicAPI refuses MUSICAPI_KEY (${text}).`, fix),
    ];
  }
  const fix = 'Check MUSICAPI_URL and whether this machine reaches it; if so, MusicAPI is down: try later.';
  return [found('musicapi', 'unreachable', `MusicAPI gives no sensible answer (${text}).`, fix)];
}

async function judge(context: Context, credits: Credits): Promise<Finding> {
  // An unusable file is a finding of its own.
  const catalogue = await context.getCatalogue().catch(() => createCatalogue());
  const balance = credits.plan + credits.extra;
  const now = Date.now();
  // So is an unusable database.
  const spending = await readTables(context, (db) =>
    findSpending(db, OPERATOR_ACCOUNT, now - RATE_PERIOD_MS),
  ).catch(() => undefined);
  return judgeBalance({
    balance,
    cheapest: catalogue.get('sonic', 'create').price,
    threshold: context.config.balanceWarningCredits,
    days:
      spending && forecastBalance(balance, { spent: spending.credits, firstAt: spending.firstAt, now })?.days,
  });
}

interface BalanceFacts {
  /** Credits. */
  readonly balance: number;
  /** Credits for a new song. */
  readonly cheapest: number;
  /** Credits below which the operator wants to be told. */
  readonly threshold: number;
  /** How long it lasts at the present rate; undefined where nobody knows. */
  readonly days?: number | undefined;
}

/** Whether the balance is enough for the next days. */
export function judgeBalance({ balance, cheapest, threshold, days }: BalanceFacts): Finding {
  const fix = 'Buy credits: MusicAPI dashboard.';
  if (balance < cheapest) {
    const words = `The balance is ${balance} credits: not enough for a song (${cheapest}).`;
    return found('musicapi-balance', 'empty', words, fix);
  }
  const lasting = days === undefined ? '' : `: about ${formatDays(days)} at the present rate`;
  const words = `The balance is ${balance} credits${lasting}.`;
  const isLow = balance < threshold || (days !== undefined && days < LOW_DAYS);
  return isLow ? found('musicapi-balance', 'low', words, fix) : found('musicapi-balance', 'enough', words);
}

function formatDays(days: number): string {
  if (days < 1) return `${Math.max(1, Math.floor(days * 24))} h`;
  const whole = Math.floor(days);
  return whole === 1 ? '1 day' : `${whole} days`;
}
