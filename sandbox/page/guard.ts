import type { FastifyInstance } from 'fastify';
import { PageError } from './page-error.ts';

/** What every answer says about itself: nothing from elsewhere is loaded, and nobody else may load it. */
const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

/** The content security policy of everything here. @param scripts - hashes of scripts that stand in the page itself */
export function buildPolicy(scripts: readonly string[] = []): string {
  return [
    "default-src 'self'",
    ["script-src 'self'", ...scripts.map((hash) => `'sha256-${hash}'`)].join(' '),
    // Elements carry styles of their own; those are no way in for anybody's script.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * Keeps other pages of the same browser away from a server on loopback: a name of theirs that leads here (DNS
 * rebinding) is refused by `Host`, what they send from their own pages (cross-site requests) by `Origin`.
 */
export function registerGuard(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...HEADERS, 'content-security-policy': buildPolicy() });
    const { host, origin } = request.headers;
    const port = request.socket.localPort;
    if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) {
      throw new PageError(403, `This page is only at http://127.0.0.1:${port}, not at ${host}.`);
    }
    if (origin !== undefined && origin !== `http://${host}`) {
      throw new PageError(403, `Pages of ${origin} may not do anything here.`);
    }
  });
}
