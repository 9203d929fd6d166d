/** Messages as text: what a person in a channel reads, one line after the other. Pure. */

/** A file under a message. */
export interface ShownFile {
  readonly name: string;
  readonly bytes: number;
  /** Length of audio. */
  readonly seconds?: number | undefined;
  /** Of a text. */
  readonly lines?: number | undefined;
  /** What a picture shows, for those who do not see it. */
  readonly words?: string | undefined;
}

interface ShownField {
  readonly name: string;
  readonly value: string;
}

/** The parts of a message that people read. */
export interface ShownMessage {
  readonly content: string;
  readonly embeds: readonly {
    readonly title?: string | null | undefined;
    readonly description?: string | null | undefined;
    readonly fields?: readonly ShownField[] | null | undefined;
    readonly footer?: { readonly text: string } | null | undefined;
  }[];
  readonly buttons: readonly { readonly label: string; readonly emoji: string | undefined }[];
}

/** Who is behind an id in a mention. */
export type NameOf = (userId: string) => string | undefined;

/** Lines of a card that say nothing about how it goes on. */
const STANDING_LINE = /^If you stop waiting/;

/** Values of fields and forms are shown up to this length. */
const MAX_VALUE_LENGTH = 90;

/** How the lines of lists begin: with a dash or a command. */
const LIST_ENTRY = /^(?:- |`\/)/;

/** Texts are shown up to this many lines. */
const MAX_LINES = 12;

/** All lines of a message: its text, its embeds, its files, its buttons in brackets. */
export function formatMessage(message: ShownMessage, files: readonly ShownFile[], nameOf: NameOf): string[] {
  const read = (text: string | null | undefined) => shorten(readMarkdown(text ?? '', nameOf));
  const lines = [...read(message.content)];
  for (const embed of message.embeds) {
    lines.push(...read(embed.title), ...read(embed.description));
    lines.push(...formatFields(embed.fields ?? [], read));
    lines.push(...read(embed.footer?.text));
  }
  lines.push(...files.map(formatFile));
  if (message.buttons.length > 0) lines.push(message.buttons.map(formatButton).join(' '));
  return lines;
}

/** All that a message says, piece by piece: lines, whole fields, buttons. */
export function listPieces(message: ShownMessage, nameOf: NameOf): readonly string[] {
  const read = (text: string | null | undefined) => readMarkdown(text ?? '', nameOf);
  const embeds = message.embeds.flatMap(({ title, description, fields, footer }) => [
    ...read(title),
    ...read(description),
    ...(fields ?? []).map(({ name, value }) => `${read(name).join(' ')}: ${read(value).join(', ')}`),
    ...read(footer?.text),
  ]);
  return [...read(message.content), ...embeds, ...message.buttons.map(formatButton)];
}

/** What a message did not say before. */
export function formatNews(now: readonly string[], before: readonly string[]): string {
  return now.filter((piece) => !before.includes(piece)).join(' ');
}

/** Fields that are lists one below the other, all others side by side. */
function formatFields(fields: readonly ShownField[], read: (text: string) => string[]): string[] {
  const isList = ({ value }: ShownField) => LIST_ENTRY.test(value);
  const facts = fields.filter((field) => !isList(field));
  const side = facts.map(({ name, value }) => `${name}: ${formatValue(read(value).join(' '))}`).join(' · ');
  const lists = fields
    .filter(isList)
    .flatMap(({ name, value }) => [`${name}:`, ...read(value).map((line) => `  ${line}`)]);
  return [...(side ? [side] : []), ...lists];
}

/** What a card says now, in one line. */
export function formatEdit(message: ShownMessage, nameOf: NameOf): string {
  const text = message.embeds[0]?.description ?? message.content;
  const lines = readMarkdown(text, nameOf).filter((line) => !STANDING_LINE.test(line));
  return lines.join(' ');
}

/** The first sentence of a card, which names its state. */
export function readState(message: ShownMessage): string {
  const text = message.embeds[0]?.description ?? message.content;
  return (text.split('\n')[0] ?? '').replaceAll(/\d+/g, '#');
}

/** A file: name, size and length; a picture with its words. */
export function formatFile({ name, bytes, seconds, lines, words }: ShownFile): string {
  if (words !== undefined) return `picture: ${name}, ${formatSize(bytes)}. In words: ${words}`;
  const parts = [`file: ${name}`, formatSize(bytes)];
  if (seconds !== undefined) parts.push(formatLength(seconds));
  if (lines !== undefined) parts.push(`${lines} lines`);
  return parts.join(', ');
}

function formatSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Minutes and seconds. */
export function formatLength(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** A value that somebody typed or finds in a form: long texts by their beginning. */
export function formatValue(text: string): string {
  const line = text.split('\n').filter(Boolean).join(' / ');
  if (!line) return '(empty)';
  const characters = [...line];
  return characters.length <= MAX_VALUE_LENGTH ? line : `${characters.slice(0, MAX_VALUE_LENGTH).join('')} …`;
}

function shorten(lines: readonly string[]): string[] {
  if (lines.length <= MAX_LINES) return [...lines];
  return [...lines.slice(0, MAX_LINES), `… and ${lines.length - MAX_LINES} more lines`];
}

function formatButton({ label, emoji }: ShownMessage['buttons'][number]): string {
  return emoji && emoji !== label ? `[${emoji} ${label}]` : `[${label}]`;
}

/** Hours, minutes and seconds of a moment, here. */
export function formatClock(at: Date): string {
  return at.toTimeString().slice(0, 8);
}

/** What Discord's client makes of markdown, without looks: names for mentions, words for links, no progress bars. */
function readMarkdown(text: string, nameOf: NameOf): string[] {
  const plain = text
    .replaceAll(/<@!?(\d+)>/g, (_mention, id: string) => `@${nameOf(id) ?? 'somebody'}`)
    .replaceAll(/\[((?:\\.|[^\]\\])+)\]\(\S+?\)/g, '$1')
    .replaceAll('**', '')
    .replaceAll(/<t:(\d+)(?::\w)?>/g, (_time, seconds: string) =>
      formatClock(new Date(Number(seconds) * 1000)),
    )
    .replaceAll('```', '\n')
    .replaceAll(/\\([^a-z0-9\s])/gi, '$1')
    .replaceAll(/[\u25A0-\u25FF]+ ?/g, '')
    .replaceAll(/[\u200B\u2060]/g, '');
  return plain.split('\n').filter((line) => line.trim() !== '');
}
