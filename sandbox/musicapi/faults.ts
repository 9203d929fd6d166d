import { z } from 'zod';

/** A whole answer, sent instead of the real one. */
const answerSchema = z.object({
  status: z.int().min(100).max(599),
  /** Objects are sent as JSON. */
  body: z.unknown().optional(),
  headers: z.record(z.string(), z.string()).default({}),
  contentType: z.string().optional(),
  /** Carry the request out first: credits are charged, the task exists, only the answer differs. */
  afterwards: z.boolean().default(false),
});

const NAMED = [
  'reset',
  'lose-answer',
  'late-answer',
  'keep-answer',
  'hang',
  'html',
  'empty',
  'none',
] as const;

const patternSchema = z.union([z.string(), z.instanceof(RegExp)]).transform((pattern, context) => {
  try {
    // Without the sticky flags, with which a test would depend on the one before it.
    return typeof pattern === 'string'
      ? new RegExp(pattern)
      : new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
  } catch {
    context.addIssue({ code: 'custom', message: 'path is not a regular expression' });
    return z.NEVER;
  }
});

/** A fault as callers write it, in code or over HTTP. */
export const faultSchema = z.object({
  /** HTTP method. @defaultValue any */
  method: z.string().toUpperCase().optional(),
  /** Regular expression for the path, without the query. @defaultValue any path */
  path: patternSchema.optional(),
  /** How many matching requests it hits. @defaultValue 1 */
  times: z.union([z.int().positive(), z.literal('all')]).default(1),
  /** Real milliseconds to wait before anything else happens. */
  delayMs: z.number().min(0).default(0),
  /**
   * `reset`: cut the connection before doing anything; `lose-answer`: do it, then cut the connection;
   * `late-answer`: cut the connection first, then wait `delayMs` and do it, with nobody left to be answered; `keep-answer`: do it, and never answer;
   * `hang`: never answer;
   * `html`: a proxy's 502 page; `empty`: 200 without a body; `none`: the real answer (for delays); or an answer of one's own.
   */
  answer: z.union([z.enum(NAMED), answerSchema]).default('none'),
});

/** A fault as callers write it. */
export type FaultInput = z.input<typeof faultSchema>;

/** A whole answer of a fault. */
export type FaultAnswer = z.output<typeof answerSchema>;

/** A fault that is switched on. */
export interface ActiveFault {
  readonly id: string;
  readonly method: string | undefined;
  readonly path: RegExp | undefined;
  readonly delayMs: number;
  readonly answer: (typeof NAMED)[number] | FaultAnswer;
  /** Requests that it will still hit. */
  remaining: number;
  /** Requests that it has hit. */
  used: number;
}

/** The faults of a server. */
export class Faults {
  readonly #active: ActiveFault[] = [];
  #count = 0;

  /** Switches a fault on. @throws ZodError when it makes no sense */
  add(input: FaultInput): ActiveFault {
    const { method, path, times, delayMs, answer } = faultSchema.parse(input);
    this.#count += 1;
    const fault: ActiveFault = {
      id: `fault-${this.#count}`,
      method,
      path,
      delayMs,
      answer,
      remaining: times === 'all' ? Number.POSITIVE_INFINITY : times,
      used: 0,
    };
    this.#active.push(fault);
    return fault;
  }

  /** The fault that a request runs into, which uses it once. The oldest matching fault wins. */
  take(method: string, path: string): ActiveFault | undefined {
    const fault = this.#active.find(
      (one) =>
        one.remaining > 0 &&
        (one.method === undefined || one.method === method) &&
        (one.path === undefined || one.path.test(path)),
    );
    if (fault === undefined) return undefined;
    fault.remaining -= 1;
    fault.used += 1;
    return fault;
  }

  /** Every fault that was switched on and not removed, used up or not. */
  list(): readonly ActiveFault[] {
    return this.#active;
  }

  /** Switches one fault off, or all of them. */
  remove(id?: string): void {
    for (let index = this.#active.length - 1; index >= 0; index--) {
      if (id === undefined || this.#active[index]?.id === id) this.#active.splice(index, 1);
    }
  }
}
