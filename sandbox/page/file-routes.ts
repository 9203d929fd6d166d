import type { FastifyInstance } from 'fastify';
import type { LocalDiscord } from '../discord/server.ts';
import { sendFile } from '../musicapi/handlers/media.ts';
import { PageError } from './page-error.ts';

/** What people attached and the bot posted, at the page's own address: in parts, too, so that players can seek. */
export function registerFiles(app: FastifyInstance, discord: LocalDiscord): void {
  for (const folder of ['attachments', 'ephemeral-attachments']) {
    app.get<{ Querystring: Record<string, string> }>(`/${folder}/:place/:file/:name`, (request, reply) => {
      const [path = ''] = request.url.split('?');
      const file = discord.findFile(decodeURIComponent(path), request.query);
      if (!file)
        throw new PageError(
          404,
          'This file is not there any more, or its address has run out. Load the page again.',
        );
      return sendFile(request, reply, file.contentType, file.data);
    });
  }
}
