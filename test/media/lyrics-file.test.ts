import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLyricsFile } from '../../src/media/lyrics-file.ts';
import { NO_AUDIO } from './made-files.ts';

const SONG = '[Verse]\nÜber den Wolken, 星の夜 😀\tla';
const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const again = 'Save it as plain text in UTF-8 and send it again.';

describe('readLyricsFile', () => {
  it.each([
    ['UTF-8', Buffer.from(SONG), SONG],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${SONG}`), SONG],
    ['line ends of Windows', Buffer.from('a\r\nb\r\n\r\nc'), 'a\nb\n\nc'],
    ['line ends of old Macs', Buffer.from('a\rb'), 'a\nb'],
    ['exactly 64 KiB', Buffer.alloc(65_536, 'a'), 'a'.repeat(65_536)],
    ['words that begin as another kind of file does', Buffer.from('BM is no picture'), 'BM is no picture'],
  ])('reads %s', async (_, bytes, text) => {
    expect(await readLyricsFile(bytes)).toEqual({ isText: true, text });
  });

  it.each([
    [
      'a byte more than 64 KiB',
      Buffer.alloc(65_537, 'a'),
      'The file has 65 KiB, and lyrics may have at most 64 KiB. Send the lyrics alone.',
    ],
    ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16(SONG)]), `The file is UTF-16. ${again}`],
    [
      'UTF-16, the other way round',
      Buffer.concat([Buffer.from([0xfe, 0xff]), utf16(SONG).swap16()]),
      `The file is UTF-16. ${again}`,
    ],
    ['UTF-16 without a mark', utf16('la la la\nla la'), `The file is UTF-16. ${again}`],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), `The file is UTF-32. ${again}`],
    ['Latin 1', Buffer.from('la\nlü\nla', 'latin1'), `Line 2 of the file is not UTF-8. ${again}`],
    [
      'a character that is cut off at the end',
      Buffer.from('lü').subarray(0, 2),
      `Line 1 of the file is not UTF-8. ${again}`,
    ],
    [
      'a picture',
      NO_AUDIO.png,
      'The file is no text: it is a picture (PNG). Save the lyrics as plain text in UTF-8.',
    ],
    [
      'an unknown binary',
      NO_AUDIO.unknown,
      'The file is no text: it is of a kind that is not known here. Save the lyrics as plain text in UTF-8.',
    ],
    ['a PDF', NO_AUDIO.pdf, `The file is a PDF document. ${again}`],
    ['an RTF', Buffer.from('{\\rtf1\\ansi la la}'), `The file is an RTF document. ${again}`],
    ['a web page', Buffer.from('\uFEFF\n<!DOCTYPE html><html></html>'), `The file is a web page. ${again}`],
    [
      'a control character',
      Buffer.from('la\nla\u0007'),
      'Line 2 of the file has control characters, which no lyrics have. Save it as plain text.',
    ],
    [
      'a zero byte',
      Buffer.from('la la la la\0'),
      'Line 1 of the file has control characters, which no lyrics have. Save it as plain text.',
    ],
    ['nothing', Buffer.alloc(0), 'The file is empty. Write the lyrics into it and send it again.'],
    [
      'white space',
      Buffer.from('\uFEFF \r\n\t\n'),
      'The file is empty. Write the lyrics into it and send it again.',
    ],
  ])('refuses %s', async (_, bytes, refusal) => {
    expect(await readLyricsFile(bytes)).toEqual({ isText: false, refusal });
  });

  it('gives every text back as it was, line ends apart', async () => {
    const words = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => !/[\p{Cc}{%<\uFEFF]/u.test(text) && text.trim() !== '');
    const lines = fc.array(words, { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(lines, fc.constantFrom('\n', '\r\n', '\r'), async (parts, end) => {
        const read = await readLyricsFile(Buffer.from(parts.join(end)));
        expect(read).toEqual({ isText: true, text: parts.join('\n') });
      }),
    );
  });

  it('survives any bytes; what it takes has no control characters but tabs and line breaks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const read = await readLyricsFile(bytes);
        if (read.isText) expect(read.text).not.toMatch(/(?![\t\n])\p{Cc}/u);
        else expect(read.refusal).toMatch(/\.$/);
      }),
    );
  });
});
