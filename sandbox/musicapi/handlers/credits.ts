import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';

/** `GET /get-credits`. */
export function registerCredits(app: FastifyInstance, context: Context): void {
  app.get('/get-credits', async (request) => {
    const key = context.accounts.authorize(request.headers.authorization);
    context.tasks.settle();
    const { credits, extraCredits } = context.accounts.getBalance(key);
    return { credits, extra_credits: extraCredits };
  });
}
