import { type Inline, parseInline, plainText } from './markdown-inline.ts';

/** A block of Discord's markdown. */
export type Block =
  /** Lines as they were written: their breaks count. */
  | { readonly kind: 'paragraph' | 'subtext'; readonly children: readonly Inline[] }
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly children: readonly Inline[] }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'list'; readonly start: number | undefined; readonly items: readonly ListItem[] }
  | { readonly kind: 'code'; readonly text: string };

/** An entry of a list, with the lists below it. */
export interface ListItem {
  readonly children: readonly Inline[];
  readonly lists: readonly Block[];
}

const FENCE = /```(?:[\w+#.-]+\n)?\n?([\s\S]*?)\n?```/g;
const ITEM = /^( *)(?:[-*]|(\d{1,9})\.) +(.+)$/;

/** Parses a message's text as Discord's client shows it. */
export function parseMarkdown(source: string): readonly Block[] {
  const blocks: Block[] = [];
  let at = 0;
  for (const match of source.matchAll(FENCE)) {
    if (!match[1]?.trim()) continue;
    blocks.push(...parseLines(toLines(source.slice(at, match.index))));
    blocks.push({ kind: 'code', text: match[1] });
    at = match.index + match[0].length;
  }
  return [...blocks, ...parseLines(toLines(source.slice(at)))];
}

/** The words alone, as a label or a screen reader says them. @param nameOf - the name of a person, role or channel */
export function plainMarkdown(source: string, nameOf: (id: string) => string): string {
  const ofBlock = (block: Block): string => {
    switch (block.kind) {
      case 'code':
        return block.text;
      case 'quote':
        return block.blocks.map(ofBlock).join(' ');
      case 'list':
        return block.items
          .flatMap(({ children, lists }) => [plainText(children, nameOf), ...lists.map(ofBlock)])
          .join(', ');
      default:
        return plainText(block.children, nameOf);
    }
  };
  return parseMarkdown(source).map(ofBlock).join(' ').replaceAll(/\s+/g, ' ');
}

function toLines(text: string): readonly string[] {
  return text.replace(/^\n+|\n+$/g, '').split('\n');
}

function parseLines(lines: readonly string[]): readonly Block[] {
  const blocks: Block[] = [];
  let rest = lines;
  while (rest.length > 0) {
    const { block, taken } = takeBlock(rest);
    if (block) blocks.push(block);
    rest = rest.slice(taken);
  }
  return blocks;
}

function takeBlock(lines: readonly string[]): { block: Block | undefined; taken: number } {
  const [line = ''] = lines;
  const heading = /^(#{1,3}) +(.+)$/.exec(line);
  if (heading) {
    const level = heading[1]?.length as 1 | 2 | 3;
    return { block: { kind: 'heading', level, children: parseInline(heading[2] ?? '') }, taken: 1 };
  }
  if (line.startsWith('-# ')) {
    return { block: { kind: 'subtext', children: parseInline(line.slice(3)) }, taken: 1 };
  }
  if (line.startsWith('>>> ')) {
    const quoted = [line.slice(4), ...lines.slice(1)];
    return { block: { kind: 'quote', blocks: parseLines(quoted) }, taken: lines.length };
  }
  if (isQuote(line)) {
    const quoted = takeWhile(lines, isQuote);
    const inner = quoted.map((one) => one.slice(2));
    return { block: { kind: 'quote', blocks: parseLines(inner) }, taken: quoted.length };
  }
  if (ITEM.test(line)) {
    const items = takeWhile(lines, (one) => ITEM.test(one));
    return { block: buildList(items), taken: items.length };
  }
  const plain = takeWhile(lines, (one) => !startsBlock(one));
  const text = plain.join('\n').replace(/^\n+|\s+$/g, '');
  return {
    block: text ? { kind: 'paragraph', children: parseInline(text) } : undefined,
    taken: plain.length,
  };
}

function isQuote(line: string): boolean {
  return line.startsWith('> ');
}

function startsBlock(line: string): boolean {
  return /^(?:#{1,3} +\S|-# |>>> |> )/.test(line) || ITEM.test(line);
}

/** The first entries; never none, as every line belongs to some block. */
function takeWhile(lines: readonly string[], fits: (line: string) => boolean): readonly string[] {
  const end = lines.findIndex((line) => !fits(line));
  return end === -1 ? lines : lines.slice(0, Math.max(1, end));
}

function buildList(lines: readonly string[]): Block {
  const [indent = '', number] = ITEM.exec(lines[0] ?? '')?.slice(1) ?? [];
  const isOwn = (line: string) => (ITEM.exec(line)?.[1]?.length ?? 0) <= indent.length;
  const items: ListItem[] = [];
  let rest = lines;
  while (rest.length > 0) {
    const [line = '', ...below] = rest;
    const deeper = below.length > 0 && !isOwn(below[0] ?? '') ? takeWhile(below, (one) => !isOwn(one)) : [];
    const children = parseInline(ITEM.exec(line)?.[3] ?? '');
    items.push({ children, lists: deeper.length > 0 ? [buildList(deeper)] : [] });
    rest = below.slice(deeper.length);
  }
  return { kind: 'list', start: number === undefined ? undefined : Number(number), items };
}
