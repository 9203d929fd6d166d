import { z } from 'zod';
import type { Answer } from './answer.ts';
import { contentOf } from './engines/wire.ts';
import { type CallPlace, createAnswerError, MusicApiError } from './errors.ts';
import type { Credits } from './types.ts';

const acceptedSchema = z.looseObject({ task_id: z.union([z.string().min(1), z.number().transform(String)]) });

const amount = z.union([z.number(), z.string().trim().min(1).transform(Number)]).pipe(z.number());

const creditsSchema = z.looseObject({ credits: amount, extra_credits: amount.catch(0) });

/**
 * Reads the answer of a POST that makes a task. `code` is on the page and absent live, so only the id counts.
 *
 * @throws MusicApiError
 */
export function readAccepted(answer: Answer, place: CallPlace): { readonly providerTaskId: string } {
  return { providerTaskId: readContent(acceptedSchema, answer, place).task_id };
}

/**
 * Reads the answer of `GET /get-credits`.
 *
 * @throws MusicApiError
 * @see {@link https://docs.musicapi.ai/get-credits}
 */
export function readCredits(answer: Answer, place: CallPlace): Credits {
  const { credits, extra_credits } = readContent(creditsSchema, answer, place);
  return { plan: credits, extra: extra_credits };
}

/**
 * Reads what a successful answer holds, whether it stands in `data` or beside `message`.
 *
 * @throws MusicApiError for a refusal, and `malformed` for a success without it.
 */
export function readContent<T>(schema: z.ZodType<T>, answer: Answer, place: CallPlace): T {
  if (answer.status < 200 || answer.status > 299) throw createAnswerError(place, answer);
  const result = schema.safeParse(contentOf(answer.body));
  if (result.success) return result.data;
  throw createMalformedError(answer, place);
}

/** A success that does not hold what was asked for. */
export function createMalformedError(answer: Answer, { method, path }: CallPlace): MusicApiError {
  const text = `HTTP ${answer.status} that cannot be read: ${answer.raw.slice(0, 200) || '(empty)'}`;
  return new MusicApiError({
    kind: 'malformed',
    method,
    path,
    delivered: 'yes',
    status: answer.status,
    text,
  });
}
