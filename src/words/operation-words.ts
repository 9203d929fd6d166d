import type { Engine, OperationId } from '../domain/request.ts';
import type { OperationWords } from './en/operations.ts';
import type { Words } from './en.ts';
import { words } from './words.ts';

/** What an operation of the catalogue is called and what it does, in the language that is spoken. */
export function operationWords({ engine, id }: { engine: Engine; id: OperationId }): OperationWords {
  const { of } = words().operations;
  const byEngine: Readonly<Record<string, OperationWords>> = of;
  return byEngine[`${engine} ${id}`] ?? of[id];
}

/** A model with what sets it apart from the others. */
export function modelLabel({ label, trait }: ModelName): string {
  return trait === undefined ? label : words().operations.models[trait]({ model: label });
}

interface ModelName {
  readonly label: string;
  readonly trait?: keyof Words['operations']['models'] | undefined;
}
