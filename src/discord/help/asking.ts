/** By which slash commands each operation of the catalogue is asked for. */
import type { OperationId } from '../../domain/request.ts';
import type { Operation } from '../../musicapi/operation.ts';

/** Commands beside the one that the catalogue names, or that ask for several operations at once. */
const FURTHER: Readonly<Record<string, readonly OperationId[]>> = {
  '/compose': ['create'],
  '/batch': ['create'],
  '/inspect': ['timeline'],
};

/** Every slash command that asks for an operation, its own first: `/export`, `/inspect`. Some have only a button. */
export function commandsOf({
  engine,
  id,
  command,
}: Pick<Operation, 'engine' | 'id' | 'command'>): readonly string[] {
  // Only audio that is already here goes to another engine.
  if (engine === 'producer' && id === 'upload') return [];
  const others = Object.keys(FURTHER).filter((name) => FURTHER[name]?.includes(id));
  return [command, ...others];
}

/** Prices of all that a command may ask for: `name` without subcommand stands for all of its subcommands. */
export function pricesOf(name: string, operations: readonly Operation[]): readonly number[] {
  const asked = operations.filter((operation) =>
    commandsOf(operation).some((command) => command === name || command.startsWith(`${name} `)),
  );
  return asked.map(({ price }) => price);
}
