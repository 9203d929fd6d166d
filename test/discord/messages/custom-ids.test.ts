import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CustomId, decodeId, encodeId } from '../../../src/discord/messages/custom-ids.ts';
import { searchForId } from '../../../src/discord/messages/library-ids.ts';
import { MY_SECTIONS, markSeen, SERVER_SECTIONS } from '../../../src/discord/messages/settings-ids.ts';
import { DOWNLOAD_FORMATS, ENGINES, OPERATION_IDS } from '../../../src/domain/request.ts';

const ULID = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ulid = fc.string({ unit: fc.constantFrom(...ULID), minLength: 26, maxLength: 26 });
const snowflake = fc.bigInt({ min: 10n ** 16n, max: 2n ** 63n - 1n }).map(String);
const clip = fc.record({
  clipId: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{2,47}$/),
  engine: fc.constantFrom(...ENGINES),
  source: fc.constantFrom('generated' as const, 'uploaded' as const),
});

/** A control of a panel of settings. */
function controlOf<Section extends string>(sections: readonly Section[]) {
  return fc.record(
    {
      section: fc.constantFrom(...sections),
      seen: fc.json().map(markSeen),
      part: fc.oneof(snowflake, fc.stringMatching(/^[a-z]{1,12}$/)),
    },
    { requiredKeys: ['section'] },
  );
}

const anyId: fc.Arbitrary<CustomId> = fc.oneof(
  fc.record({
    action: fc.constantFrom(
      ...(['extend', 'cover', 'stems', 'heart', 'stems-basic', 'stems-full'] as const),
      ...(['library-show', 'fetch', 'pick'] as const),
    ),
    clip,
  }),
  fc.record({ action: fc.constant('more' as const), clip }),
  fc.record({ action: fc.constant('more' as const), clip, deliveryId: ulid }),
  fc.record({ action: fc.constant('more' as const), clip, deliveryId: ulid, part: fc.nat(999) }),
  fc.record({
    action: fc.constantFrom(...(['pick-page', 'pick-line'] as const)),
    clip,
    pick: fc.oneof(
      fc.record({ page: fc.nat(99) }),
      fc.record({ page: fc.nat(99), first: fc.nat(9_999) }),
      fc.record({ page: fc.nat(99), first: fc.nat(9_999), last: fc.nat(9_999) }),
    ),
  }),
  fc.record({
    action: fc.constant('pick-do' as const),
    operation: fc.constantFrom(...(['extend', 'replace', 'sample'] as const)),
    clip,
    times: fc.record({ fromMs: fc.nat(36_000_000), toMs: fc.nat(36_000_000) }),
  }),
  fc.record(
    {
      action: fc.constantFrom(...(['menu-again', 'menu-lyrics', 'menu-id', 'menu-delete'] as const)),
      clip,
      messageId: snowflake,
    },
    { requiredKeys: ['action', 'clip'] },
  ),
  fc.record(
    {
      action: fc.constantFrom(...(['do', 'form'] as const)),
      operation: fc.constantFrom(...OPERATION_IDS),
      clip,
      format: fc.constantFrom(...DOWNLOAD_FORMATS),
    },
    { requiredKeys: ['action', 'operation', 'clip'] },
  ),
  fc.record({
    action: fc.constantFrom(
      ...(['edit-form', 'cancel', 'stop', 'retry', 'edit', 'compose-1', 'compose-2'] as const),
      ...(['create-with', 'sing'] as const),
    ),
    taskId: ulid,
  }),
  fc.record({
    action: fc.constantFrom(
      ...(['draft-edit', 'draft-send', 'draft-form', 'audio-pick', 'audio-create'] as const),
      ...(['audio-extend', 'audio-cover', 'audio-sample', 'audio-upload'] as const),
    ),
    draftId: snowflake,
  }),
  fc.record({ action: fc.constantFrom(...(['repost', 'there'] as const)), deliveryId: ulid }),
  fc.record({
    action: fc.constantFrom(...(['members', 'members-pick', 'server-show', 'my-show'] as const)),
  }),
  fc.record({
    action: fc.constantFrom(...(['server-set', 'server-ask', 'server-typed'] as const)),
    control: controlOf(SERVER_SECTIONS),
  }),
  fc.record({
    action: fc.constantFrom(...(['my-set', 'my-ask', 'my-typed'] as const)),
    control: controlOf(MY_SECTIONS),
  }),
  fc.record({
    action: fc.constant('library' as const),
    page: fc.record(
      {
        from: fc.record({
          direction: fc.constantFrom('older' as const, 'newer' as const),
          number: fc.nat(10 ** 9),
        }),
        ownerId: snowflake,
        isFavourite: fc.constant(true as const),
        search: fc
          .string({ unit: 'grapheme', minLength: 1, maxLength: 300 })
          .map(searchForId)
          .filter((text) => text !== undefined),
      },
      { requiredKeys: [] },
    ),
  }),
  fc.record({
    action: fc.constantFrom(
      ...(['member-grant', 'member-reset', 'member-block', 'member-unblock', 'member-grant-form'] as const),
    ),
    memberId: snowflake,
  }),
);

describe('encodeId', () => {
  it('writes at most 100 characters that decode to the same id, for every action', () => {
    fc.assert(
      fc.property(anyId, (id) => {
        const text = encodeId(id);
        expect(text.length).toBeLessThanOrEqual(100);
        expect(decodeId(text)).toEqual(id);
      }),
      { numRuns: 1_000 },
    );
  });

  it('fits the longest id that there can be', () => {
    const longest = { clipId: 'x'.repeat(48), engine: 'producer', source: 'uploaded' } as const;
    const text = encodeId({ action: 'more', clip: longest, deliveryId: '0'.repeat(26), part: 999 });
    expect(text.length).toBeLessThanOrEqual(100);
  });

  it('says version, action, engine, origin and clip id in plain text', () => {
    const clip = { clipId: 'abc-123', engine: 'sonic', source: 'generated' } as const;
    expect(encodeId({ action: 'extend', clip })).toBe('1:extend:sonic:g:abc-123');
  });

  it('refuses to make a button that could not be read again', () => {
    const clip = { clipId: 'a:b', engine: 'sonic', source: 'generated' } as const;
    expect(() => encodeId({ action: 'extend', clip })).toThrow(RangeError);
    expect(() => encodeId({ action: 'retry', taskId: 'short' })).toThrow(RangeError);
  });
});

describe('decodeId', () => {
  it('never throws, whatever the text is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void decodeId(text)));
  });

  it('understands nothing but whole ids', () => {
    fc.assert(
      fc.property(anyId, fc.string({ minLength: 1, maxLength: 5 }), (id, more) => {
        const decoded = decodeId(`${encodeId(id)}:${more}`);
        if (decoded) expect(encodeId(decoded)).toBe(`${encodeId(id)}:${more}`);
        expect(decodeId(`x${encodeId(id)}`)).toBeUndefined();
      }),
    );
  });

  it.each([
    '',
    '1',
    '1:extend',
    '1:unknown:sonic:g:abcdef',
    '2:extend:sonic:g:abcdef',
    '1:extend:riffusion:g:abcdef',
    '1:extend:sonic:x:abcdef',
    '1:extend:sonic:constructor:abcdef',
    '1:extend:sonic:g:../etc',
    '1:heart:sonic:g:abcdef:1',
    '1:more:sonic:g:abcdef:123',
    '1:more:sonic:g:abcdef:01J9ZZZZZZZZZZZZZZZZZZZZZZ:01',
    '1:menu-id:sonic:g:abcdef:12',
    '1:cancel:01J9ZZZZZZZZZZZZZZZZZZZZZZ:2',
  ])('does not understand "%s"', (text) => {
    expect(decodeId(text)).toBeUndefined();
  });
});
