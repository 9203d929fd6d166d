import { describe, expect, it } from 'vitest';
import {
  formatDay,
  formatMessageTime,
  formatRelative,
  formatSize,
  formatTimestamp,
} from '../../../../sandbox/page/client/formats.ts';

const now = Date.UTC(2026, 9, 5, 18, 30, 15);
const reader = { locale: 'en-GB', now, timeZone: 'UTC' };

describe('formatRelative', () => {
  it.each([
    [0, 'now'],
    [-1_000, '1 second ago'],
    [90_000, 'in 1 minute'],
    [-7_200_000, '2 hours ago'],
    [86_400_000, 'tomorrow'],
    [-40 * 86_400_000, 'last month'],
  ])('says what %i ms are from now', (distance, expected) => {
    expect(formatRelative(now + distance, reader)).toBe(expected);
  });

  it('speaks the language of its reader', () => {
    expect(formatRelative(now + 300_000, { ...reader, locale: 'de' })).toBe('in 5 Minuten');
  });
});

describe('formatTimestamp', () => {
  it.each([
    ['t', '18:30'],
    ['T', '18:30:15'],
    ['d', '05/10/2026'],
    ['D', '5 October 2026'],
    ['f', '5 October 2026 at 18:30'],
    ['F', 'Monday, 5 October 2026 at 18:30'],
    ['R', 'now'],
    ['?', '5 October 2026 at 18:30'],
  ])('writes style %s', (style, expected) => {
    expect(formatTimestamp(now, style, reader)).toBe(expected);
  });
});

describe('formatMessageTime', () => {
  it('names the day only where it is another', () => {
    expect(formatMessageTime(now - 60_000, reader)).toBe('18:29');
    expect(formatMessageTime(now - 86_400_000, reader)).toBe('04/10/2026, 18:30');
  });
});

describe('formatDay', () => {
  it('writes the date in full', () => {
    expect(formatDay(now, reader)).toBe('5 October 2026');
  });
});

describe('formatSize', () => {
  it.each([
    [640, '640 B'],
    [152_300, '152 kB'],
    [1_540_000, '1.5 MB'],
  ])('writes %i bytes as %s', (bytes, expected) => {
    expect(formatSize(bytes)).toBe(expected);
  });
});
