/** Text of people and of the provider, made harmless for Discord, and the small formats that messages use. */
import { words } from '../../words/words.ts';
import { BREAKER, cleanText, cut, cutBytes, insertionsFor } from './clean-text.ts';

interface PlainOptions {
  /** `fold` (default) makes one line of it, `keep` keeps line breaks, at most one empty line in a row. */
  readonly lines?: 'fold' | 'keep';
}

/**
 * Escapes text for message content and embeds: nothing in it formats, mentions, links or hides. At most
 * `maxLength` UTF-16 units, escapes included, cut between graphemes with an ellipsis.
 */
export function plain(text: string, maxLength: number, options: PlainOptions = {}): string {
  const clean = cleanText(text, options.lines ?? 'fold');
  return cut(clean, maxLength, insertionsFor(clean));
}

/** The same on one line and without escapes, for places that show no Markdown: buttons, form titles, footers. */
export function oneLine(text: string, maxLength: number): string {
  return cut(cleanText(text, 'fold'), maxLength, new Map());
}

/** A masked link; a bracket in the title would end it early, escaped or not, so brackets become round. */
export function formatLink(title: string, url: string, maxTitleLength = 80): string {
  const round = title.replaceAll('[', '(').replaceAll(']', ')');
  return `[${plain(round, maxTitleLength) || words().answers.link}](${url})`;
}

/** What `plain` wrote, as it was before the escapes. */
export function parsePlain(text: string): string {
  return text.replaceAll(BREAKER, '').replace(/\\([^0-9A-Za-z\s])/g, '$1');
}

/** `1:05`, or `1:02:03` from an hour on; whole seconds. */
export function formatDuration(seconds: number): string {
  const total = Number.isFinite(seconds) ? Math.max(0, Math.round(seconds)) : 0;
  const pair = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(total / 60);
  if (minutes < 60) return `${minutes}:${pair(total % 60)}`;
  return `${Math.floor(minutes / 60)}:${pair(minutes % 60)}:${pair(total % 60)}`;
}

/** `1 credit`, `20 credits`, `2,000 credits`, in the language that is spoken. */
export function formatCredits(credits: number): string {
  return words().units.credits({ credits });
}

/** Seconds of `1:30`, `90`, `90s`, `1:02:03` or `0.5`; undefined when it is none of these. */
export function parseTime(text: string): number | undefined {
  const match = /^(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,6}(?:\.\d{1,3})?)( ?s)?$/i.exec(text.trim());
  if (!match) return undefined;
  const [, hours, minutes, seconds = '', unit] = match;
  if (minutes === undefined) return Number(seconds);
  const isClock = /^\d\d(?:\.|$)/.test(seconds) && Number(seconds) < 60;
  if (!isClock || unit || (hours !== undefined && (minutes.length !== 2 || Number(minutes) > 59))) {
    return undefined;
  }
  return (Number(hours ?? 0) * 60 + Number(minutes)) * 60 + Number(seconds);
}

const BAR_CELLS = 10;

/** A progress bar of text characters, with the figure in words for those who hear it read. */
export function bar(fraction: number): string {
  const share = Number.isFinite(fraction) ? Math.min(1, Math.max(0, fraction)) : 0;
  const full = Math.floor(share * BAR_CELLS);
  const done = words().answers.done({ percent: Math.floor(share * 100) });
  return `${'▰'.repeat(full)}${'▱'.repeat(BAR_CELLS - full)} ${done}`;
}

/** Address of a message; `@me` stands for a direct message. */
export function messageLink(guildId: string | undefined, channelId: string, messageId: string): string {
  return `https://discord.com/channels/${guildId ?? '@me'}/${channelId}/${messageId}`;
}

/** Most file systems take 255 bytes; some of the people who download keep the file in deep folders. */
const MAX_FILE_NAME_BYTES = 120;
/** Windows reserves these names, whatever follows their first dot. */
const RESERVED_NAME = /^(?:con|prn|aux|nul|com\d|lpt\d)\s*\./i;

/**
 * `<title> - take 1.mp3`, a name that every operating system takes.
 * @param label - Take, or words such as a stem's name; none leaves `<title>.mp3`.
 */
export function fileName(title: string, label: number | string | undefined, extension: string): string {
  const kind =
    extension
      .replace(/[^A-Za-z0-9]/g, '')
      .slice(0, 8)
      .toLowerCase() || 'bin';
  const ending = `${endingOf(label)}.${kind}`;
  const whole = namePart(title) || words().answers.untitled;
  const base = RESERVED_NAME.test(whole + ending) ? `_${whole}` : whole;
  return cutBytes(base, MAX_FILE_NAME_BYTES - Buffer.byteLength(ending)).trimEnd() + ending;
}

function endingOf(label: number | string | undefined): string {
  const text = typeof label === 'number' ? words().answers.take({ take: label }) : (label ?? '');
  const shown = cutBytes(namePart(text), 40).trimEnd();
  return shown ? ` - ${shown}` : '';
}

function namePart(text: string): string {
  return cleanText(text, 'fold')
    .normalize('NFC')
    .replace(/["<>]/g, '')
    .replace(/[:/\\|?*]+/g, '-')
    .replace(/^[\s.-]+|[\s.-]+$/g, '')
    .replace(/\s+/g, ' ');
}
