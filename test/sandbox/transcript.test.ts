import { describe, expect, it } from 'vitest';
import {
  formatEdit,
  formatFile,
  formatLength,
  formatMessage,
  formatNews,
  formatValue,
  listPieces,
  readState,
  type ShownMessage,
} from '../../sandbox/transcript.ts';

const nameOf = (id: string) => (id === '1' ? 'Anna' : undefined);

const CARD: ShownMessage = {
  content: '<@1> Your song is ready: **Night Sea**, take 1 of 2',
  embeds: [
    {
      title: 'Night Sea',
      description: 'Being made.\n▰▰▱▱ 52% done\nIf you stop waiting: 20 credits stay spent.',
      fields: [
        { name: 'From', value: '[The \\[old\\] one](https://discord.com/channels/1/2/3)' },
        { name: 'For', value: '<@2>' },
      ],
      footer: { text: 'Reference: 01J9' },
    },
  ],
  buttons: [
    { label: 'Extend', emoji: undefined },
    { label: '0', emoji: '❤️' },
  ],
};

describe('formatMessage', () => {
  it('shows text, embed, files and buttons as words: names for mentions, titles for links, no bars', () => {
    const files = [{ name: 'Night Sea - take 1.mp3', bytes: 157_400, seconds: 9.6 }];
    expect(formatMessage(CARD, files, nameOf)).toEqual([
      '@Anna Your song is ready: Night Sea, take 1 of 2',
      'Night Sea',
      'Being made.',
      '52% done',
      'If you stop waiting: 20 credits stay spent.',
      'From: The [old] one · For: @somebody',
      'Reference: 01J9',
      'file: Night Sea - take 1.mp3, 157 kB, 0:10',
      '[Extend] [❤️ 0]',
    ]);
  });

  it('leaves out what a message does not have', () => {
    expect(formatMessage({ content: 'Deleted.', embeds: [], buttons: [] }, [], nameOf)).toEqual(['Deleted.']);
  });
});

describe('lists, times and blocks in messages', () => {
  it('are lines, clock times and words', () => {
    const message: ShownMessage = {
      content: 'Made <t:1795175200:R>: ```\nfolk\n```Kitchen\\_Tune',
      embeds: [
        {
          fields: [
            { name: 'From', value: 'Rain' },
            { name: 'sonic', value: '- Create: 20 credits\n- Extend: 15 credits' },
            { name: 'For', value: '<@1>' },
          ],
        },
      ],
      buttons: [],
    };
    const [made, ...others] = formatMessage(message, [], nameOf);
    expect(made).toMatch(/^Made \d\d:\d\d:40: $/);
    expect(others).toEqual([
      'folk',
      'Kitchen_Tune',
      'From: Rain · For: @Anna',
      'sonic:',
      '  - Create: 20 credits',
      '  - Extend: 15 credits',
    ]);
  });

  it('are shortened where they are long', () => {
    const content = Array.from({ length: 15 }, (_line, index) => `line ${index + 1}`).join('\n');
    const lines = formatMessage({ content, embeds: [], buttons: [] }, [], nameOf);
    expect(lines.slice(-2)).toEqual(['line 12', '… and 3 more lines']);
  });
});

describe('formatEdit', () => {
  it('is one line of what the card says now', () => {
    expect(formatEdit(CARD, nameOf)).toBe('Being made. 52% done');
    const done = { content: 'Done: [Night Sea, take 1](https://discord.com/1)', embeds: [], buttons: [] };
    expect(formatEdit(done, nameOf)).toBe('Done: Night Sea, take 1');
  });
});

describe('formatNews', () => {
  it('is what was not said before: lines, whole fields, and buttons that read otherwise', () => {
    const [embed] = CARD.embeds;
    const led = {
      name: 'Led to',
      value: '[Extend: Long](https://discord.com/1)\n[Cover: Jazz](https://discord.com/2)',
    };
    const now: ShownMessage = {
      ...CARD,
      embeds: [{ ...embed, fields: [...(embed?.fields ?? []), led] }],
      buttons: [
        { label: 'Extend', emoji: undefined },
        { label: '1', emoji: '❤️' },
      ],
    };
    const [before, after] = [CARD, now].map((card) => listPieces(card, nameOf)) as [string[], string[]];
    expect(formatNews(after, before)).toBe('Led to: Extend: Long, Cover: Jazz [❤️ 1]');
    expect(formatNews(after, after)).toBe('');
  });
});

describe('readState', () => {
  it('is the same while only figures change', () => {
    const at = (place: number) => ({ ...CARD, embeds: [{ description: `Place ${place} in the queue.` }] });
    expect(readState(at(2))).toBe(readState(at(11)));
    expect(readState(at(2))).not.toBe(readState(CARD));
  });
});

describe('formatFile, formatLength, formatValue', () => {
  it('write sizes, lengths and typed texts for people', () => {
    expect(formatFile({ name: 'a.mp3', bytes: 4_230_000, seconds: 184 })).toBe('file: a.mp3, 4.2 MB, 3:04');
    expect(formatFile({ name: 'a.mid', bytes: 611 })).toBe('file: a.mid, 611 bytes');
    expect(formatFile({ name: 'a.lrc', bytes: 2_400, lines: 12 })).toBe('file: a.lrc, 2 kB, 12 lines');
    const picture = { name: 'a.png', bytes: 24_323, words: 'Waveform of “a”, 0:08 long.' };
    expect(formatFile(picture)).toBe('picture: a.png, 24 kB. In words: Waveform of “a”, 0:08 long.');
    expect(formatLength(59.6)).toBe('1:00');
    expect(formatValue('')).toBe('(empty)');
    expect(formatValue('[Verse]\n\nla la')).toBe('[Verse] / la la');
    expect(formatValue('🎵'.repeat(200))).toBe(`${'🎵'.repeat(90)} …`);
  });
});
