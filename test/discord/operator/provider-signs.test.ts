import { describe, expect, it } from 'vitest';
import { ProviderSigns } from '../../../src/discord/operator/provider-signs.ts';
import { MusicApiError, type MusicApiErrorFacts } from '../../../src/musicapi/errors.ts';
import type { MusicApi } from '../../../src/musicapi/types.ts';
import { T0 } from '../../support/tasks.ts';

const REFUSED = { kind: 'not-authorised', status: 401 } as const;

/** A MusicAPI whose every call ends as is said, watched. */
function watchedApi() {
  let now = T0;
  let troubles = 0;
  const signs = new ProviderSigns(
    () => now,
    () => {
      troubles += 1;
    },
  );
  let end: Partial<MusicApiErrorFacts> | undefined;
  const answer = async (): Promise<never> => {
    const place = { method: 'GET', path: '/', delivered: 'yes', text: '' } as const;
    throw new MusicApiError({ ...place, kind: 'unavailable', ...end });
  };
  const getCredits: MusicApi['getCredits'] = async () => (end ? await answer() : { plan: 1, extra: 0 });
  const api = signs.observe({ submit: answer, getTask: answer, getCredits });
  return {
    signs,
    troubles: () => troubles,
    async call(facts?: Partial<MusicApiErrorFacts>, at = T0) {
      now = at;
      end = facts;
      await api.getCredits({ signal: AbortSignal.timeout(60_000) }).catch(() => undefined);
    },
  };
}

describe('ProviderSigns', () => {
  it('knows since when a key is refused, until it is accepted', async () => {
    const { signs, call, troubles } = watchedApi();
    await call(REFUSED);
    await call(REFUSED, T0 + 5);
    expect(signs.keyRefusedAt).toBe(T0);
    expect(signs.takeAnswers()).toEqual({ isThere: true, isKeyAccepted: false });
    expect(troubles()).toBe(2);
    await call(undefined, T0 + 6);
    expect(signs.keyRefusedAt).toBeUndefined();
    expect(signs.takeAnswers()).toEqual({ isThere: true, isKeyAccepted: true });
  });

  it('knows since when credits are wanting, until told that some were added', async () => {
    const { signs, call } = watchedApi();
    await call({ kind: 'no-credits', status: 402 });
    await call(undefined, T0 + 5);
    expect(signs.creditsRefusedAt).toBe(T0);
    signs.forgetCredits();
    expect(signs.creditsRefusedAt).toBeUndefined();
  });

  it('takes a refusal for an answer, but no trouble of MusicAPI and nothing that never left', async () => {
    const { signs, call, troubles } = watchedApi();
    await call({ kind: 'unavailable', status: 502 });
    await call({ kind: 'answer-lost', delivered: 'maybe' });
    await call({ ...REFUSED, isLocal: true });
    expect(signs.takeAnswers()).toEqual({ isThere: false, isKeyAccepted: false });
    expect([signs.keyRefusedAt, troubles()]).toEqual([undefined, 0]);
    await call({ kind: 'not-found', status: 404 });
    expect(signs.takeAnswers()).toEqual({ isThere: true, isKeyAccepted: false });
    expect(signs.takeAnswers()).toEqual({ isThere: false, isKeyAccepted: false });
  });
});
