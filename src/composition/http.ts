import { randomBytes } from 'node:crypto';
import { databaseCheck, type ReadinessCheck, trackerCheck } from '../http/readiness.ts';
import type { HttpServer } from '../http/server.ts';
import { keepSecret } from '../store/secrets.ts';
import { createStateLook } from '../telemetry/state-look.ts';
import type { Tracker } from '../tracker/tracker.ts';
import { createWebhooks, type Webhooks } from '../tracker/webhooks.ts';
import type { Basis } from './basis.ts';

/** What this process tells and hears by HTTP. */
interface HttpSide {
  /** Undefined without a public address: MusicAPI could not reach it. */
  readonly webhooks: Webhooks | undefined;
  /**
   * Starts the server, if there is to be one.
   *
   * @throws StartError when the address cannot be used.
   */
  start(serving: Serving): Promise<HttpServer | undefined>;
}

interface Serving {
  readonly tracker: Tracker;
  /** Whether interactions come. */
  readonly isConnected: () => boolean;
}

/** Creates what others ask of this process by HTTP. Most bots have no use for it, so they do not pay for loading it. */
export async function createHttpSide(basis: Basis): Promise<HttpSide> {
  const { config, log, store, now, metrics, observe } = basis;
  const port = config.httpPort;
  const webhooks = config.publicUrl === undefined ? undefined : await openWebhooks(basis, config.publicUrl);

  /** What has to be in order in a process of this role. */
  function listChecks({ tracker, isConnected }: Serving): ReadinessCheck[] {
    const gateway: ReadinessCheck = {
      name: 'gateway',
      look: async () => (isConnected() ? undefined : 'not connected'),
    };
    return [
      ...(config.role === 'worker' ? [] : [gateway]),
      databaseCheck(store),
      // How far behind the workers are is no reason to take a gateway out of service.
      ...(config.role === 'gateway' ? [] : [trackerCheck(store, tracker)]),
    ];
  }

  return {
    webhooks,
    async start(serving) {
      if (port === undefined) return undefined;
      const { startHttpServer } = await import('../http/server.ts');
      const look = createStateLook({
        store,
        isGatewayUp: config.role === 'worker' ? undefined : serving.isConnected,
        isProviderUp: config.role === 'gateway' ? undefined : () => !serving.tracker.isProviderDown,
      });
      const server = await startHttpServer({
        host: config.httpHost,
        port,
        log,
        checks: listChecks(serving),
        metrics: metrics && {
          contentType: metrics.contentType,
          read: async () => await metrics.read(await look()),
        },
        webhooks: webhooks && { webhooks, tracker: serving.tracker, now, observe },
      });
      log.info({ url: server.url, webhooks: webhooks !== undefined }, 'the HTTP server listens');
      return server;
    },
  };
}

/** What the webhooks of all tasks are signed with is made up once for a database and never leaves it. */
async function openWebhooks({ store }: Basis, publicUrl: string): Promise<Webhooks> {
  const fresh = randomBytes(32).toString('base64url');
  return createWebhooks(publicUrl, await store.transaction((tx) => keepSecret(tx, 'webhooks', fresh)));
}
