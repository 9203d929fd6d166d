/** What `text.ts` is made of: removing what is invisible, escaping what Discord would interpret, cutting. */

/** Joiners (U+200C, U+200D) are kept between letters and emoji only: elsewhere they are invisible padding. */
const LOOSE_JOINER =
  /(?<![\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200C\u200D]|[\u200C\u200D](?![\p{L}\p{Extended_Pictographic}])/gu;

/** Tag characters spell the flags of England, Scotland and Wales (the group); alone they are invisible. */
const FLAG_OR_LOOSE_TAG = /(\u{1F3F4}[\u{E0020}-\u{E007E}]{1,8}\u{E007F})|[\u{E0000}-\u{E007F}]/gu;

/** Zero-width, direction-changing, blank-looking and control characters. */
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed here
  /\u034F|[\u17B4\u17B5]|[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F\u00AD\u061C\u115F\u1160\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB]/g;

const LINE_BREAK = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;

/** Five and more marks on one letter are drawn over the lines above and below. */
const MARK_PILE = /(\p{M}{4})\p{M}+/gu;

const ELLIPSIS = '…';
/** Zero-width space: keeps `@everyone` from being one. */
export const BREAKER = '\u200B';
const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Text without invisible and direction-changing characters, with one kind of line break and single spaces. */
export function cleanText(text: string, lines: 'fold' | 'keep'): string {
  const visible = text
    .toWellFormed()
    .replace(LINE_BREAK, '\n')
    .replace(INVISIBLE, '')
    .replace(FLAG_OR_LOOSE_TAG, '$1')
    .replace(LOOSE_JOINER, '')
    .replace(MARK_PILE, '$1')
    .replace(/\u2800/g, ' ');
  if (lines === 'fold') return visible.replace(/\s+/g, ' ').trim();
  return visible
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** What has to be put before which index, so that Discord shows the text as it is. */
export function insertionsFor(text: string): Map<number, string> {
  const insertions = new Map<number, string>();
  const insert = (pattern: RegExp, what = '\\', offset = 0) => {
    for (const match of text.matchAll(pattern)) {
      insertions.set(match.index + match[0].length - 1 + offset, what);
    }
  };
  insert(/[\\*_~|`[\]<]/g);
  insert(/^ *[#>+-]/gm);
  insert(/^ *\d+[.)](?= |$)/gm);
  insert(/:(?=\/\/)/g);
  insert(/:\/(?=\/)/g);
  insert(/discord(?:app)?\.(?=gg|com)/gi);
  insert(/@(?=everyone|here)/gi, BREAKER, 1);
  return insertions;
}

/**
 * At most `maxLength` UTF-16 units of the text with its insertions, cut between graphemes with an ellipsis.
 * Never fewer than an insertion and what it belongs to, so no escape is left open.
 */
export function cut(text: string, maxLength: number, insertions: ReadonlyMap<number, string>): string {
  let shown = '';
  let fitting = '';
  for (const { segment, index } of GRAPHEMES.segment(text)) {
    for (let i = 0; i < segment.length; i++) shown += (insertions.get(index + i) ?? '') + segment[i];
    if (shown.length > maxLength) return maxLength < 1 ? '' : fitting.trimEnd() + ELLIPSIS;
    if (shown.length < maxLength) fitting = shown;
  }
  return shown;
}

/** The longest beginning of `text` of at most `maxBytes` bytes in UTF-8 that does not cut a grapheme. */
export function cutBytes(text: string, maxBytes: number): string {
  let fitting = '';
  for (const { segment } of GRAPHEMES.segment(text)) {
    if (Buffer.byteLength(fitting + segment) > maxBytes) break;
    fitting += segment;
  }
  return fitting;
}
