/** Shorter texts stand in a log by chance. */
const MIN_LENGTH = 8;

/** How all tokens of interactions begin, also those of which nobody here knows. */
const INTERACTION_TOKEN = Buffer.from('interaction:').toString('base64');

/**
 * The first of these secrets that can be read out of a text: as it stands there, or after decoding whatever looks
 * encoded. It undoes encodings where the log's own hiding does them, so that neither shares a mistake of the other.
 */
export function findSecret(text: string, secrets: Iterable<string>): string | undefined {
  const readings = [...new Set(readEveryWay(text))];
  for (const secret of secrets) {
    if (secret.length >= MIN_LENGTH && readings.some((reading) => reading.includes(secret))) return secret;
  }
  return undefined;
}

/**
 * Throws where one of the secrets stands in a log.
 *
 * @param lines - as they were written
 */
export function expectNoSecretIn(lines: readonly string[], secrets: Iterable<string>): void {
  const secret = findSecret(lines.join('\n'), [INTERACTION_TOKEN, ...secrets]);
  if (secret === undefined) return;
  const line = lines.find((one) => findSecret(one, [secret])) ?? '(over several lines)';
  throw new Error(`a secret stands in the log: "${secret.slice(0, 4)}…" in ${line}`);
}

function readEveryWay(text: string): readonly string[] {
  const unquoted = unquote(text);
  const plain = [text, unquoted, unquote(unquoted)];
  const decoded = plain.flatMap((one) => [decodePercent(one), decodePercent(one.replaceAll('+', ' '))]);
  return [...plain, ...decoded, ...[...plain, ...decoded].flatMap(decodeBinary)];
}

function unquote(text: string): string {
  return text.replace(/\\(u[0-9a-f]{4}|.)/gis, (_, code: string) =>
    code.length > 1 ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : (ESCAPES[code] ?? code),
  );
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function decodePercent(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (codes) =>
    Buffer.from(codes.replaceAll('%', ''), 'hex').toString('utf8'),
  );
}

/** All that may be base64 or hexadecimal; a run may have begun before its first letter that is one. */
function decodeBinary(text: string): readonly string[] {
  const runs = text.match(/[\w+/-]{11,}/g) ?? [];
  const base64 = [0, 1, 2, 3].map((offset) =>
    runs.map((run) => Buffer.from(run.slice(offset), 'base64').toString('utf8')).join('\n'),
  );
  const digits = text.match(/[0-9a-f]{16,}/gi) ?? [];
  const hex = [0, 1].map((offset) =>
    digits.map((run) => Buffer.from(run.slice(offset), 'hex').toString('utf8')).join('\n'),
  );
  return [...base64, ...hex];
}
