/** Where tokens of interactions stand in addresses, also in one that stands in another one. */
const TOKEN_IN_PATH = /((?:webhooks|interactions)(?:\/|%2f)\d+(?:\/|%2f))[\w.~%-]{20,}/gi;

/** Tokens of interactions anywhere else: all of them begin with "interaction:" in base64. */
const INTERACTION_TOKEN = /aW50ZXJhY3Rpb2[\w+/=-]{20,}/g;

/** What an `Authorization` header holds. */
const AUTHORIZATION = /\b(Bearer|Bot|Basic) [\w.~+/=-]{8,}/g;

/** The password of an address. */
const PASSWORD_IN_ADDRESS = /(:\/\/[^\s/:@"\\]*:)[^\s/@"\\]+@/g;

const FIELD = '(?:token|key|api_?key|authorization|(?:webhook_?)?secret|password)';

/** Fields that hold secrets wherever they stand in a line of JSON, and in JSON that a text of it quotes. */
const SECRET_FIELD = new RegExp(`("${FIELD}":\\s*")(?:[^"\\\\]|\\\\.)+`, 'gi');
const QUOTED_SECRET_FIELD = new RegExp(`(\\\\"${FIELD}\\\\":\\s*\\\\")(?:[^"\\\\]|\\\\[^"])+`, 'gi');

/** Shorter texts have no encoded form that could not be any word. */
const MIN_ENCODED_LENGTH = 8;

/** Hides texts that must not be seen. */
export interface SecretHider {
  /** The text without secrets: those that were named, and whatever has the shape of one. */
  hide(text: string): string;
  /**
   * Hides one more from now on. It must not be one that could be part of how a line is written, such as a quotation
   * mark or a number.
   *
   * @returns takes it back, where it turns out to be no secret; one that was hidden before stays so
   */
  add(secret: string): () => void;
}

/** Creates what hides these secrets, in every form in which they may come into a text. */
export function createSecretHider(secrets: readonly string[]): SecretHider {
  const hidden = new Set(secrets.filter((secret) => secret.length > 0));
  let named = patternOf(hidden);
  return {
    hide(text) {
      const safe = text
        .replace(TOKEN_IN_PATH, '$1[token]')
        .replace(INTERACTION_TOKEN, '[token]')
        .replace(AUTHORIZATION, '$1 [secret]')
        .replace(PASSWORD_IN_ADDRESS, '$1[secret]@')
        .replace(SECRET_FIELD, '$1[secret]')
        .replace(QUOTED_SECRET_FIELD, '$1[secret]');
      return named ? safe.replace(named, '[secret]') : safe;
    },
    add(secret) {
      if (secret.length === 0 || hidden.has(secret)) return () => {};
      hidden.add(secret);
      named = patternOf(hidden);
      return () => {
        hidden.delete(secret);
        named = patternOf(hidden);
      };
    },
  };
}

/** A text without these secrets, and without whatever has the shape of one. */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  return createSecretHider(secrets).hide(text);
}

/** The longest first: a secret that is part of another one must not leave the rest of that to be seen. */
function patternOf(secrets: ReadonlySet<string>): RegExp | undefined {
  const forms = new Set([...secrets].flatMap(listForms));
  if (forms.size === 0) return undefined;
  const sorted = [...forms].sort((one, other) => other.length - one.length);
  return new RegExp(sorted.map(escapePattern).join('|'), 'g');
}

/** How a text may stand in a line: as it is, quoted in JSON (once or twice), and encoded for addresses or headers. */
function listForms(secret: string): readonly string[] {
  const quoted = quote(secret);
  const plain = [secret, quoted, quote(quoted)];
  const wellFormed = secret.toWellFormed();
  const encoded = encodeURIComponent(wellFormed);
  const strict = encoded.replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  const inForm = new URLSearchParams({ _: wellFormed }).toString().slice(2);
  const inAddress = [encodeURI(wellFormed), encoded, strict, inForm].flatMap((text) => [
    text,
    text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
  ]);
  return secret.length < MIN_ENCODED_LENGTH
    ? [...plain, ...inAddress]
    : [...plain, ...inAddress, ...listBinaryForms(Buffer.from(secret))];
}

/** In base64, a text looks different by where among three bytes it begins; its ends are mixed with what is around it. */
function listBinaryForms(bytes: Buffer): readonly string[] {
  const forms = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64url');
    const first = Math.ceil((offset * 8) / 6);
    return text.slice(first, Math.floor(((offset + bytes.length) * 8) / 6));
  });
  const standard = forms.map((form) => form.replaceAll('-', '+').replaceAll('_', '/'));
  const hex = bytes.toString('hex');
  return [...forms, ...standard, hex, hex.toUpperCase()];
}

function quote(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
