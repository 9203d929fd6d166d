import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { parseBody } from '../fields.ts';
import { moderate } from '../moderation.ts';
import { chargeTool } from '../tool.ts';
import { writeLyrics, writeTitle } from '../words.ts';

const DESCRIPTION = { error: "The 'description' field is required." };
const MAX_DESCRIPTION = 200;
const bodySchema = z.object(
  {
    description: z
      .string(DESCRIPTION)
      .refine((text) => text.trim() !== '', DESCRIPTION)
      // The error page lists 120 and 200 without saying which belongs to this endpoint.
      .refine((text) => [...text].length <= MAX_DESCRIPTION, {
        error: `The description character length should be less than ${MAX_DESCRIPTION}.`,
      }),
  },
  DESCRIPTION,
);

/** `POST /sonic/lyrics`: two drafts about a description, other ones with every call (docs.musicapi.ai/lyrics-generation). The key is `results`. */
export function registerLyrics(app: FastifyInstance, context: Context): void {
  let count = 0;
  app.post('/sonic/lyrics', async (request) => {
    const key = context.accounts.authorize(request.headers.authorization);
    const { description } = parseBody(bodySchema, request.body);
    moderate({ descriptions: [description] }, context.settings.moderation);
    chargeTool(context, key, 'lyrics');
    count += 1;
    const results = ['first', 'second'].map((draft) => {
      const seed = `${context.settings.seed}:lyrics:${count}:${draft}`;
      return { title: writeTitle(description, seed), lyrics: writeLyrics(description, seed) };
    });
    return { code: 200, results, message: 'success' };
  });
}
