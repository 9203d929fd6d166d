import { describe, expect, it } from 'vitest';
import { createKeyBox, type KeyBox, SealError } from '../../src/keys/key-box.ts';

const OLD = Buffer.alloc(32, 1);
const PRESENT = Buffer.alloc(32, 2);
const SECRET = 'a-very-fake-musicapi-key';

function boxOf(...keys: Buffer[]): KeyBox {
  const box = createKeyBox(keys);
  if (!box) throw new Error('no box');
  return box;
}

describe('createKeyBox', () => {
  it('seals so that nothing of the secret is left to see, each time differently, and opens again', () => {
    const box = boxOf(PRESENT);
    const [one, other] = [box.seal('user:500', SECRET), box.seal('user:500', SECRET)];
    expect(one.sealed).not.toBe(other.sealed);
    expect(Buffer.from(one.sealed, 'base64').includes(SECRET)).toBe(false);
    expect(one.keyId).toMatch(/^[0-9a-f]{12}$/);
    expect(one.keyId).toBe(other.keyId);
    expect([one, other].map((sealed) => box.open('user:500', sealed))).toEqual([SECRET, SECRET]);
  });

  it('opens nothing that was moved to another account or changed', () => {
    const box = boxOf(PRESENT);
    const { keyId, sealed } = box.seal('user:500', SECRET);
    expect(() => box.open('user:501', { keyId, sealed })).toThrow(SealError);
    const bytes = Buffer.from(sealed, 'base64');
    for (const index of [0, 12, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => box.open('user:500', { keyId, sealed: changed.toString('base64') })).toThrow(SealError);
    }
    expect(() => box.open('user:500', { keyId, sealed: '' })).toThrow(SealError);
  });

  it('opens with earlier encryption keys what was sealed with them, and seals with the first', () => {
    const before = boxOf(OLD).seal('guild:300', SECRET);
    const box = boxOf(PRESENT, OLD);
    expect(box.open('guild:300', before)).toBe(SECRET);
    expect(box.isCurrent(before)).toBe(false);
    const after = box.seal('guild:300', SECRET);
    expect(box.isCurrent(after)).toBe(true);
    expect(() => boxOf(OLD).open('guild:300', after)).toThrow('is not in ENCRYPTION_KEY');
  });

  it('is none without an encryption key', () => {
    expect(createKeyBox([])).toBeUndefined();
  });
});
