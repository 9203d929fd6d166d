const UNITS = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

const STYLES: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
  s: { dateStyle: 'short', timeStyle: 'short' },
  S: { dateStyle: 'short', timeStyle: 'medium' },
};

/** Where and when somebody reads. */
export interface Reader {
  readonly locale: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** @defaultValue the time zone of the machine */
  readonly timeZone?: string;
}

/** "in 5 minutes", "2 hours ago": the largest unit that fits, whole. */
export function formatRelative(atMs: number, { locale, now }: Reader): string {
  const seconds = Math.round((atMs - now) / 1_000);
  const [unit, size] = UNITS.find(([, one]) => Math.abs(seconds) >= one) ?? (['second', 1] as const);
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.trunc(seconds / size), unit);
}

/** A timestamp of Discord's markdown in one of its styles. @see https://discord.com/developers/docs/reference#message-formatting */
export function formatTimestamp(atMs: number, style: string, reader: Reader): string {
  if (style === 'R') return formatRelative(atMs, reader);
  return format(atMs, STYLES[style] ?? { dateStyle: 'long', timeStyle: 'short' }, reader);
}

/** When a message was written: the time alone on the day itself, else with the date. */
export function formatMessageTime(atMs: number, reader: Reader): string {
  const isToday = dayOf(atMs, reader.timeZone) === dayOf(reader.now, reader.timeZone);
  return format(atMs, isToday ? { timeStyle: 'short' } : { dateStyle: 'short', timeStyle: 'short' }, reader);
}

/** The day over a part of the list. */
export function formatDay(atMs: number, reader: Reader): string {
  return format(atMs, { dateStyle: 'long' }, reader);
}

/** The calendar day of a moment, to compare with that of another. */
export function dayOf(atMs: number, timeZone?: string): string {
  return format(
    atMs,
    { dateStyle: 'short' },
    { locale: 'en-CA', now: atMs, ...(timeZone ? { timeZone } : {}) },
  );
}

/** A size as people write it: "640 B", "152 kB", "1.5 MB". */
export function formatSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function format(atMs: number, options: Intl.DateTimeFormatOptions, { locale, timeZone }: Reader): string {
  const zone = timeZone ? { timeZone } : {};
  return new Intl.DateTimeFormat(locale, { ...options, ...zone }).format(atMs);
}
