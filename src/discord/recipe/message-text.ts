/** What somebody wrote, without what only means something in Discord. */
import { cleanText } from '../messages/clean-text.ts';

/** @see https://discord.com/developers/docs/reference#message-formatting */
const MARKUP: readonly (readonly [RegExp, string])[] = [
  // Links with a text keep the text.
  [/\[([^\]\n]{1,500})\]\(<?https?:\/\/[^\s)]+>?(?:\s+"[^"\n]*")?\)/gi, '$1'],
  [/<?https?:\/\/[^\s>]+>?/gi, ' '],
  [/\bdiscord(?:app)?\.(?:gg|com\/invite)\/\S+/gi, ' '],
  // People, roles, channels, commands, moments, places of a server.
  [/<(?:@[!&]?|#)\d{1,20}>/g, ' '],
  [/<\/[^:>\n]{1,100}:\d{1,20}>/g, ' '],
  [/<t:-?\d{1,17}(?::[a-zA-Z])?>/g, ' '],
  [/<id:[a-z-]{1,30}(?::\d{1,20})?>/gi, ' '],
  [/@(?:everyone|here)\b/gi, ' '],
  // Custom emoji.
  [/<a?:\w{1,50}:\d{1,20}>/g, ' '],
  // Code, bold, spoilers and the like, and what opens a heading or a quotation.
  [/```(?:[a-z]+\n)?|`|\*{1,3}|__|~~|\|\|/gi, ''],
  [/^ *(?:#{1,3}|-#|>{1,3}) +/gm, ''],
];

/** Nobody nests marks deeper by writing. */
const MAX_PASSES = 10;

/** Text of a message for something that is no message: no mention, link, picture or mark of formatting stays. */
export function stripMarkup(text: string, lines: 'fold' | 'keep' = 'fold'): string {
  let bare = cleanText(text, 'keep');
  // What is left when a mark goes may be another one; the last time a blank is left, which makes none.
  for (let pass = 1; pass <= MAX_PASSES; pass += 1) {
    const before = bare;
    const mark = pass === MAX_PASSES ? ' ' : '';
    bare = MARKUP.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead || mark), bare);
    if (bare === before) break;
  }
  return cleanText(bare, lines);
}

/** Only mentions, for texts whose marks belong to them: lyrics have brackets and stars of their own. */
export function stripMentions(text: string): string {
  return text.replace(/<(?:@[!&]?|#)\d{1,20}>|@(?=everyone\b|here\b)/gi, ' ');
}
