/** A text in a source: a string, or a template with `…` for each of its values. */
export interface Literal {
  readonly text: string;
  readonly line: number;
  /** What the calls around it call, the outermost first: `log.warn`, `new Error`. */
  readonly calls: readonly string[];
}

/** After these a slash begins a regular expression. */
const BEFORE_PATTERN = /(?:^|[(,=:[!&|?{};+>~]|\breturn|\btypeof)\s*$/;

/** Every text of a source, without its imports and comments. */
export function listLiterals(source: string): readonly Literal[] {
  const found: Literal[] = [];
  const calls: string[] = [];
  const lineAt = (index: number) => source.slice(0, index).split('\n').length;

  /** Goes on from `at` to the closing bracket of `end`, or to the end of the source. */
  function walk(start: number, end?: '}'): number {
    let at = start;
    while (at < source.length) {
      const char = source[at] ?? '';
      if (char === end) return at + 1;
      at = step(char, at);
    }
    return at;
  }

  function step(char: string, at: number): number {
    if (source.startsWith('//', at)) return endOf('\n', at);
    if (source.startsWith('/*', at)) return endOf('*/', at);
    if (char === '/' && BEFORE_PATTERN.test(source.slice(Math.max(0, at - 40), at))) return skipPattern(at);
    if (char === "'" || char === '"') return readString(char, at);
    if (char === '`') return readTemplate(at);
    if (char === '{') return walk(at + 1, '}');
    if (char === '(') calls.push(calleeAt(at));
    if (char === ')') calls.pop();
    return at + 1;
  }

  function endOf(mark: string, at: number): number {
    const end = source.indexOf(mark, at + 2);
    return end === -1 ? source.length : end + mark.length;
  }

  function calleeAt(at: number): string {
    return /(?:\bnew )?[\w.#?]*$/.exec(source.slice(Math.max(0, at - 80), at))?.[0] ?? '';
  }

  /** A slash within brackets does not end it. */
  function skipPattern(start: number): number {
    let isClass = false;
    for (let at = start + 1; at < source.length; at += 1) {
      const char = source[at];
      if (char === '\\') at += 1;
      else if (char === '[') isClass = true;
      else if (char === ']') isClass = false;
      else if (char === '/' && !isClass) return at + 1;
    }
    return source.length;
  }

  function readString(quote: string, start: number): number {
    let at = start + 1;
    while (at < source.length && source[at] !== quote) at += source[at] === '\\' ? 2 : 1;
    keep(source.slice(start + 1, at), start);
    return at + 1;
  }

  function readTemplate(start: number): number {
    let text = '';
    let at = start + 1;
    while (at < source.length && source[at] !== '`') {
      if (source.startsWith('${', at)) {
        at = walk(at + 2, '}');
        text += '…';
        continue;
      }
      const length = source[at] === '\\' ? 2 : 1;
      text += source.slice(at, at + length);
      at += length;
    }
    keep(text, start);
    return at + 1;
  }

  function keep(text: string, at: number): void {
    if (/\bfrom $|\bimport\($/.test(source.slice(Math.max(0, at - 8), at))) return;
    found.push({ text, line: lineAt(at), calls: [...calls] });
  }

  walk(0);
  return found;
}
