import { ENGINES, type Engine, type OperationId, type Request } from '../domain/request.ts';
import { UserError } from '../errors.ts';
import { operationWords } from '../words/operation-words.ts';
import { words } from '../words/words.ts';
import { CATALOGUE, RETIRED_ENGINES } from './catalogue-data.ts';
import type { CatalogueOverrides } from './catalogue-overrides.ts';
import { checkRequest } from './check.ts';
import type { EngineData, Model, Operation } from './operation.ts';
import type { Problem } from './problem.ts';

export type { Operation } from './operation.ts';

/** A request about a clip that has not been looked up, so that its engine is not known yet. */
type UnplacedRequest = Omit<Request, 'engine' | 'clip'>;

/** What can be asked of MusicAPI, for how much, and within which limits. */
export interface Catalogue {
  /** @throws UserError when the engine does not offer the operation. */
  get(engine: Engine, id: OperationId): Operation;
  /** The same without an error. */
  find(engine: Engine, id: OperationId): Operation | undefined;
  list(): readonly Operation[];
  /**
   * Credits that the request costs.
   *
   * @throws UserError as `get` does.
   */
  price(request: Request): number;
  /** Remembers what an operation was seen to cost; the catalogue's own price again where it is the same. */
  learn(engine: Engine, id: OperationId, price: number): void;
  /** Models that may be chosen. */
  models(engine: Engine): readonly Model[];
  defaultModel(engine: Engine): string;
  /** The model id to send: the default when none is asked for or an earlier one is; an id that is not known stays. */
  resolveModel(engine: Engine, model?: string): string;
  /** What to say to somebody who asks for an engine that MusicAPI no longer offers. */
  explainRetired(name: string): string | undefined;
  /** All that stands in the way of a request, found before anything is spent. */
  check(request: Request): readonly Problem[];
  /** What stands in the way whichever engine made the clip: none that offers the operation would take it. */
  checkAhead(request: UnplacedRequest): readonly Problem[];
}

/**
 * Builds the catalogue: the built-in data, with an operator's models and prices laid over it.
 *
 * @throws Error when the default model is not one of the models.
 */
export function createCatalogue(overrides: CatalogueOverrides = {}): Catalogue {
  const engines: Readonly<Record<Engine, EngineData>> = {
    sonic: override(CATALOGUE.sonic, overrides.sonic, 'sonic'),
    producer: override(CATALOGUE.producer, overrides.producer, 'producer'),
    nuro: override(CATALOGUE.nuro, overrides.nuro, 'nuro'),
  };
  const learnt = new Map<string, number>();

  function find(engine: Engine, id: OperationId): Operation | undefined {
    const operation = engines[engine].operations.find((candidate) => candidate.id === id);
    const price = learnt.get(keyOf(engine, id));
    return operation && price !== undefined ? { ...operation, price, isLearnt: true } : operation;
  }

  function get(engine: Engine, id: OperationId): Operation {
    const operation = find(engine, id);
    if (!operation) throw new UserError(explainMissing(engine, id));
    return operation;
  }

  function explainMissing(engine: Engine, id: OperationId): string {
    const others = ENGINES.filter((other) => find(other, id));
    const [engineOffering] = others;
    const { input } = words().findings;
    const operation = operationWords({ engine: engineOffering ?? engine, id }).label;
    if (!engineOffering) return input.engineMissing({ engine, operation });
    return input.engineElsewhere({ engine, operation, others });
  }

  function learn(engine: Engine, id: OperationId, price: number): void {
    const stated = engines[engine].operations.find((candidate) => candidate.id === id)?.price;
    if (stated === price) learnt.delete(keyOf(engine, id));
    else learnt.set(keyOf(engine, id), price);
  }

  function resolveModel(engine: Engine, model?: string): string {
    const { defaultModel, models, retiredModels } = engines[engine];
    const wanted = model?.trim().toLowerCase();
    if (!wanted) return defaultModel;
    const known = models.find(({ id }) => id.toLowerCase() === wanted);
    if (known) return known.id;
    return retiredModels.includes(wanted) ? defaultModel : wanted;
  }

  function check(request: Request): readonly Problem[] {
    const operation = find(request.engine, request.operation);
    if (!operation) {
      return [{ field: 'engine', message: explainMissing(request.engine, request.operation) }];
    }
    return [...checkRequest(request, operation), ...checkModel(request)];
  }

  function checkAhead(request: UnplacedRequest): readonly Problem[] {
    const offers = ENGINES.flatMap((engine) => find(engine, request.operation) ?? []);
    const findings = offers.map((operation) => {
      const { engine } = operation;
      const source = operation.clip?.source ?? 'generated';
      const clip = operation.clip && ({ clipId: 'unknown', engine, source } as const);
      return checkRequest({ ...request, engine, clip }, operation);
    });
    return findings.every((found) => found.length > 0) ? (findings[0] ?? []) : [];
  }

  function checkModel({ engine, model }: Request): readonly Problem[] {
    if (!model) return [];
    const { models } = engines[engine];
    const resolved = resolveModel(engine, model);
    if (models.some(({ id }) => id === resolved)) return [];
    const named = [...model].slice(0, 60).join('');
    const offered = models.map(({ id }) => id);
    const message = words().findings.input.model({ engine, model: named, models: offered });
    return [{ field: 'model', message }];
  }

  return {
    get,
    find,
    list: () => ENGINES.flatMap((engine) => engines[engine].operations.map(({ id }) => get(engine, id))),
    price: (request) => get(request.engine, request.operation).price,
    learn,
    models: (engine) => engines[engine].models,
    defaultModel: (engine) => engines[engine].defaultModel,
    resolveModel,
    explainRetired(name) {
      const retired = RETIRED_ENGINES.find((engine) => engine === name.trim().toLowerCase());
      return retired && words().findings.retired[retired];
    },
    check,
    checkAhead,
  };
}

function keyOf(engine: Engine, id: OperationId): string {
  return `${engine} ${id}`;
}

function override(data: EngineData, changes: CatalogueOverrides[Engine], engine: Engine): EngineData {
  if (!changes) return data;
  const models = changes.models ?? data.models;
  const wanted = changes.defaultModel ?? data.defaultModel;
  const known = models.find(({ id }) => id === wanted);
  const defaultModel = known ?? (changes.defaultModel ? undefined : models[0]);
  if (!defaultModel) {
    throw new Error(
      `The catalogue file cannot be used:\n- ${engine}.defaultModel: "${wanted}" is not one of the models`,
    );
  }
  const prices = changes.prices ?? {};
  return {
    defaultModel: defaultModel.id,
    models,
    // A stored request may name a model that the operator's list has dropped.
    retiredModels: [...data.retiredModels, ...data.models.map(({ id }) => id)],
    operations: data.operations.map((operation) => ({
      ...operation,
      price: prices[operation.id] ?? operation.price,
    })),
  };
}
