import { readFile } from 'node:fs/promises';
import { coerceError, StartError } from '../errors.ts';
import { type Catalogue, createCatalogue } from '../musicapi/catalogue.ts';
import { parseCatalogueOverrides } from '../musicapi/catalogue-overrides.ts';

/**
 * Builds the catalogue, with the operator's file laid over it where there is one.
 *
 * @throws StartError with a sentence for the operator.
 */
export async function readCatalogue(path: string | undefined): Promise<Catalogue> {
  if (!path) return createCatalogue();
  try {
    return createCatalogue(parseCatalogueOverrides(JSON.parse(await readFile(path, 'utf8'))));
  } catch (error) {
    throw new StartError(`MUSICAPI_CATALOGUE cannot be used: ${coerceError(error).message}`, {
      cause: error,
    });
  }
}
