import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { coerceError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { EventOf, Observe } from '../telemetry/events.ts';
import { createCauses } from '../tracker/causes.ts';
import type { ReportOutcome } from '../tracker/reports.ts';
import type { Tracker } from '../tracker/tracker.ts';
import { WEBHOOK_PATH, type Webhooks } from '../tracker/webhooks.ts';
import { Seen } from './seen.ts';
import { isSigned, readWebhookHeaders, type WebhookHeaders } from './webhook-signature.ts';

/** What receiving webhooks needs. */
export interface WebhookRouteOptions {
  readonly webhooks: Webhooks;
  readonly tracker: Pick<Tracker, 'report'>;
  readonly log: Logger;
  readonly observe: Observe;
  /** Epoch ms. */
  readonly now: () => number;
}

const OUTCOMES = { woken: 'woken', nothing: 'known', 'no-task': 'no_task' } as const satisfies Record<
  ReportOutcome,
  EventOf<'webhook'>['outcome']
>;

/** The only part of a body that is used: everything else is asked for anew. */
const bodySchema = z.object({ task_id: z.string().min(1).max(200) });

/**
 * `POST /webhooks/musicapi/<task id>`. Nothing is read before the headers are in order, nothing is done before the
 * signature is, and then the task is only looked at sooner: a call that is forged, old or repeated changes nothing.
 */
export function registerWebhooks(
  app: FastifyInstance,
  { webhooks, tracker, log, now, observe }: WebhookRouteOptions,
): void {
  const seen = new Seen();
  const causes = createCauses();
  const tell = (taskId: string, { elapsedTime: ms }: FastifyReply, outcome: EventOf<'webhook'>['outcome']) =>
    observe({ kind: 'webhook', taskId, outcome, ms });
  const refuse = (taskId: string, reply: FastifyReply, reason: string) => {
    tell(taskId, reply, 'refused');
    // Anybody may knock, so it is said rarely; the operator has to learn of a signature that never fits.
    if (causes.isNews(reason, now())) log.warn({ taskId, reason }, 'a webhook call was refused');
    return { error: 'Unauthorized' };
  };
  const headersOf = new WeakMap<object, WebhookHeaders>();

  app.post<{ Params: { taskId: string } }>(`${WEBHOOK_PATH}/:taskId`, {
    onRequest: async (request, reply) => {
      const headers = readWebhookHeaders(request.headers, now());
      if (headers) headersOf.set(request, headers);
      else await reply.code(401).send(refuse(request.params.taskId, reply, 'headers missing or too old'));
    },
    handler: async (request, reply) => {
      const { taskId } = request.params;
      const headers = headersOf.get(request);
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      if (!headers || !isSigned(headers, body, webhooks.of(taskId).secret)) {
        return await reply.code(401).send(refuse(taskId, reply, 'wrong signature'));
      }
      // The id is not part of what is signed: a copied call may carry another one, but no other signature.
      const keys = [`${taskId} ${headers.signature}`, ...(headers.id ? [`${taskId} ${headers.id}`] : [])];
      if (keys.some((key) => seen.has(key))) {
        tell(taskId, reply, 'repeated');
        return { message: 'known' };
      }
      try {
        const outcome = await tracker.report(taskId, readProviderTaskId(body));
        tell(taskId, reply, OUTCOMES[outcome]);
        if (outcome === 'no-task') return await reply.code(404).send({ error: 'Not Found' });
      } catch (error) {
        tell(taskId, reply, 'failed');
        log.error({ err: coerceError(error), taskId }, 'a webhook call could not be taken in');
        return await reply.code(503).header('retry-after', '30').send({ error: 'Service Unavailable' });
      }
      for (const key of keys) seen.add(key);
      return { message: 'success' };
    },
  });
}

function readProviderTaskId(body: Buffer): string | undefined {
  try {
    return bodySchema.safeParse(JSON.parse(body.toString('utf8'))).data?.task_id;
  } catch {
    return undefined;
  }
}
