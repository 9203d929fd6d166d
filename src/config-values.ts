/** Kinds of values that environment variables hold. No message repeats a value: it may be a misplaced secret. */
import { z } from 'zod';

/** A credential: it goes into an HTTP header, so it is printable and without blanks. */
export function credential(missing: string) {
  return z.string({ error: missing }).regex(/^[\x21-\x7e]+$/, {
    error: 'has blanks or characters that no key has; copy it again',
  });
}

/** An http or https address, without a slash at its end. */
export function webAddress(fallback: string) {
  return z
    .string()
    .default(fallback)
    .refine(isWebAddress, { error: 'is not an http or https address without a user name' })
    .transform(withoutSlash);
}

/** An https address, without a slash at its end. */
export function secureAddress() {
  return z
    .string()
    .refine((text) => isWebAddress(text) && text.startsWith('https://'), {
      error: 'is not an https address without a user name',
    })
    .transform(withoutSlash)
    .optional();
}

/** A whole number within bounds, both included. */
export function wholeNumber({ least, most }: { readonly least: number; readonly most: number }) {
  const error = `is not a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, { error })
    .transform(Number)
    .pipe(z.number().min(least, { error }).max(most, { error }));
}

/** Credits, or `unlimited` as Infinity. */
export function budget(fallback: number) {
  return z
    .string()
    .default(String(fallback))
    .refine((text) => text === 'unlimited' || /^\d{1,9}$/.test(text), {
      error: 'is neither a whole number of credits nor unlimited',
    })
    .transform((text) => (text === 'unlimited' ? Number.POSITIVE_INFINITY : Number(text)));
}

/** A Discord id. It stays a string: as a number it would lose digits. */
export function snowflake() {
  return z.string().regex(/^\d{15,20}$/, { error: 'is not a Discord id (15 to 20 digits)' });
}

/** Entries between commas; a wrong one is named by its place. */
export function list(entry: RegExp, what: string) {
  return z
    .string()
    .transform(splitList)
    .superRefine((entries, context) => {
      const wrong = entries.flatMap((text, index) => (entry.test(text) ? [] : [index + 1]));
      if (wrong.length === 0) return;
      context.addIssue({
        code: 'custom',
        message: `has an entry that is not ${what}: number ${wrong.join(', ')}`,
      });
    });
}

/** `true` or `false`. */
export function flag(fallback: boolean) {
  return z
    .enum(['true', 'false'], { error: 'is neither true nor false' })
    .default(fallback ? 'true' : 'false')
    .transform((text) => text === 'true');
}

/** The parts of a comma-separated list, without blanks and empty ones. */
function splitList(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function isWebAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}

function withoutSlash(text: string): string {
  return text.replace(/\/+$/, '');
}
