/** A run of Discord's markdown within a line or paragraph. */
export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | {
      readonly kind: 'strong' | 'emphasis' | 'underline' | 'strike' | 'spoiler';
      readonly children: readonly Inline[];
    }
  | { readonly kind: 'link'; readonly url: string; readonly children: readonly Inline[] }
  | { readonly kind: 'mention'; readonly of: 'user' | 'role' | 'channel'; readonly id: string }
  | { readonly kind: 'command'; readonly name: string }
  | { readonly kind: 'everyone'; readonly text: string }
  | { readonly kind: 'time'; readonly seconds: number; readonly style: string }
  | { readonly kind: 'emoji'; readonly name: string };

/** What a rule makes of its match; undefined lets the next rule try. */
type Rule = readonly [pattern: RegExp, make: (match: RegExpExecArray, before: string) => Inline | undefined];

const MENTIONS: Readonly<Record<string, 'user' | 'role' | 'channel'>> = {
  '@': 'user',
  '@!': 'user',
  '@&': 'role',
  '#': 'channel',
};

/** In the order in which Discord tries them; each matches at the place where the text stands. */
const RULES: readonly Rule[] = [
  [/\\([^0-9A-Za-z\s])/y, ([, text = '']) => ({ kind: 'text', text })],
  [
    /(?<!`)(`+)(?!`)([\s\S]*?[^`])\1(?!`)/y,
    ([, , text = '']) => ({ kind: 'code', text: text.trim() || text }),
  ],
  [/<(@[!&]?|#)(\d{1,20})>/y, ([, sign = '', id = '']) => toMention(sign, id)],
  [/<\/([^:>\n]{1,98}):\d{1,20}>/y, ([, name = '']) => ({ kind: 'command', name })],
  [
    /<t:(-?\d{1,13})(?::([tTdDfFRsS]))?>/y,
    ([, seconds, style = 'f']) => ({ kind: 'time', seconds: Number(seconds), style }),
  ],
  [/<a?:(\w{2,32}):\d{1,20}>/y, ([, name = '']) => ({ kind: 'emoji', name })],
  [/@(?:everyone|here)/y, ([text]) => ({ kind: 'everyone', text })],
  [
    /\[((?:\\.|[^[\]\\\n])+)\]\(<?(https?:\/\/(?:[^\s<>()]|\([^\s<>()]*\))+)>?(?:\s+"[^"]*")?\)/y,
    ([, label = '', url = '']) => ({ kind: 'link', url, children: parseInline(label) }),
  ],
  [/<(https?:\/\/[^\s<>]+)>/y, ([, url = '']) => toLink(url)],
  [/https?:\/\/(?:[^\s<>()]|\([^\s<>()]*\))*(?:[^\s<>().,:;!?"'\]]|\([^\s<>()]*\))/y, ([url]) => toLink(url)],
  [/\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/y, wrap('strong')],
  [/__((?:\\[\s\S]|[^\\])+?)__(?!_)/y, wrap('underline')],
  [/\*(?=\S)((?:\\[\s\S]|\*\*|[^\\*])*[^\s*])\*(?!\*)/y, wrap('emphasis')],
  [
    /_((?:\\[\s\S]|__|[^\\_])+)_(?![A-Za-z0-9_])/y,
    // snake_case_words are no emphasis.
    (match, before) => (/\w$/.test(before) ? undefined : wrap('emphasis')(match)),
  ],
  [/~~([\s\S]+?)~~(?!_)/y, wrap('strike')],
  [/\|\|([\s\S]+?)\|\|/y, wrap('spoiler')],
];

/** Parses Discord's markdown within a paragraph. What is no markdown stays text; nothing is ever lost. */
export function parseInline(source: string): readonly Inline[] {
  const parts: Inline[] = [];
  let text = '';
  let at = 0;
  const flush = () => {
    if (text) parts.push({ kind: 'text', text });
    text = '';
  };
  while (at < source.length) {
    const found = matchAt(source, at);
    if (!found) {
      text += source[at];
      at += 1;
      continue;
    }
    at += found.length;
    if (found.part.kind === 'text') {
      text += found.part.text;
    } else {
      flush();
      parts.push(found.part);
    }
  }
  flush();
  return parts;
}

/** The words alone, as a notification or a label shows them. */
export function plainText(parts: readonly Inline[], nameOf: (id: string) => string): string {
  return parts
    .map((part) => {
      switch (part.kind) {
        case 'mention':
          return `${part.of === 'channel' ? '#' : '@'}${nameOf(part.id)}`;
        case 'command':
          return `/${part.name}`;
        case 'emoji':
          return `:${part.name}:`;
        case 'time':
          return new Date(part.seconds * 1_000).toISOString();
        default:
          return 'children' in part ? plainText(part.children, nameOf) : part.text;
      }
    })
    .join('');
}

const MARKS = new Set('\\`<@[h*_~|');

function matchAt(source: string, at: number): { part: Inline; length: number } | undefined {
  if (!MARKS.has(source[at] ?? '')) return undefined;
  for (const [pattern, make] of RULES) {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    const part = match && make(match, source.slice(Math.max(0, at - 1), at));
    if (part) return { part, length: match[0].length };
  }
  return undefined;
}

function toMention(sign: string, id: string): Inline | undefined {
  const of = MENTIONS[sign];
  return of && { kind: 'mention', of, id };
}

function toLink(url: string): Inline {
  return { kind: 'link', url, children: [{ kind: 'text', text: url }] };
}

function wrap(kind: 'strong' | 'emphasis' | 'underline' | 'strike' | 'spoiler') {
  return ([, inner = '']: RegExpExecArray): Inline => ({ kind, children: parseInline(inner) });
}
