import { z } from 'zod';
import { OPERATION_IDS } from '../domain/request.ts';
import type { Model } from './operation.ts';

const modelSchema = z.union([
  z
    .string()
    .min(1)
    .transform((id): Model => ({ id, label: id })),
  z
    .strictObject({ id: z.string().min(1), label: z.string().min(1).optional() })
    .transform(({ id, label }): Model => ({ id, label: label ?? id })),
]);

const engineSchema = z.strictObject({
  defaultModel: z.string().min(1).optional(),
  models: z.array(modelSchema).min(1).optional(),
  prices: z.partialRecord(z.enum(OPERATION_IDS), z.int().min(0)).optional(),
});

const overridesSchema = z.strictObject({
  sonic: engineSchema.optional(),
  producer: engineSchema.optional(),
  nuro: engineSchema.optional(),
});

/** What an operator's file may replace. A list of models replaces the whole list. */
export type CatalogueOverrides = z.infer<typeof overridesSchema>;

/**
 * Reads the content of the file that `MUSICAPI_CATALOGUE` names, for example
 * `{ "sonic": { "models": ["sonic-v7"], "prices": { "create": 25 } } }`.
 *
 * @throws Error that lists every finding with its place in the file.
 */
export function parseCatalogueOverrides(json: unknown): CatalogueOverrides {
  const result = overridesSchema.safeParse(json);
  if (result.success) return result.data;
  const findings = result.error.issues.map(
    ({ path, message }) => `- ${path.length > 0 ? path.join('.') : '(the file)'}: ${message}`,
  );
  throw new Error(`The catalogue file cannot be used:\n${findings.join('\n')}`);
}
