import type { Logger } from '../log.ts';
import type { BotEvent, EventOf, Observe } from './events.ts';

/**
 * Creates what logs every call to another service in one line, whoever makes it: those that went well for whoever looks
 * closer (`debug`), the others always (`warn`). Paths stand as their templates: ids in them are tokens as often as not.
 */
export function createCallLog(log: Logger): Observe {
  const tell = (went: boolean, words: string, facts: object): void => {
    if (went) log.debug(facts, words);
    else log.warn(facts, words);
  };
  return (event) => {
    // Most calls go well, and are not even described where nobody listens.
    if (wentWell(event) && !log.isLevelEnabled('debug')) return;
    switch (event.kind) {
      case 'provider-call':
        return tell(wentWell(event), 'MusicAPI was called', describeProviderCall(event));
      case 'discord-call':
        return tell(wentWell(event), 'Discord was called', describeDiscordCall(event));
      case 'discord-rate-limit': {
        const { route, scope, waitMs } = event;
        return tell(false, 'Discord limits the rate of calls: one waits', { route, scope, waitMs });
      }
      case 'download': {
        const { host, outcome, status, bytes, ms } = event;
        const facts = { host, outcome, status, bytes, durationMs: Math.round(ms) };
        return tell(wentWell(event), 'a file was fetched', facts);
      }
      case 'webhook': {
        const { taskId, outcome, ms } = event;
        const facts = { taskId, reference: taskId, outcome, durationMs: Math.round(ms) };
        return tell(wentWell(event), 'a webhook was received', facts);
      }
      default:
    }
  };
}

/** Whether a call needs nobody's attention. Anybody may call a webhook in vain: that is said elsewhere, and rarely. */
function wentWell(event: BotEvent): boolean {
  switch (event.kind) {
    case 'provider-call':
    case 'download':
      return event.outcome === 'ok' || event.outcome === 'aborted';
    case 'discord-call':
      return event.status !== undefined && event.status < 400;
    case 'discord-rate-limit':
      return false;
    case 'webhook':
      return event.outcome !== 'failed';
    default:
      return true;
  }
}

function describeProviderCall(event: EventOf<'provider-call'>) {
  const { method, route, outcome, status, ms, attempt, requestId } = event;
  return { method, route, status, outcome, durationMs: Math.round(ms), attempt, requestId };
}

function describeDiscordCall({ route, status, failure, ms }: EventOf<'discord-call'>) {
  const isRateLimited = status === 429 ? { isRateLimited: true } : {};
  return { route, status, failure, durationMs: Math.round(ms), ...isRateLimited };
}
