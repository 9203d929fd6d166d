import { describe, expect, it } from 'vitest';
import { buildCall } from '../../../../sandbox/page/client/composer-call.ts';
import { createComposer } from '../../../../sandbox/page/client/composer-state.ts';

const LIMIT_BYTES = 1024;

const say = (text: string, files: readonly File[] = []) =>
  buildCall({ ...createComposer(), mode: 'message', text, files }, LIMIT_BYTES);

describe('buildCall', () => {
  it('sends no empty message', () => {
    expect(say('  \n ')).toBeUndefined();
    expect(say('', [new File(['la'], 'tune.wav')])).toMatchObject({ call: { content: '' } });
  });

  it('refuses what is longer than a message may be', () => {
    expect(say('🎵'.repeat(2000))).toHaveProperty('call');
    expect(say('a'.repeat(2001))).toEqual({
      problem: 'A message has at most 2,000 characters; this one has 2,001.',
    });
  });

  it('refuses too many files, and those that are too large', () => {
    const files = Array.from({ length: 11 }, () => new File(['la'], 'tune.wav'));
    expect(say('', files)).toEqual({ problem: 'A message has at most 10 files.' });
    expect(say('', [new File([new Uint8Array(2048)], 'tune.wav')])).toEqual({
      problem: '“tune.wav” has 2 kB; you may upload up to 1 kB here.',
    });
  });
});
