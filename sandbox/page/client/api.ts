import type {
  AutocompleteRequest,
  ChoiceView,
  CommandRequest,
  CommandView,
  Control,
  ControlRequest,
  MessageCommandRequest,
  Outcome,
  PressRequest,
  Refusal,
  Said,
  SayRequest,
  SelectRequest,
  SubmitRequest,
  WorldView,
} from '../protocol.ts';

/** What the server would not do, that it was not there, or that there was nothing to send it: the message is a sentence for whoever reads the page. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** The HTTP status: 422 is what Discord's client would not let this person do; undefined without any answer. */
  readonly status: number | undefined;

  constructor(message: string, options: { status?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.status = options.status;
  }
}

/** The sentence of a refusal. Whatever else went wrong is thrown on. */
export function explainRefusal(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  throw error;
}

const NO_ANSWER =
  'The sandbox does not answer. Look at the terminal where it runs, or start it again: npm run sandbox';

/** The calls of the page's server. Each throws an {@link ApiError} for a refusal. */
export const api = {
  world: () => call<WorldView>('GET', 'world'),
  commands: (as: string, channel: string) =>
    call<readonly CommandView[]>('GET', `commands?${new URLSearchParams({ as, channel })}`),
  command: (request: CommandRequest) => call<Outcome>('POST', 'command', request),
  /** @param signal - aborts the question; the promise then rejects with the signal's reason */
  autocomplete: (request: AutocompleteRequest, signal?: AbortSignal) =>
    call<readonly ChoiceView[]>('POST', 'autocomplete', request, signal),
  messageCommand: (request: MessageCommandRequest) => call<Outcome>('POST', 'message-command', request),
  press: (request: PressRequest) => call<Outcome>('POST', 'press', request),
  select: (request: SelectRequest) => call<Outcome>('POST', 'select', request),
  submit: (request: SubmitRequest) => call<Outcome>('POST', 'submit', request),
  say: (request: SayRequest) => call<Said>('POST', 'say', request),
  control: (request: ControlRequest) => call<readonly Control[]>('POST', 'controls', request),
};

/** The address of a person's stream of events. */
export function eventsUrl(as: string): string {
  return `/api/events?${new URLSearchParams({ as })}`;
}

async function call<T>(
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<T> {
  const response = await fetch(`/api/${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    ...(signal ? { signal } : {}),
  }).catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw new ApiError(NO_ANSWER, { cause });
  });
  if (response.ok) return (await response.json()) as T;
  const { status } = response;
  const refusal = (await response.json().catch(() => undefined)) as Partial<Refusal> | undefined;
  throw new ApiError(refusal?.error ?? `The sandbox answered with status ${status}`, { status });
}
