import { words } from '../../words/words.ts';
import { formatCredits, plain } from '../messages/text.ts';
import type { Forecast, Over, Trouble } from './trouble.ts';

/** What is said of trouble. @param since - epoch ms */
export function describeTrouble(trouble: Trouble, sinceAt: number): string {
  const { operator } = words();
  const since = `<t:${Math.floor(sinceAt / 1_000)}:f>`;
  switch (trouble.cause) {
    case 'key-refused':
      return operator.keyRefused({ since });
    case 'balance-empty':
      return operator.balanceEmpty({ since, credits: formatCredits(trouble.balance) });
    case 'balance-low': {
      const { balance, threshold, forecast } = trouble;
      const rate = describeForecast(forecast);
      return operator.balanceLow({ since, credits: formatCredits(balance), threshold, rate });
    }
    case 'provider-down':
      return operator.providerDown({ since });
    case 'unlisted-host':
      return operator.unlistedHost({ since, host: plain(trouble.host, 200), reference: trouble.reference });
    case 'database':
      return operator.database({ since });
    case 'ledger-difference': {
      const { sum, expected, found } = trouble;
      if (sum !== 'balance') return operator.sumsDiffer({ since, expected, found });
      return operator.balanceDiffers({ since, taken: formatCredits(expected - found) });
    }
    default:
      return trouble satisfies never;
  }
}

/** What is said when it is over. */
export function describeOver(over: Over, lastedMs: number): string {
  const { operator } = words();
  const lasted = formatLasted(lastedMs);
  switch (over.cause) {
    case 'key-refused':
      return operator.over.key({ lasted });
    case 'balance-empty':
      return operator.over.balanceEmpty({ lasted, credits: formatCredits(over.balance) });
    case 'balance-low':
      return operator.over.balanceLow({ lasted, credits: formatCredits(over.balance) });
    case 'provider-down': {
      const { waited: tasks, inDoubt } = over;
      const waited = tasks === 0 ? operator.noneWaited : operator.waited({ tasks });
      const lost = inDoubt === 0 ? operator.noneLost : operator.inDoubt({ tasks: inDoubt });
      return operator.over.provider({ lasted, waited, lost });
    }
    case 'unlisted-host':
      return operator.over.host({ host: plain(over.host, 200) });
    case 'database':
      return operator.over.database({ lasted });
    case 'ledger-difference':
      return operator.over.sums({ lasted });
    default:
      return over satisfies never;
  }
}

function describeForecast(forecast: Forecast | undefined): string {
  const { operator } = words();
  if (!forecast) return operator.noRate;
  const credits = formatCredits(Math.round(forecast.creditsPerDay));
  const days = Math.floor(forecast.days);
  return days < 1 ? operator.lastsHours({ credits }) : operator.lasts({ credits, days });
}

const MINUTE_MS = 60_000;

/** `45 seconds`, `12 minutes`, `5 hours`, `3 days`: the largest unit of which there are two. */
function formatLasted(ms: number): string {
  const { lasted } = words().operator;
  const minutes = ms / MINUTE_MS;
  if (minutes < 2) return lasted.seconds({ count: Math.max(1, Math.round(ms / 1_000)) });
  if (minutes < 120) return lasted.minutes({ count: Math.round(minutes) });
  const hours = minutes / 60;
  return hours < 48
    ? lasted.hours({ count: Math.round(hours) })
    : lasted.days({ count: Math.round(hours / 24) });
}
