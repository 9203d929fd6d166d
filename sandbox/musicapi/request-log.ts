/** One request that reached the server. */
export interface LoggedRequest {
  readonly method: string;
  /** With the query, from the root: `/api/v1/sonic/create`. */
  readonly path: string;
  /** The key it named, known or not. */
  readonly key: string | undefined;
  /** When it came, on the server's clock, in epoch ms. */
  readonly at: number;
  /** Parsed JSON, once it has been read. */
  body: unknown;
  /** Status of the answer; undefined while there is none, also when the connection was cut before one. */
  status: number | undefined;
  /** The fault that it ran into. */
  fault: string | undefined;
}

/** Remembers requests in the order in which they came. */
export class RequestLog {
  readonly entries: LoggedRequest[] = [];
  readonly #limit: number;

  /** @param limit - how many are remembered at least */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Adds a request. Forgets the oldest in batches, so that a long run stays in bounds. */
  add(entry: LoggedRequest): void {
    this.entries.push(entry);
    if (this.entries.length > this.#limit * 1.25) this.entries.splice(0, this.entries.length - this.#limit);
  }
}
