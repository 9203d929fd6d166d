import type { Origin } from '../../domain/origin.ts';
import type { Task } from '../../domain/task.ts';
import type { Logger } from '../../log.ts';
import { findCard } from '../../store/cards.ts';
import type { Store } from '../../store/open.ts';
import { operationWords } from '../../words/operation-words.ts';
import { languageForAll } from '../../words/readers.ts';
import { speak } from '../../words/words.ts';
import type { DiscordApi } from '../api/api.ts';
import { CODE, describeApiError, isRefusal, isUncertain } from '../api/api-errors.ts';
import { oneLine } from '../messages/text.ts';

/** Discord takes at most 100 characters (Discord: Start Thread from Message). */
const MAX_NAME_LENGTH = 90;

/** Tasks whose thread is known without asking again. */
const MAX_KNOWN = 500;

/** Opens the threads that servers want results in: one per task, below its status card. */
export class ResultThreads {
  readonly #store: Store;
  readonly #api: Pick<DiscordApi, 'startThread'>;
  readonly #log: Logger;
  /** By the message that it hangs on; undefined: there is none to be had. */
  readonly #known = new Map<string, string | undefined>();

  constructor(store: Store, api: Pick<DiscordApi, 'startThread'>, log: Logger) {
    this.#store = store;
    this.#api = api;
    this.#log = log;
  }

  /**
   * The channel that a task's results go to: the thread below its card, else the channel of the request.
   *
   * @throws what Discord gave no certain answer with
   */
  async open(task: Task): Promise<string> {
    const { origin } = task;
    if (origin.results !== 'thread') return origin.channelId;
    // Tasks that were asked for together share the card of the first of them.
    const messageId = (await findCard(this.#store.db, task.groupId ?? task.id))?.messageId;
    if (messageId === undefined) return origin.channelId;
    if (!this.#known.has(messageId)) this.#remember(messageId, await this.#start(task, messageId));
    return this.#known.get(messageId) ?? origin.channelId;
  }

  /** A thread that hangs on a message has the id of the message (Discord: Start Thread from Message). */
  async #start(task: Task, messageId: string): Promise<string | undefined> {
    try {
      return await this.#api.startThread(task.origin.channelId, messageId, nameOf(task));
    } catch (error) {
      if (isRefusal(error, CODE.threadExists)) return messageId;
      if (isUncertain(error)) throw error;
      this.#log.info({ reference: task.id, reason: describeApiError(error) }, 'no thread for the results');
      return undefined;
    }
  }

  #remember(messageId: string, threadId: string | undefined): void {
    this.#known.set(messageId, threadId);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MAX_KNOWN && oldest !== undefined) this.#known.delete(oldest);
  }
}

function nameOf({ request, origin }: { readonly request: Task['request']; readonly origin: Origin }): string {
  const { title, prompt, tags, engine, operation } = request;
  const own = [title, prompt, tags].map((text) => oneLine(text ?? '', MAX_NAME_LENGTH).trim()).find(Boolean);
  return own ?? speak(languageForAll(origin), () => operationWords({ engine, id: operation }).label);
}
