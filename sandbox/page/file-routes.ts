import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { LocalDiscord } from '../discord/server.ts';
import { sendFile } from '../musicapi/handlers/media.ts';
import { PageError } from './page-error.ts';

const PASSED_ON = ['content-type', 'content-length', 'content-range', 'accept-ranges'] as const;

/** A file that is opened by itself may be anything that somebody attached: it is shown or played, and runs nothing. */
const FILE_POLICY = [
  "default-src 'none'",
  "img-src 'self'",
  "media-src 'self'",
  "style-src 'unsafe-inline'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * What people attached and the bot posted, at the page's own address: in parts, too, so that players can seek. What
 * MusicAPI serves (covers, songs to listen to early) comes through here as well, as through Discord's own proxy.
 *
 * @param mediaHost - where MusicAPI serves its media
 */
export function registerFiles(app: FastifyInstance, discord: LocalDiscord, mediaHost: string): void {
  app.get('/media/*', async (request, reply) => {
    const { range } = request.headers;
    const address = new URL(request.url, `http://${mediaHost}`);
    // Dots lead to what is no media, and a whole address in place of a path to somebody else.
    if (address.host !== mediaHost || !address.pathname.startsWith('/media/'))
      throw new PageError(404, 'There is no such file.');
    const response = await fetch(address, { headers: range ? { range } : {} }).catch((): never => {
      throw new PageError(502, 'MusicAPI does not serve this file now.');
    });
    for (const name of PASSED_ON) {
      const value = response.headers.get(name);
      if (value !== null) reply.header(name, value);
    }
    reply.header('content-security-policy', FILE_POLICY);
    return reply.code(response.status).send(response.body ? Readable.fromWeb(response.body) : undefined);
  });
  for (const folder of ['attachments', 'ephemeral-attachments']) {
    app.get<{ Querystring: Record<string, string> }>(`/${folder}/:place/:file/:name`, (request, reply) => {
      const [path = ''] = request.url.split('?');
      const file = discord.findFile(decodeURIComponent(path), request.query);
      if (!file)
        throw new PageError(
          404,
          'This file is not there any more, or its address has run out. Load the page again.',
        );
      reply.header('content-security-policy', FILE_POLICY);
      return sendFile(request, reply, file.contentType, file.data);
    });
  }
}
