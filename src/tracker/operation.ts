import type { Request } from '../domain/request.ts';
import { UserError } from '../errors.ts';
import type { Catalogue, Operation } from '../musicapi/catalogue.ts';

/** The operation of a stored request; undefined when this version of the catalogue no longer offers it. */
export function findOperation(
  catalogue: Catalogue,
  { engine, operation }: Pick<Request, 'engine' | 'operation'>,
): Operation | undefined {
  try {
    return catalogue.get(engine, operation);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
