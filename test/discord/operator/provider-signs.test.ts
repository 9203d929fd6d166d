import { describe, expect, it } from 'vitest';
import { ProviderSigns } from '../../../src/discord/operator/provider-signs.ts';
import { MusicApiError, type MusicApiErrorFacts } from '../../../src/musicapi/errors.ts';
import type { MusicApi } from '../../../src/musicapi/types.ts';

const REFUSED = { kind: 'not-authorised', status: 401 } as const;

/** A MusicAPI whose every call ends as is said, watched. */
function watchedApi() {
  let troubles = 0;
  const signs = new ProviderSigns(() => {
    troubles += 1;
  });
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
    async call(facts?: Partial<MusicApiErrorFacts>) {
      end = facts;
      await api.getCredits({ signal: AbortSignal.timeout(60_000) }).catch(() => undefined);
    },
  };
}

describe('ProviderSigns', () => {
  it('knows that a key is refused, until it is accepted', async () => {
    const { signs, call, troubles } = watchedApi();
    await call(REFUSED);
    await call(REFUSED);
    expect(signs.isKeyRefused).toBe(true);
    expect(signs.takeAnswers()).toEqual({ isThere: true, isKeyAccepted: false });
    expect(troubles()).toBe(2);
    await call();
    expect(signs.isKeyRefused).toBe(false);
    expect(signs.takeAnswers()).toEqual({ isThere: true, isKeyAccepted: true });
  });

  it('knows that credits are wanting, until told that some were added', async () => {
    const { signs, call } = watchedApi();
    await call({ kind: 'no-credits', status: 402 });
    await call();
    expect(signs.areCreditsWanting).toBe(true);
    signs.forgetCredits();
    expect(signs.areCreditsWanting).toBe(false);
  });

  it('takes a refusal for an answer, but no trouble of MusicAPI and nothing that never left', async () => {
    const { signs, call, troubles } = watchedApi();
    await call({ kind: 'unavailable', status: 502 });
    await call({ kind: 'answer-lost', delivered: 'maybe' });
    await call({ ...REFUSED, isLocal: true });
    expect(signs.takeAnswers()).toEqual({ isThere: false, isKeyAccepted: false });
    expect([signs.isKeyRefused, troubles()]).toEqual([false, 0]);
    await call({ kind: 'not-found', status: 404 });
    expect(signs.takeAnswers()).toEqual({ isThere: true, isKeyAccepted: false });
    expect(signs.takeAnswers()).toEqual({ isThere: false, isKeyAccepted: false });
  });
});
