import { describe, expect, it } from 'vitest';
import { explainNoSpending, explainPlace } from '../../../src/discord/interactions/access.ts';

describe('explainPlace', () => {
  it('serves every place when no server is named, and only named servers otherwise', () => {
    expect(explainPlace({ guildId: '1' }, { allowedGuilds: [] })).toBeUndefined();
    expect(explainPlace({ guildId: '1' }, { allowedGuilds: ['1', '2'] })).toBeUndefined();
    expect(explainPlace({ guildId: '3' }, { allowedGuilds: ['1', '2'] })).toContain('Nothing was spent');
  });

  it.each([null, undefined])(
    'leaves places without a server (%s) to the rule for direct messages',
    (guildId) => {
      expect(explainPlace({ guildId }, { allowedGuilds: ['1'] })).toBeUndefined();
    },
  );
});

describe('explainNoSpending', () => {
  it('keeps places without a server from the credits unless they are allowed', () => {
    expect(explainNoSpending({ guildId: null }, { allowDms: false })).toContain('nothing was spent');
    expect(explainNoSpending({ guildId: null }, { allowDms: true })).toBeUndefined();
    expect(explainNoSpending({ guildId: '1' }, { allowDms: false })).toBeUndefined();
  });
});
