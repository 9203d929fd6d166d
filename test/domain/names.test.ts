import { describe, expect, test } from 'vitest';
import { CLIP_ID_PATTERN, findTitle } from '../../src/domain/clip.ts';
import { isTokenAlive } from '../../src/domain/origin.ts';
import { NOW, newTask } from './support.ts';

describe('findTitle', () => {
  test.each([
    [{ title: ' Salt Wind ', prompt: 'x' }, 'Salt Wind'],
    [{ title: '  ', prompt: 'a song about the sea and the wind' }, 'a song about the sea and'],
    [{}, undefined],
  ])('names %j as %j', (clip, title) => {
    expect(findTitle(clip)).toBe(title);
  });

  test('cuts a prompt of one endless word between characters', () => {
    expect([...(findTitle({ prompt: '🎵'.repeat(100) }) ?? '')]).toHaveLength(60);
  });
});

describe('CLIP_ID_PATTERN', () => {
  test.each(['26c9c592-0566-46cf-bb71-91ac1deaa7b5', 'abc123xyz789'])('takes %j', (id) => {
    expect(id).toMatch(CLIP_ID_PATTERN);
  });

  test.each(['', 'ab', '../task', 'a:b:c', 'a b c', '-abc', 'x'.repeat(49), 'abc\n'])('refuses %j', (id) => {
    expect(id).not.toMatch(CLIP_ID_PATTERN);
  });
});

describe('isTokenAlive', () => {
  test('stops a little before Discord does, so that no call starts with a dying token', () => {
    const { origin } = newTask;
    expect(isTokenAlive(origin, origin.tokenExpiresAt - 31_000)).toBe(true);
    expect(isTokenAlive(origin, origin.tokenExpiresAt - 30_000)).toBe(false);
    expect(isTokenAlive(origin, NOW + 900_001)).toBe(false);
  });
});
