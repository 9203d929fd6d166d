import { createHash } from 'node:crypto';
import { coerceError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import type { Store } from '../../store/open.ts';
import {
  claimNotice,
  endNotice,
  findToldAt,
  NOTICE_INTERVAL_MS,
  recordEnded,
} from '../../store/operator-notices.ts';
import { DatabaseUnavailableError } from '../../store/unavailable.ts';
import type { NoticeCause, Observe } from '../../telemetry/events.ts';
import { speak } from '../../words/words.ts';
import type { DiscordApi } from '../api/api.ts';
import { describeApiError, isPlaceClosed } from '../api/api-errors.ts';
import type { Preferences } from '../interactions/preferences.ts';
import { buildMessage } from '../messages/message.ts';
import type { Operators } from '../people/operators.ts';
import { isMoment, keyOf, type Over, type Trouble, type Unjudged } from './trouble.ts';
import { describeOver, describeTrouble } from './trouble-words.ts';

/** What telling the operators needs. */
export interface NoticeDeps {
  readonly store: Store;
  readonly api: Pick<DiscordApi, 'openDirectMessage' | 'post'>;
  readonly operators: Pick<Operators, 'list'>;
  readonly preferences: Pick<Preferences, 'languageOf'>;
  readonly observe: Observe;
  readonly log: Logger;
}

/** What was told without the database. */
interface Unwritten {
  readonly since: number;
  readonly toldAt: number;
}

const DATABASE = { cause: 'database', subject: '' } as const;

/**
 * Tells the people who run the bot, by direct message and nobody else, what only they can mend: once per cause and hour
 * over all processes, and once when it is over. The log has it in any case. Nothing here throws.
 */
export class OperatorNotices {
  readonly #deps: NoticeDeps;
  /** Operators who take no messages: the log has it, and need not have it again. */
  readonly #closed = new Set<string>();
  #outageToldAt: number | undefined;
  #outage: Unwritten | undefined;

  constructor(deps: NoticeDeps) {
    this.#deps = deps;
  }

  /** There is trouble. @param since - epoch ms @defaultValue now */
  async tell(trouble: Trouble, since?: number): Promise<void> {
    const { store } = this.#deps;
    const key = keyOf(trouble);
    await this.#attempt(key.cause, async () => {
      const claim = await store.transaction(async (tx) => {
        const now = await store.now(tx);
        const begin = await claimNotice(tx, { ...key, since: since ?? now }, now);
        if (begin !== undefined && isMoment(trouble)) await endNotice(tx, key, now);
        return begin === undefined ? undefined : { begin, now };
      });
      if (!claim) return;
      await this.#send(key.cause, `${key.subject}:${claim.now}`, () => describeTrouble(trouble, claim.begin));
    });
  }

  /** Trouble is over. Said to those who know of it, if nobody has said so yet. */
  async tellOver(over: Over | Unjudged): Promise<void> {
    const { store } = this.#deps;
    const key = keyOf(over);
    await this.#attempt(key.cause, async () => {
      const end = await store.transaction(async (tx) => {
        const now = await store.now(tx);
        const since = await endNotice(tx, key, now);
        return since === undefined ? undefined : { since, now };
      });
      if (!end) return;
      const { since, now } = end;
      const found = 'judge' in over ? await over.judge(since) : over;
      await this.#send(key.cause, `${key.subject}:over:${now}`, () => describeOver(found, now - since));
    });
  }

  /** The trouble has become another one, of which the operators are told: it ends without a word. */
  async drop(over: Over): Promise<void> {
    const { store } = this.#deps;
    const key = keyOf(over);
    await this.#attempt(key.cause, async () => {
      await store.transaction(async (tx) => await endNotice(tx, key, await store.now(tx)));
    });
  }

  /** Reads when the operators were told of the database last, so that a restart does not tell them again. */
  async start(): Promise<void> {
    await this.#attempt('database', async () => {
      this.#outageToldAt = await findToldAt(this.#deps.store.db, DATABASE);
    });
  }

  /**
   * The database is away, and with it the memory of who was told what. Every process remembers for itself, and Discord
   * takes the same message of several processes for one (`enforce_nonce`).
   */
  async tellOutage(downMs: number): Promise<void> {
    await this.#attempt('database', async () => {
      // Carried on from when the database was asked last.
      const toldAt = await this.#deps.store.now();
      if (this.#outageToldAt !== undefined && toldAt - this.#outageToldAt < NOTICE_INTERVAL_MS) return;
      this.#outageToldAt = toldAt;
      this.#outage = { since: this.#outage?.since ?? toldAt - downMs, toldAt };
      const { since } = this.#outage;
      const hour = Math.floor(toldAt / NOTICE_INTERVAL_MS);
      await this.#send('database', String(hour), () => describeTrouble({ cause: 'database' }, since));
    });
  }

  /** The database is back: what was told in the meantime is written down, and one process says that it is over. */
  async tellOutageOver(): Promise<void> {
    const outage = this.#outage;
    if (!outage) return;
    const { store } = this.#deps;
    await this.#attempt('database', async () => {
      const now = await store.transaction(async (tx) => {
        const at = await store.now(tx);
        return (await recordEnded(tx, { ...DATABASE, ...outage }, at)) ? at : undefined;
      });
      this.#outage = undefined;
      if (now === undefined) return;
      const lastedMs = now - outage.since;
      await this.#send('database', `over:${now}`, () => describeOver({ cause: 'database' }, lastedMs));
    });
  }

  async #attempt(cause: NoticeCause, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      // Whoever noticed the trouble does so again.
      if (error instanceof DatabaseUnavailableError) return;
      this.#deps.observe({ kind: 'operator-notice', cause, outcome: 'failed' });
      this.#deps.log.warn({ cause, err: coerceError(error) }, 'operators not told');
    }
  }

  async #send(cause: NoticeCause, occasion: string, describe: () => string): Promise<void> {
    const nonce = createHash('sha256').update(`${cause}:${occasion}`).digest('base64url').slice(0, 25);
    for (const operatorId of await this.#deps.operators.list()) {
      await this.#sendTo(operatorId, cause, nonce, describe);
    }
  }

  async #sendTo(
    operatorId: string,
    cause: NoticeCause,
    nonce: string,
    describe: () => string,
  ): Promise<void> {
    const { api, preferences, observe, log } = this.#deps;
    try {
      const content = speak(preferences.languageOf(operatorId), describe);
      const channelId = await api.openDirectMessage(operatorId);
      await api.post(channelId, { ...buildMessage({ content }), nonce });
      this.#closed.delete(operatorId);
      observe({ kind: 'operator-notice', cause, outcome: 'sent' });
    } catch (error) {
      const isClosed = isPlaceClosed(error);
      observe({ kind: 'operator-notice', cause, outcome: isClosed ? 'not_taken' : 'failed' });
      if (this.#closed.has(operatorId)) return;
      const facts = { cause, operatorId, reason: describeApiError(error) };
      if (!isClosed) return log.warn(facts, 'an operator could not be told');
      this.#closed.add(operatorId);
      log.warn(facts, 'an operator takes no message');
    }
  }
}
