import { setImmediate as nextTurn } from 'node:timers/promises';
import pLimit from 'p-limit';
import { isGone } from '../../domain/forgotten.ts';
import { coerceError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import {
  claimDueCards,
  type DueCard,
  findCard,
  redoCard,
  renewCards,
  type SavedCard,
  saveCard,
} from '../../store/cards.ts';
import type { Store } from '../../store/open.ts';
import type { Executor } from '../../store/schema.ts';
import { DatabaseUnavailableError } from '../../store/unavailable.ts';
import { createLoop, type Loop, logFailedPass } from '../../tracker/loop.ts';
import { languageForRequester } from '../../words/readers.ts';
import { speak } from '../../words/words.ts';
import { settleWithin } from '../interactions/settle-within.ts';
import { buildCard, findFetched } from './card-content.ts';
import { CardEditor, RETRY_MS } from './card-editor.ts';
import type { CardMaker } from './card-maker.ts';
import type { CardSender } from './card-sender.ts';
import type { CardViews } from './card-views.ts';
import { buildWords, wordKeyOf } from './card-words.ts';
import { HeldLeases } from './held-leases.ts';

interface KeeperDeps {
  readonly store: Store;
  readonly log: Logger;
  readonly sender: CardSender;
  readonly views: CardViews;
  readonly maker: CardMaker;
  /** Name of this process in leases. */
  readonly owner: string;
  /** How long other processes leave a card alone that this one shows; renewed meanwhile. */
  readonly leaseMs: number;
}

const CONCURRENCY = 16;

/** Cards whose files are being fetched and sent: each may have 25 MiB in memory. */
const FILES_CONCURRENCY = 2;

/** Keeps every status card true: a change at once, progress ever more rarely, until there is nothing to show. */
export class CardKeeper {
  readonly #deps: KeeperDeps;
  readonly #loop: Loop;
  readonly #limit = pLimit(CONCURRENCY);
  readonly #fileLimit = pLimit(FILES_CONCURRENCY);
  readonly #stopping = new AbortController();
  readonly #editor: CardEditor;
  readonly #underWay = new Set<Promise<void>>();
  /** Looks whose result the next pass writes. */
  #saves: readonly { readonly taskId: string; readonly saved: SavedCard }[] = [];
  /** By the ids of the tasks whose cards are being shown. */
  readonly #leases: HeldLeases;
  #gaveUp = false;

  constructor(deps: KeeperDeps) {
    this.#deps = deps;
    this.#editor = new CardEditor(deps.sender);
    this.#leases = new HeldLeases(deps.owner, deps.leaseMs);
    this.#loop = createLoop({
      name: 'cards',
      pass: () => this.#pass(),
      minWaitMs: 20,
      maxWaitMs: 1_000,
      onError: logFailedPass(deps.log),
    });
  }

  start(): void {
    this.#loop.start();
  }

  wake(): void {
    this.#loop.wake();
  }

  /** Begins no edit any more and waits for those under way, at most `graceMs`: the rest is shown after a restart. */
  async stop(graceMs: number): Promise<void> {
    await this.#loop.stop();
    await settleWithin(this.#underWay, graceMs);
    this.#gaveUp = true;
    this.#stopping.abort();
    await this.#exchange(async () => undefined);
  }

  /** One transaction for both directions: what was shown goes in, what is due comes out. */
  async #pass(): Promise<undefined> {
    const { store, log } = this.#deps;
    const limit = CONCURRENCY * 2 - this.#limit.activeCount - this.#limit.pendingCount;
    const now = await store.now();
    const renewal = this.#leases.takeRenewal(now);
    const lease = this.#leases.leaseAt(now);
    const claim = { now, limit, owner: lease.owner, leaseUntil: lease.until };
    const onBroken = (error: Error) => log.error({ err: error }, 'a card cannot be read');
    const { renewed, due } = await this.#exchange(async (tx) => ({
      renewed: renewal ? await renewCards(tx, renewal.lease, renewal.ids) : [],
      due: limit > 0 ? await claimDueCards(tx, { ...claim, onBroken }) : [],
    }));
    if (renewal) this.#leases.noteRenewed(renewal, renewed);
    for (const card of due) {
      const isBeingShown = this.#leases.has(card.task.id);
      this.#leases.hold(card.task.id, lease);
      if (isBeingShown) continue;
      this.#begin(card);
      // Building cards is work: interactions have to be acknowledged in between.
      await nextTurn();
    }
  }

  #begin(card: DueCard): void {
    // Files may take minutes, in which all other cards have to stay true.
    const limit = findFetched({ task: card.task }) ? this.#fileLimit : this.#limit;
    const showing = limit(() => this.#show(card)).finally(() => {
      this.#underWay.delete(showing);
      this.#leases.drop(card.task.id);
      this.#loop.wake();
    });
    this.#underWay.add(showing);
  }

  /** Writes what was shown, together with `work`. In the order of the ids, as everybody who writes many tasks. */
  async #exchange<T>(work: (tx: Executor) => Promise<T>): Promise<T> {
    const saves = [...this.#saves].sort((a, b) => (a.taskId < b.taskId ? -1 : 1));
    this.#saves = [];
    try {
      return await this.#deps.store.transaction(async (tx) => {
        for (const { taskId, saved } of saves) await this.#save(tx, taskId, saved);
        return await work(tx);
      });
    } catch (error) {
      this.#saves = [...saves, ...this.#saves];
      throw error;
    }
  }

  async #save(tx: Executor, taskId: string, saved: SavedCard): Promise<void> {
    if (await saveCard(tx, taskId, this.#leases.owner, saved)) return;
    if (saved.editedAt === undefined) return;
    // Another process took the card over and showed it, too. Which edit came last, nobody knows, so there is one more.
    const card = await findCard(tx, taskId);
    await redoCard(tx, taskId, forgetContent(card?.digest), saved.editedAt);
  }

  #keep(taskId: string, saved: SavedCard): void {
    this.#saves = [...this.#saves, { taskId, saved }];
  }

  async #show({ task, card }: DueCard): Promise<void> {
    const { store, log, views, maker, sender } = this.#deps;
    const { version } = card;
    if (isGone(task.origin.userId)) return this.#keep(task.id, { version, dueAt: undefined });
    const isLost = async () => !this.#leases.isSafe(task.id, await store.now());
    try {
      const now = await store.now();
      const view = await views.load(task, card, now);
      const made = await maker.make(view, card, this.#stopping.signal);
      if (this.#gaveUp) return;
      if (!made) return this.#keep(task.id, { version, dueAt: undefined });
      const wordKey = wordKeyOf(view);
      // After a standstill others may know more: whoever has the card now shows it.
      if (await isLost()) return this.#keep(task.id, { version, dueAt: now });
      const saved = await this.#editor.edit(view, card, made, wordKey);
      if (this.#gaveUp) return;
      if (saved.digest && !card.digest?.startsWith(`${wordKey}:`)) {
        const isVisible = saved.messageId !== undefined;
        const words = speak(languageForRequester(task.origin), () =>
          buildWords(view, { build: () => buildCard(view).body, isVisible }),
        );
        if (words && (await isLost()))
          return this.#keep(task.id, { version, dueAt: now, editedAt: saved.editedAt });
        if (words) await sender.say(task, words, wordKey, now);
      }
      this.#keep(task.id, saved);
    } catch (error) {
      if (this.#gaveUp) return;
      const isDatabase = error instanceof DatabaseUnavailableError;
      if (!isDatabase) log.error({ reference: task.id, err: coerceError(error) }, 'card not shown');
      const dueAt = (await store.now()) + RETRY_MS;
      this.#keep(task.id, { version, dueAt });
    }
  }
}

/** The same words, and content that no card has. */
function forgetContent(digest: string | undefined): string {
  return digest?.replace(/[^:]*$/, '') ?? '';
}
