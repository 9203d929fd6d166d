import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { getDoneClip } from './clip-checks.ts';
import type { Clip } from './clips.ts';
import type { Context } from './context.ts';
import { parseBody } from './fields.ts';
import type { Operation } from './prices.ts';

const CLIP_ID = { error: "The 'clip_id' field is required." };

/** A body that names a clip; tools with more fields extend it. */
export const clipBodySchema = z.object({ clip_id: z.string(CLIP_ID).min(1, CLIP_ID) }, CLIP_ID);

/** What a tool on a clip is given. */
export interface ClipRequest<Body> {
  readonly key: string;
  readonly clip: Clip;
  readonly body: Body;
}

/**
 * Reads a request for a tool on a clip.
 *
 * @throws ApiError 400 for a body that is not in order, and for a clip that is not the key's, not sonic's or not finished
 */
export function parseClipRequest<Schema extends z.ZodType<{ clip_id: string }>>(
  context: Context,
  request: FastifyRequest,
  schema: Schema,
): ClipRequest<z.output<Schema>> {
  const key = context.accounts.authorize(request.headers.authorization);
  const body = parseBody(schema, request.body);
  return { key, body, clip: getDoneClip(context, key, body.clip_id, 'clip_id') };
}

/** Takes the price of a tool, which answers at once and is not refunded. It does not count against the create rate. @throws ApiError 403 when it cannot be paid */
export function chargeTool(context: Context, key: string, operation: Operation): void {
  context.tasks.settle();
  context.accounts.charge(key, context.settings.prices[operation]);
}

/** The address of a file that a tool made of a clip. @param extension - without a dot */
export function formatFileUrl(
  context: Context,
  clip: Clip,
  extension: 'mp3' | 'wav' | 'm4a' | 'mid',
): string {
  return `${context.getOrigin()}/files/${clip.clipId}.${extension}`;
}
