import type { Request } from '../domain/request.ts';
import { UserError } from '../errors.ts';
import type { Catalogue } from '../musicapi/catalogue.ts';
import type { Executor } from '../store/schema.ts';
import { listDurations } from '../store/task-lists.ts';
import { type Estimate, measureEstimate, statedEstimate } from './estimate.ts';
import { findOperation } from './operation.ts';

/** Estimates are asked for with every poll and change slowly. */
const KEEP_MS = 30_000;

/** For an operation that the catalogue no longer has. */
const FALLBACK_MS = 120_000;

/** What an estimate depends on. */
type EstimatedRequest = Pick<Request, 'engine' | 'operation'> & {
  readonly model?: string | undefined;
};

/** How long operations usually take. */
export interface History {
  /** From our own successes with the same model, else with any model, else the catalogue's word. */
  get(executor: Executor, request: EstimatedRequest, now: number): Promise<Estimate>;
}

/** Creates a history that remembers each estimate for half a minute. */
export function createHistory(catalogue: Catalogue): History {
  const kept = new Map<string, { readonly estimate: Estimate; readonly until: number }>();

  async function measure(executor: Executor, request: EstimatedRequest): Promise<Estimate | undefined> {
    const { engine, operation } = request;
    const models = namesOfModel(catalogue, request);
    const ofModel = measureEstimate(await listDurations(executor, { engine, operation, models }));
    return ofModel ?? measureEstimate(await listDurations(executor, { engine, operation }));
  }

  return {
    async get(executor, request, now) {
      const { engine, operation } = request;
      const key = `${engine} ${operation} ${namesOfModel(catalogue, request)?.[0] ?? ''}`;
      const known = kept.get(key);
      if (known && now < known.until) return known.estimate;
      const estimate =
        (await measure(executor, request)) ??
        statedEstimate(findOperation(catalogue, request)?.typicalMs ?? FALLBACK_MS);
      kept.set(key, { estimate, until: now + KEEP_MS });
      return estimate;
    },
  };
}

/** The names under which tasks of a request's model are stored; a default that nobody named is null. */
function namesOfModel(
  catalogue: Catalogue,
  { engine, model }: EstimatedRequest,
): (string | null)[] | undefined {
  try {
    const resolved = catalogue.resolveModel(engine, model).toLowerCase();
    return resolved === catalogue.defaultModel(engine).toLowerCase() ? [resolved, null] : [resolved];
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
