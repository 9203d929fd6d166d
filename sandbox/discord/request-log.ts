/** One REST call as it was received and answered. */
export interface LoggedRequest {
  readonly method: string;
  /** The pattern of the route, such as `/channels/:channel/messages`; the path itself when there is none. */
  readonly route: string;
  /** The path after the version, without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** The JSON body, or `payload_json` of a multipart request. */
  readonly body: unknown;
  readonly files: readonly {
    readonly name: string;
    readonly size: number;
    readonly contentType: string | undefined;
  }[];
  readonly receivedAt: number;
  /** The status of the answer; 0 when the connection was cut instead. */
  readonly status: number;
  /** The `code` of the answer when it is a refusal. */
  readonly errorCode: number | undefined;
}
