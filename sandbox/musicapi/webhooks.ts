import { createHmac, randomUUID } from 'node:crypto';
import type { Task } from './tasks.ts';
import type { WebhookEvent } from './webhook-event.ts';

/**
 * How webhooks are sent: `on`: once, in order; `off`: never; `forged`: signed with another secret; `repeated`: every
 * event three times; `late`: with a time stamp from ten minutes ago.
 */
type WebhookMode = 'on' | 'off' | 'forged' | 'repeated' | 'late';

export interface WebhookSettings {
  /** @defaultValue on */
  readonly mode?: WebhookMode;
  /** Calls go to this scheme, host and port instead of the one that was asked for, as through a tunnel. */
  readonly origin?: string;
}

/** A call that was made. */
export interface SentWebhook {
  readonly taskId: string;
  readonly event: WebhookEvent['name'];
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** HTTP status of the answer; undefined while there is none, or when none came. */
  status: number | undefined;
  tookMs: number | undefined;
}

interface WebhooksOptions {
  readonly now: () => number;
  /** Ends everything when the server closes. */
  readonly signal: AbortSignal;
}

/** What a task looks like follows from the clock, so somebody has to look whether there is something to report. */
const LOOK_MS = 10;
const LATE_MS = 10 * 60_000;
const REPETITIONS = 3;

/** Reports tasks whose creates named a `webhook_url`, signed with their `webhook_secret`. */
export class Webhooks {
  /** Every call, oldest first. */
  readonly sent: SentWebhook[] = [];
  readonly #describe: (task: Task) => readonly WebhookEvent[];
  readonly #options: WebhooksOptions;
  /** Watched tasks with the events that were reported. */
  readonly #watched = new Map<Task, Set<WebhookEvent['name']>>();
  #settings: Required<Pick<WebhookSettings, 'mode'>> & WebhookSettings = { mode: 'on' };
  #timer: NodeJS.Timeout | undefined;

  constructor(describe: (task: Task) => readonly WebhookEvent[], options: WebhooksOptions) {
    this.#describe = describe;
    this.#options = options;
    options.signal.addEventListener('abort', () => clearInterval(this.#timer));
  }

  /** Changes how and where to webhooks are sent from now on. */
  set(settings: WebhookSettings): void {
    this.#settings = { ...this.#settings, ...settings };
  }

  /** Reports the task, if its create asked for it. */
  watch(task: Task): void {
    if (typeof task.body.webhook_url !== 'string' || this.#options.signal.aborted) return;
    this.#watched.set(task, new Set());
    this.#timer ??= setInterval(() => this.#look(), LOOK_MS).unref();
  }

  #look(): void {
    for (const [task, reported] of this.#watched) {
      const events = this.#describe(task).filter(({ name }) => !reported.has(name));
      for (const { name, isLast } of events) {
        reported.add(name);
        if (isLast) this.#watched.delete(task);
      }
      void this.#reportAll(task, events);
    }
    if (this.#watched.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #reportAll(task: Task, events: readonly WebhookEvent[]): Promise<void> {
    for (const event of events) await this.#report(task, event);
  }

  async #report(task: Task, event: WebhookEvent): Promise<void> {
    const { mode } = this.#settings;
    if (mode === 'off') return;
    const sentAt = this.#options.now() - (mode === 'late' ? LATE_MS : 0);
    const timestamp = String(Math.floor(sentAt / 1_000));
    const body = JSON.stringify(event.body);
    const secret = mode === 'forged' ? randomUUID() : String(task.body.webhook_secret ?? '');
    const id = randomUUID();
    const headers = {
      'content-type': 'application/json',
      'x-webhook-id': id,
      'idempotency-key': id,
      'x-webhook-event': event.name,
      'x-webhook-timestamp': timestamp,
      'x-webhook-signature': `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`,
    };
    const url = this.#placeUrl(String(task.body.webhook_url));
    const calls = mode === 'repeated' ? REPETITIONS : 1;
    for (let call = 0; call < calls; call += 1) {
      await this.#send({
        taskId: task.taskId,
        event: event.name,
        url,
        headers,
        body,
        status: undefined,
        tookMs: undefined,
      });
    }
  }

  async #send(call: SentWebhook): Promise<void> {
    this.sent.push(call);
    const { url, headers, body } = call;
    const startedAt = performance.now();
    try {
      const { signal } = this.#options;
      const answer = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
      await answer.arrayBuffer();
      call.status = answer.status;
      call.tookMs = performance.now() - startedAt;
    } catch {
      // Whether MusicAPI tries again is not documented, so here it does not.
    }
  }

  #placeUrl(wanted: string): string {
    const { origin } = this.#settings;
    const url = new URL(wanted);
    return origin === undefined ? wanted : `${origin}${url.pathname}${url.search}`;
  }
}
