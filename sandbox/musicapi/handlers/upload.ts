import { parse } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { parseBody } from '../fields.ts';
import { chargeTool } from '../tool.ts';
import { fetchUpload } from '../uploads.ts';

const URL_FIELD = { error: "The 'url' field is required." };
const bodySchema = z.object({ url: z.string(URL_FIELD) }, URL_FIELD);

/** The name of the file without extension. What the provider calls an upload is not documented. */
function readTitle(address: string): string {
  const name = new URL(address).pathname.split('/').at(-1) ?? '';
  return parse(name).name.replaceAll('_', ' ');
}

/**
 * `POST /sonic/upload`: fetches a file and makes a clip of it, at once (docs.musicapi.ai/upload-music). The provider takes about 20 s; here it
 * lasts as long as the transfer. The sister's `callback_url` for an asynchronous answer is ignored.
 */
export function registerUpload(app: FastifyInstance, context: Context): void {
  app.post('/sonic/upload', async (request) => {
    const key = context.accounts.authorize(request.headers.authorization);
    const { url } = parseBody(bodySchema, request.body);
    const file = await fetchUpload(url, 'url');
    chargeTool(context, key, 'upload');
    const clipId = context.clips.addForeign({ uploaded: true, file, key, title: readTitle(url) });
    return { code: 200, clip_id: clipId, message: 'success' };
  });
}
