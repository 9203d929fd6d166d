/** Which entries of the catalogues the sources use, found in their text. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A catalogue, or a part of it. */
type Tree = Readonly<Record<string, unknown>>;

interface Source {
  readonly path: string;
  readonly text: string;
}

/** Reads sources below the project's folder. */
export function readSources(paths: readonly string[]): readonly Source[] {
  const root = join(import.meta.dirname, '../..');
  return paths.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/**
 * Paths of the entries that some source uses. A source names them by chains that begin at a catalogue
 * (`words().cards.buttons`, `({ commands }) => commands.names`) or at a constant that holds a part of one. A part that is
 * handed on, or indexed with something that is only known at run time, counts as used with all that is in it.
 */
export function findUsed(catalogue: Tree, sources: readonly Source[]): ReadonlySet<string> {
  const used = new Set<string>();
  for (const { text } of sources) new Reader(catalogue, text, used).read();
  return used;
}

/** A constant that holds the catalogue itself (no path) or a part of it, from where it is declared. */
interface Constant {
  readonly path: string;
  readonly from: number;
}

class Reader {
  readonly #catalogue: Tree;
  readonly #text: string;
  readonly #used: Set<string>;
  readonly #names = new Map<string, Constant[]>();
  /** Names of which only a chain shows that they are words and not something else of the same name. */
  readonly #guesses = new Set<string>();
  /** Constants that were looked into, by where they are. */
  readonly #seen = new Set<string>();

  constructor(catalogue: Tree, text: string, used: Set<string>) {
    this.#catalogue = catalogue;
    this.#text = withoutProse(text);
    this.#used = used;
  }

  read(): void {
    for (const { index, 0: call } of this.#text.matchAll(/\b(?:words\(\)|wordsOf\([^()]*(?:\[\d\])?\))/g)) {
      this.#follow('', index, index + call.length);
    }
    // Functions that are given the words, or an area of them: `(words) => words.cards`, `({ commands }) => commands.x`.
    for (const area of Object.keys(this.#catalogue)) {
      const chain = new RegExp(`(?<![.\\w])\\w+\\.${area}\\b(?!\\()`, 'g');
      for (const { index, 0: call } of this.#text.matchAll(chain)) {
        this.#follow(area, index, index + call.length, false);
      }
      if (new RegExp(`\\(\\{[^()]*\\b${area}\\b[^()]*\\}\\) =>`).test(this.#text)) {
        this.#guesses.add(area);
        this.#name(area, area, 0);
      }
    }
    this.#readDescriptions();
    for (let names = -1; names !== this.#seen.size; ) {
      names = this.#seen.size;
      for (const [name, constants] of this.#names) {
        for (const constant of constants) this.#readName(name, constant);
      }
    }
  }

  /** `localised(builder, 'clip', (w) => w.options.clip)`: words of commands. */
  #readDescriptions(): void {
    for (const { 1: name = '', index, 0: head } of this.#text.matchAll(/\((\w+)\) =>\s*/g)) {
      const start = index + head.length;
      if (!this.#text.startsWith(`${name}.`, start)) continue;
      const [first] = /^\w+/.exec(this.#text.slice(start + name.length + 1)) ?? [''];
      if (first in asTree(this.#catalogue.commands) && /localised|describe/.test(this.#text)) {
        this.#follow('commands', start, start + name.length);
      }
    }
  }

  #readName(name: string, { path, from }: Constant): void {
    const here = `${name} ${path} ${from}`;
    if (this.#seen.has(here)) return;
    this.#seen.add(here);
    const places = new RegExp(`(?<![\\w'"\`$])(?<!(?<!\\.\\.)\\.)${name}\\b(?!['"\`]|\\s*:\\s)`, 'g');
    for (const { index } of this.#text.matchAll(places)) {
      const before = this.#text.slice(Math.max(0, index - 60), index);
      const isChain = /^\s*[.[]/.test(this.#text.slice(index + name.length, index + name.length + 20));
      const isDeclared = /(?:const|let) $/.test(before) || /(?:const|let|\() ?\{[^{}]*$/.test(before);
      if ((isDeclared && !isChain) || this.#constantAt(name, index) !== from) continue;
      this.#follow(path, index, index + name.length, !this.#guesses.has(name));
    }
  }

  /** Goes along `.a.b` from a part of the catalogue, and judges what is done with what it ends at. */
  #follow(path: string, from: number, to: number, isCertain = true): void {
    let at = to;
    let here = path;
    for (;;) {
      const step = /^\s*\??\.\s*(\w+)/.exec(this.#text.slice(at, at + 120));
      const value = this.#find(here);
      if (typeof value !== 'object') break;
      if (!step?.[1] || !(step[1] in asTree(value))) {
        if (step) return;
        break;
      }
      here = here === '' ? step[1] : `${here}.${step[1]}`;
      at += step[0].length;
    }
    const value = this.#find(here);
    if (typeof value !== 'object') this.#used.add(here);
    else if (isCertain || here !== path) this.#judge(here, from, at);
  }

  #judge(path: string, from: number, to: number): void {
    const after = this.#text.slice(to, to + 60);
    const quoted = /^\s*\[\s*'([^']+)'\s*\]/.exec(after)?.[1];
    if (quoted !== undefined) {
      this.#useAll(path === '' ? quoted : `${path}.${quoted}`);
      return;
    }
    const before = this.#text.slice(Math.max(0, from - 400), from);
    const isWhole = /^\s*(?:;|,\s*\w+ =|\n)/.test(after);
    const one = /(?:const|let) (\w+)(?:: [^=;]+)? =\s*$/.exec(before)?.[1];
    const several = /(?:const|let) (\{[^;=]*\}) =\s*$/.exec(before)?.[1];
    if (one && isWhole) this.#name(one, path, to);
    else if (several && isWhole && !several.includes('...')) this.#nameAll(several, path, to);
    else if (path !== '') this.#useAll(path);
  }

  /** `{ a, b: c, d: { e } }`. */
  #nameAll(pattern: string, path: string, from: number): void {
    const inner = pattern.slice(1, -1);
    for (const [, key = '', nested, alias] of inner.matchAll(/(\w+)(?::\s*(?:(\{[^{}]*\})|(\w+)))?/g)) {
      const below = path === '' ? key : `${path}.${key}`;
      if (this.#find(below) === undefined) continue;
      if (nested) this.#nameAll(nested, below, from);
      else this.#name(alias ?? key, below, from);
    }
  }

  #name(name: string, path: string, from: number): void {
    const value = this.#find(path);
    // What is taken out of the catalogue by its own name is used.
    if (typeof value !== 'object') this.#used.add(path);
    else {
      const known = this.#names.get(name) ?? [];
      if (!known.some((one) => one.path === path && one.from === from)) known.push({ path, from });
      this.#names.set(name, known);
    }
  }

  /** Where the constant was declared that a name stands for at a place: the last one before it. */
  #constantAt(name: string, index: number): number | undefined {
    const before = (this.#names.get(name) ?? []).filter(({ from }) => from <= index);
    return before.length > 0 ? Math.max(...before.map(({ from }) => from)) : undefined;
  }

  #useAll(path: string): void {
    const value = this.#find(path);
    if (typeof value !== 'object' || value === null) this.#used.add(path);
    else for (const key of Object.keys(value)) this.#useAll(`${path}.${key}`);
  }

  #find(path: string): unknown {
    if (path === '') return this.#catalogue;
    return path.split('.').reduce<unknown>((tree, key) => asTree(tree)[key], this.#catalogue);
  }
}

/** Without comments, and with nothing in texts but in `['…']`. */
function withoutProse(source: string): string {
  return source
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(?<![:'"`\w])\/\/ .*$/gm, '')
    .replace(/(\[\s*)?'(?:[^'\\\n]|\\.)*'(\s*\])?/g, (text, open = '', close = '') =>
      open && close ? text : `${open}''${close}`,
    );
}

function asTree(value: unknown): Tree {
  return typeof value === 'object' && value !== null ? (value as Tree) : {};
}
