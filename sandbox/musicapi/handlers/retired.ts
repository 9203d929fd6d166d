import type { FastifyInstance } from 'fastify';
import { ApiError } from '../errors.ts';

/**
 * Families of endpoints that are gone. Riffusion is deprecated, which is answered as the producer answers its retired task types; studio is no longer
 * there. Neither answer is documented.
 */
export function registerRetired(app: FastifyInstance): void {
  app.all('/riffusion/*', async () => {
    throw new ApiError(410, 'This endpoint is no longer supported.');
  });
  app.all('/studio/*', async () => {
    throw new ApiError(404, 'Not Found');
  });
}
