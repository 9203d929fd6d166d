/** What is known about a request whose connection failed. */
export interface ConnectionFailure {
  readonly delivered: 'no' | 'maybe';
  /** Code and message of the failure; nothing of the request. */
  readonly text: string;
}

/** Codes of failures that happen before anything can have been sent. */
const NEVER_CONNECTED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_CLOSED',
]);

/** Failures that were seen to come from connecting. */
const fromConnector = new WeakSet<object>();

/**
 * Marks an error as thrown by the connector. A reset during the TLS handshake has the same code as a lost answer;
 * only the place tells that nothing was sent.
 */
export function markNeverConnected(error: object): void {
  fromConnector.add(error);
}

/** Tells from an error of undici or Node whether the request can have arrived. */
export function judgeConnectionFailure(thrown: unknown): ConnectionFailure {
  return { delivered: isNeverConnected(thrown) ? 'no' : 'maybe', text: summarise(thrown) };
}

function isNeverConnected(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  if (fromConnector.has(thrown)) return true;
  // Several addresses of one name were tried: every one of them must have failed to connect.
  if (thrown instanceof AggregateError && thrown.errors.length > 0)
    return thrown.errors.every(isNeverConnected);
  // An established connection can end with "unreachable" too, but while reading or writing.
  if ('syscall' in thrown && (thrown.syscall === 'read' || thrown.syscall === 'write')) return false;
  const code = codeOf(thrown);
  if (code && NEVER_CONNECTED.has(code)) return true;
  return thrown.cause !== undefined && isNeverConnected(thrown.cause);
}

function summarise(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const [first] = thrown instanceof AggregateError ? thrown.errors : [];
  const message = thrown.message || (first instanceof Error ? first.message : '') || thrown.name;
  const code = codeOf(thrown);
  return code && !message.includes(code) ? `${code}: ${message}` : message;
}

function codeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
