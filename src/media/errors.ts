/** Why a file could not be had. */
export type MediaErrorKind =
  /** Its host, or the way to it, is not allowed. */
  | 'unlisted-host'
  /** The service says that there is no such file, or not any more. */
  | 'not-found'
  | 'not-audio'
  | 'too-large'
  /** Anything that may be different later. */
  | 'unavailable';

/** A file that could not be had. */
export class MediaError extends Error {
  override readonly name = 'MediaError';
  readonly kind: MediaErrorKind;
  /** Host and port, where the kind is `unlisted-host`: what an operator would have to list. */
  readonly host: string | undefined;

  constructor(kind: MediaErrorKind, message: string, options: { host?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.host = options.host;
  }
}
