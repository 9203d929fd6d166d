import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { describe, expect, it } from 'vitest';
import {
  CODE,
  codeOf,
  describeApiError,
  findLongWait,
  isNotOurs,
  isPlaceClosed,
  isRefusal,
  isTokenDead,
  isTooLarge,
  isUncertain,
} from '../../../src/discord/api/api-errors.ts';

const URL = 'https://discord.com/api/v10/webhooks/1/a-secret-token';

function refusal(status: number, code: number): DiscordAPIError {
  return new DiscordAPIError({ message: 'Refused', code }, code, status, 'POST', URL, {});
}

const limited = new RateLimitError({
  timeToReset: 60_000,
  limit: 1,
  method: 'PATCH',
  hash: 'hash',
  url: URL,
  route: '/channels/:id/messages/:id',
  majorParameter: '1',
  global: false,
  retryAfter: 60_000,
  sublimitTimeout: 0,
  scope: 'user',
});
const broken = new HTTPError(502, 'Bad Gateway', 'POST', URL, {});

describe('what an error of Discord means', () => {
  it.each([
    ['a dead token', isTokenDead, [CODE.invalidWebhookToken, CODE.unknownWebhook]],
    ['an interaction that is not ours', isNotOurs, [CODE.unknownInteraction, CODE.alreadyAcknowledged]],
    [
      'a closed place',
      isPlaceClosed,
      [
        CODE.unknownChannel,
        CODE.missingAccess,
        CODE.missingPermissions,
        CODE.cannotMessageUser,
        CODE.noMutualServers,
        CODE.tooManyFollowUps,
      ],
    ],
  ] as const)('knows %s by exactly its codes', (_name, judge, codes) => {
    const known = Object.values(CODE).filter((code) => judge(refusal(400, code)));
    expect(known.sort()).toEqual([...codes].sort());
    for (const error of [limited, broken, new Error('x'), undefined]) expect(judge(error)).toBe(false);
  });

  it('takes 413 and 40005 for a file that is too large', () => {
    expect(isTooLarge(refusal(413, 0))).toBe(true);
    expect(isTooLarge(refusal(400, CODE.entityTooLarge))).toBe(true);
    expect(isTooLarge(refusal(400, CODE.missingPermissions))).toBe(false);
  });

  it('takes only a refusal for certain', () => {
    expect(isUncertain(refusal(400, 50_035))).toBe(false);
    for (const error of [broken, limited, new Error('socket hang up')]) expect(isUncertain(error)).toBe(true);
  });

  it('reads code and wait', () => {
    expect(codeOf(refusal(404, 10_003))).toBe(10_003);
    expect(codeOf(broken)).toBeUndefined();
    expect(isRefusal(refusal(404, 10_003), 10_008, 10_003)).toBe(true);
    expect(findLongWait(limited)).toBe(60_000);
    expect(findLongWait(broken)).toBeUndefined();
  });

  it('describes each for the log without its address, which carries a token', () => {
    const texts = [refusal(403, 50_013), broken, limited, new Error('socket hang up')].map(describeApiError);
    expect(texts).toEqual([
      'Discord 403/50013: Refused',
      'Discord 502',
      'Discord 429: not before 60000 ms have passed',
      'socket hang up',
    ]);
  });
});
