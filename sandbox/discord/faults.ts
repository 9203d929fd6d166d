/** What happens to a request instead of the usual. */
export type FaultAnswer =
  | {
      readonly status: number;
      readonly code?: number;
      readonly message?: string;
      readonly headers?: Record<string, string>;
      readonly body?: unknown;
    }
  /** Waits that long, then answers as usual. */
  | { readonly delayMs: number }
  /** Resets the connection (ECONNRESET) without doing anything; discord.js then tries again by itself. */
  | 'reset'
  /** Never answers. */
  | 'hang'
  /** Does what was asked, then closes the connection before the answer; discord.js reports the error. */
  | 'lose-answer'
  /** Does what was asked, then resets the connection (ECONNRESET); discord.js then asks again by itself. */
  | 'lose-answer-reset'
  /** Does what was asked, and never answers. */
  | 'keep-answer';

/** Whether a fault lets the work be done and loses only the answer. */
export function losesAnswer(
  fault: FaultAnswer | undefined,
): fault is 'lose-answer' | 'lose-answer-reset' | 'keep-answer' {
  return fault === 'lose-answer' || fault === 'lose-answer-reset' || fault === 'keep-answer';
}

/** Which requests meet a fault, and what happens to them. */
export interface FaultSpec {
  readonly method?: string;
  /** Tested against the path after the version, such as `/channels/123/messages`. */
  readonly route?: RegExp;
  /** How many requests meet it. @defaultValue 1 */
  readonly times?: number;
  readonly answer: FaultAnswer;
}

/** A fault that waits for its requests. */
export interface PendingFault {
  /** Whether some request is still going to meet it. */
  waits(): boolean;
  cancel(): void;
}

/** The faults that are waiting for a request. */
export interface Faults {
  add(spec: FaultSpec): PendingFault;
  /** Takes the fault that this request meets, if there is one. */
  take(method: string, path: string): FaultAnswer | undefined;
  /** How many requests are still going to meet a fault. */
  pending(): number;
  clear(): void;
}

/** Creates an empty list of faults. */
export function createFaults(): Faults {
  let waiting: { spec: FaultSpec; left: number }[] = [];
  return {
    add(spec) {
      const fault = { spec, left: spec.times ?? 1 };
      waiting.push(fault);
      return {
        waits: () => waiting.includes(fault),
        cancel() {
          waiting = waiting.filter((one) => one !== fault);
        },
      };
    },
    take(method, path) {
      const hit = waiting.find(
        ({ spec }) =>
          (!spec.method || spec.method.toUpperCase() === method) && (!spec.route || spec.route.test(path)),
      );
      if (!hit) return undefined;
      hit.left -= 1;
      waiting = waiting.filter(({ left }) => left > 0);
      return hit.spec.answer;
    },
    pending: () => waiting.reduce((sum, { left }) => sum + left, 0),
    clear() {
      waiting = [];
    },
  };
}
