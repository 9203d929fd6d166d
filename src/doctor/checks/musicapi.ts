import { coerceError } from '../../errors.ts';
import { readCredits } from '../../musicapi/answers.ts';
import { createCatalogue } from '../../musicapi/catalogue.ts';
import { MusicApiError } from '../../musicapi/errors.ts';
import type { Credits } from '../../musicapi/types.ts';
import { OPERATOR_ACCOUNT } from '../../store/accounts.ts';
import { spentBy } from '../../store/ledger.ts';
import type { Check, Context } from '../check.ts';
import { type Finding, found } from '../outcomes.ts';

/** The free call that needs the key (docs.musicapi.ai/get-credits). */
const GET_CREDITS = { method: 'GET', path: '/get-credits', spends: false, read: readCredits } as const;

/** An answer that takes longer makes everything that people do slow. */
const SLOW_MS = 3_000;

const DAY_MS = 24 * 60 * 60_000;

/** The present rate is what these days came to. */
const RATE_DAYS = 7;

/** A balance that lasts less long has to be seen to. */
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
      const fix = 'Correct the file, or remove the variable; what it may hold stands in .env.example.';
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
  return judgeBalance({
    balance: credits.plan + credits.extra,
    cheapest: catalogue.get('sonic', 'create').price,
    perDay: await findSpentPerDay(context),
  });
}

interface BalanceFacts {
  /** Credits. */
  readonly balance: number;
  /** Credits for a new song. */
  readonly cheapest: number;
  /** Credits, on the average; undefined where nobody knows. */
  readonly perDay: number | undefined;
}

/** Whether the balance is enough for the next days. */
export function judgeBalance({ balance, cheapest, perDay = 0 }: BalanceFacts): Finding {
  const fix = 'Buy credits: MusicAPI dashboard.';
  if (balance < cheapest) {
    const words = `The balance is ${balance} credits: not enough for a song (${cheapest}).`;
    return found('musicapi-balance', 'empty', words, fix);
  }
  if (perDay === 0) return found('musicapi-balance', 'enough', `The balance is ${balance} credits.`);
  const days = balance / perDay;
  const words = `The balance is ${balance} credits: about ${formatDays(days)} at the present rate.`;
  return days < LOW_DAYS
    ? found('musicapi-balance', 'low', words, fix)
    : found('musicapi-balance', 'enough', words);
}

function formatDays(days: number): string {
  if (days < 1) return `${Math.max(1, Math.floor(days * 24))} h`;
  const whole = Math.floor(days);
  return whole === 1 ? '1 day' : `${whole} days`;
}

/** What the operator's account spent in the last days; undefined where the database does not say. */
async function findSpentPerDay({ findDatabase }: Context): Promise<number | undefined> {
  const inspection = await findDatabase().catch(() => undefined);
  if (!inspection || inspection.migrations.applied.length === 0) return undefined;
  const since = Date.now() - RATE_DAYS * DAY_MS;
  return (await spentBy(inspection.db, { accountId: OPERATOR_ACCOUNT, since })) / RATE_DAYS;
}
