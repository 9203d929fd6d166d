import { describe, expect, it } from 'vitest';
import { parseMarkdown, plainMarkdown } from '../../../../sandbox/page/client/markdown.ts';
import { type Inline, parseInline } from '../../../../sandbox/page/client/markdown-inline.ts';

const text = (value: string): Inline => ({ kind: 'text', text: value });

describe('parseInline', () => {
  it('reads the marks, one inside the other', () => {
    expect(parseInline('**bold *and* more** then __under__ ~~gone~~ ||secret||')).toEqual([
      {
        kind: 'strong',
        children: [text('bold '), { kind: 'emphasis', children: [text('and')] }, text(' more')],
      },
      text(' then '),
      { kind: 'underline', children: [text('under')] },
      text(' '),
      { kind: 'strike', children: [text('gone')] },
      text(' '),
      { kind: 'spoiler', children: [text('secret')] },
    ]);
  });

  it.each([
    '2 * 3 * 4',
    'snake_case_words',
    '* a',
    'a **b',
    '[no](javascript:alert(1))',
    '<script>',
    '5 < 6',
  ])('leaves %s as it is', (source) => {
    expect(parseInline(source)).toEqual([text(source)]);
  });

  it('takes an escaped mark as a character', () => {
    expect(parseInline('\\*not\\* \\_this\\_ \\<@1> \\`x\\`')).toEqual([text('*not* _this_ <@1> `x`')]);
  });

  it('reads nothing inside code', () => {
    expect(parseInline('`**a** <@1>` and ``b ` c``')).toEqual([
      { kind: 'code', text: '**a** <@1>' },
      text(' and '),
      { kind: 'code', text: 'b ` c' },
    ]);
  });

  it('links addresses of the web only, brackets and full stops as a reader takes them', () => {
    const link = (url: string, label = url): Inline => ({ kind: 'link', url, children: [text(label)] });
    expect(
      parseInline('See https://a.example/x_(y), [the *song*](https://b.example/1) <https://c.example>.'),
    ).toEqual([
      text('See '),
      link('https://a.example/x_(y)'),
      text(', '),
      {
        kind: 'link',
        url: 'https://b.example/1',
        children: [text('the '), { kind: 'emphasis', children: [text('song')] }],
      },
      text(' '),
      link('https://c.example'),
      text('.'),
    ]);
  });

  it('reads mentions, commands, times and emoji', () => {
    expect(parseInline('<@1> <@!2> <@&3> <#4> </add vocals:5> <t:60:R> <t:61> <a:wave:6> @everyone')).toEqual(
      [
        { kind: 'mention', of: 'user', id: '1' },
        { kind: 'mention', of: 'user', id: '2' },
        { kind: 'mention', of: 'role', id: '3' },
        { kind: 'mention', of: 'channel', id: '4' },
        { kind: 'command', name: 'add vocals' },
        { kind: 'time', seconds: 60, style: 'R' },
        { kind: 'time', seconds: 61, style: 'f' },
        { kind: 'emoji', name: 'wave' },
        { kind: 'everyone', text: '@everyone' },
      ].flatMap((part, index) => (index === 0 ? [part] : [text(' '), part])),
    );
  });
});

describe('parseMarkdown', () => {
  it('keeps the breaks of a paragraph, and no empty lines around blocks', () => {
    expect(parseMarkdown('\none\ntwo\n\nthree\n\n## Head\n\nfour\n-# small')).toEqual([
      { kind: 'paragraph', children: [text('one\ntwo\n\nthree')] },
      { kind: 'heading', level: 2, children: [text('Head')] },
      { kind: 'paragraph', children: [text('four')] },
      { kind: 'subtext', children: [text('small')] },
    ]);
  });

  it('quotes line by line, or all the rest', () => {
    expect(parseMarkdown('> a\n> b\nc\n>>> d\n\n- e')).toEqual([
      { kind: 'quote', blocks: [{ kind: 'paragraph', children: [text('a\nb')] }] },
      { kind: 'paragraph', children: [text('c')] },
      {
        kind: 'quote',
        blocks: [
          { kind: 'paragraph', children: [text('d')] },
          { kind: 'list', start: undefined, items: [{ children: [text('e')], lists: [] }] },
        ],
      },
    ]);
  });

  it('nests lists by their indentation', () => {
    expect(parseMarkdown('- a\n  - b\n  - c\n- d\n\n3. e\n4. f')).toEqual([
      {
        kind: 'list',
        start: undefined,
        items: [
          {
            children: [text('a')],
            lists: [
              {
                kind: 'list',
                start: undefined,
                items: [
                  { children: [text('b')], lists: [] },
                  { children: [text('c')], lists: [] },
                ],
              },
            ],
          },
          { children: [text('d')], lists: [] },
        ],
      },
      {
        kind: 'list',
        start: 3,
        items: [
          { children: [text('e')], lists: [] },
          { children: [text('f')], lists: [] },
        ],
      },
    ]);
  });

  it('reads nothing inside a fence', () => {
    expect(parseMarkdown('before\n```lrc\n[00:01] **sea**\n> x\n```\nafter')).toEqual([
      { kind: 'paragraph', children: [text('before')] },
      { kind: 'code', text: '[00:01] **sea**\n> x' },
      { kind: 'paragraph', children: [text('after')] },
    ]);
  });

  it('answers every text, in time that grows with its length', () => {
    for (const piece of ['*', '_a ', '> ', '- ', '||', '`', '[a](', '**a', '\\']) {
      expect(() => parseMarkdown(piece.repeat(4_000 / piece.length))).not.toThrow();
    }
  });
});

describe('plainMarkdown', () => {
  it('keeps the words and names, in one line', () => {
    const source =
      '## Done\n**Yes**, <@1>: [Night Sea](https://a.example) in <#2>\n> </create:3>\n- `x`\n  - y\n```\nz\n```';
    expect(plainMarkdown(source, (id) => ({ 1: 'Anna', 2: 'songs' })[id] ?? id)).toBe(
      'Done Yes, @Anna: Night Sea in #songs /create x, y z',
    );
  });
});
