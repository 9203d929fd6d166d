import type { Request } from '../../domain/request.ts';
import { filled } from '../mode.ts';

type Value = string | number | boolean | readonly string[] | undefined;

/** The JSON that a POST sends. */
export type Body = Readonly<Record<string, Value>>;

/** The model that a request goes to. */
export interface SentModel {
  readonly id: string;
  /** Nobody asked for another one. */
  readonly isDefault: boolean;
}

/** Builds the body for one operation. */
export type BodyBuilder = (request: Request, model: SentModel) => Body;

/** The body without the fields that were not asked for. */
export function compact(fields: Body): Body {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Several texts as one, for engines that have a single field for them; undefined when there are none. */
export function joinTexts(...texts: readonly (string | undefined)[]): string | undefined {
  return texts.flatMap((text) => filled(text) ?? []).join(', ') || undefined;
}
