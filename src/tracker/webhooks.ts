import { createHmac } from 'node:crypto';
import type { Webhook } from '../musicapi/types.ts';

/** Path below `PUBLIC_URL` at which MusicAPI reports a task; our own id follows. */
export const WEBHOOK_PATH = '/webhooks/musicapi';

/** Where MusicAPI reports tasks, and with what it signs. */
export interface Webhooks {
  /** What a creating POST is given. Our own id is in it, so it works before the POST's answer is known. */
  of(taskId: string): Webhook;
}

/**
 * Creates the webhooks of all tasks. Every task has a secret of its own, derived from one that is kept in the
 * database: so it holds over restarts and processes, and knowing one secret does not tell another.
 *
 * @param publicUrl - https address without a slash at the end
 */
export function createWebhooks(publicUrl: string, rootSecret: string): Webhooks {
  return {
    of: (taskId) => ({
      url: `${publicUrl}${WEBHOOK_PATH}/${encodeURIComponent(taskId)}`,
      secret: createHmac('sha256', rootSecret).update(`webhook ${taskId}`).digest('base64url'),
    }),
  };
}
