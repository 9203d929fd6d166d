import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { parseBody } from '../fields.ts';
import { moderate } from '../moderation.ts';
import { chargeTool } from '../tool.ts';
import { expandTags } from '../words.ts';

const TAGS = { error: "The 'tags' field is required." };
const MAX_TAGS = 1000;
const bodySchema = z.object(
  {
    tags: z
      .string(TAGS)
      .refine((tags) => tags.trim() !== '', TAGS)
      // Not documented for this endpoint; it is the limit of the field that the answer is meant for.
      .refine((tags) => [...tags].length <= MAX_TAGS, {
        error: `The tags character length should be less than ${MAX_TAGS}.`,
      }),
  },
  TAGS,
);

/** `POST /sonic/upsample-tags`: a few style words become a description (shape: the sister's client code). */
export function registerUpsampleTags(app: FastifyInstance, context: Context): void {
  let count = 0;
  app.post('/sonic/upsample-tags', async (request) => {
    const key = context.accounts.authorize(request.headers.authorization);
    const { tags } = parseBody(bodySchema, request.body);
    moderate({ descriptions: [tags] }, context.settings.moderation);
    chargeTool(context, key, 'upsample-tags');
    count += 1;
    const upsampled = expandTags(tags, `${context.settings.seed}:tags:${count}`);
    return { code: 200, data: { upsampled_tags: upsampled }, message: 'success' };
  });
}
