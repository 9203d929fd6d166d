import type { Engine, Request } from '../domain/request.ts';
import type { Failure } from '../domain/task.ts';
import type { ToolResult } from '../domain/tool-result.ts';

/** A clip as MusicAPI reports it, in our names and units. */
export interface ProviderClip {
  readonly clipId: string;
  /** States that MusicAPI may invent count as `running`. */
  readonly state: 'running' | 'succeeded' | 'failed';
  readonly title?: string | undefined;
  readonly tags?: string | undefined;
  readonly lyrics?: string | undefined;
  readonly model?: string | undefined;
  readonly durationSeconds?: number | undefined;
  /** While the clip is running, an address that already streams. */
  readonly audioUrl?: string | undefined;
  readonly imageUrl?: string | undefined;
  /** Name of the part, where the clip is a stem: MusicAPI has no field of its own for it, so a song's is its title. */
  readonly part?: string | undefined;
  /** Why it failed, in the provider's words. */
  readonly failureText?: string | undefined;
}

/** What an operation gave back: clips, or what a tool found. */
export interface Yield {
  /** Empty beside a tool's result. */
  readonly clips: readonly ProviderClip[];
  readonly tool?: ToolResult | undefined;
}

/** What the POST of a request answered. */
export type Submission =
  /** MusicAPI works on it: ask for its task. */
  | { readonly providerTaskId: string }
  /** It was done at once. */
  | Yield
  /**
   * Nothing was given back yet: send the same again after this time. `isPaid` where MusicAPI may have taken its price
   * nevertheless, so that it cannot be asked without end.
   */
  | { readonly preparingMs: number; readonly isPaid?: true };

/** What a look at a provider task found. `ended` says that every clip is terminal, not that HTTP said 200. */
export type ProviderTask =
  | { readonly state: 'not-ready' }
  | {
      readonly state: 'running';
      readonly clips: readonly ProviderClip[];
      readonly unrecognised?: string | undefined;
    }
  | ({ readonly state: 'succeeded' } & Yield)
  | { readonly state: 'failed'; readonly failure: Failure };

/** Balance of an account. Extra credits are used first. */
export interface Credits {
  readonly plan: number;
  readonly extra: number;
}

/** What every call takes. */
export interface CallOptions {
  readonly signal: AbortSignal;
}

/** Where MusicAPI is asked to report a task. */
export interface Webhook {
  readonly url: string;
  /** Signs its calls; nobody else may know it. */
  readonly secret: string;
}

/** A look at a task. */
interface LookOptions extends CallOptions {
  /** What was asked for: some answers can only be read with it. @defaultValue a song */
  readonly request?: Request | undefined;
}

/** What sending a request takes. */
export interface SubmitOptions extends CallOptions {
  /** Left out where the operation takes none. */
  readonly webhook?: Webhook | undefined;
}

/** One account's view of MusicAPI. Every method throws `MusicApiError`, or the signal's reason when aborted. */
export interface MusicApi {
  /** Sends a request. Spends credits; never sent twice by itself. */
  submit(request: Request, options: SubmitOptions): Promise<Submission>;
  /** Looks at a provider task. Free. */
  getTask(engine: Engine, providerTaskId: string, options: LookOptions): Promise<ProviderTask>;
  /** Reads the balance. Free. */
  getCredits(options: CallOptions): Promise<Credits>;
}

/** One request of a batch. */
export interface BatchItem {
  /** Absent where the request was not taken. */
  readonly providerTaskId?: string | undefined;
  readonly state: 'running' | 'succeeded' | 'failed';
  readonly clips: readonly ProviderClip[];
  readonly failureText?: string | undefined;
}

/** Several creates that were sent as one. */
export interface Batch {
  readonly batchId: string;
  readonly items: readonly BatchItem[];
}

/**
 * Several creates in one POST. The bot does not use it: what the answers hold is not documented, and a batch whose
 * answer is lost would leave ten tasks unknown. Its own queue does the same at the same price.
 */
export interface MusicApiBatches {
  /**
   * Sends up to ten creates, each at the price of a single one. Spends credits; never sent twice by itself.
   *
   * @throws MusicApiError, and UserError for what is no batch.
   * @see {@link https://musicapi.ai/batch-music-generation-api}
   */
  submitBatch(requests: readonly Request[], options: CallOptions): Promise<Batch>;
  /**
   * Looks at a batch. Free.
   *
   * @throws MusicApiError
   */
  getBatch(batchId: string, options: CallOptions): Promise<Batch>;
}
