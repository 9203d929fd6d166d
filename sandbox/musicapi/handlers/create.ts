import type { FastifyInstance } from 'fastify';
import { admitCreate, formatAccepted } from '../accept.ts';
import type { Context } from '../context.ts';
import { startSong } from '../start-song.ts';

/** `POST /sonic/create` in all its task types. */
export function registerCreate(app: FastifyInstance, context: Context): void {
  app.post('/sonic/create', async (request) => {
    const key = admitCreate(context, request.headers.authorization);
    return formatAccepted(startSong(context, key, request.body));
  });
}
