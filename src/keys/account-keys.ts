/** MusicAPI keys of servers and members: kept sealed, opened where a call needs them, never shown. */
import { ulid } from 'ulid';
import { coerceError, UserError } from '../errors.ts';
import { hideFrom, type Logger } from '../log.ts';
import { MusicApiError } from '../musicapi/errors.ts';
import type { Credits } from '../musicapi/types.ts';
import {
  findAccountKey,
  noteKeyRefused,
  removeAccountKey,
  resealAccountKey,
  type SealedKey,
  saveAccountKey,
} from '../store/account-keys.ts';
import { ensureAccount, ownerOf } from '../store/accounts.ts';
import { addAudit } from '../store/audit.ts';
import { lockKey } from '../store/dialect.ts';
import { countUnderWay } from '../store/in-flight.ts';
import type { Store } from '../store/open.ts';
import { bumpRevision } from '../store/revisions.ts';
import type { Executor } from '../store/schema.ts';
import { words } from '../words/words.ts';
import { type KeyBox, SealError } from './key-box.ts';

/** What looking after the keys needs. */
interface AccountKeysDeps {
  readonly store: Store;
  readonly log: Logger;
  /** Undefined: nobody may store a key. */
  readonly box: KeyBox | undefined;
  /** Asks MusicAPI for the balance of a key: it says whether it takes it. */
  readonly check: (key: string, signal: AbortSignal) => Promise<Credits>;
  /** Called after a key was set or removed. */
  readonly onChange: () => Promise<void> | void;
  /** Called once when MusicAPI does not take a key any more. */
  readonly onRefused: (key: SealedKey) => void;
  /** Ids of audit entries. @defaultValue ULIDs */
  readonly newId?: () => string;
}

/** What may be told of a key. */
export interface KeyView {
  /** Another number: another key. */
  readonly version: number;
  readonly setBy: string;
  /** Epoch ms. */
  readonly setAt: number;
  /** MusicAPI does not take it any more. */
  readonly isRefused: boolean;
  /** The encryption key that it was sealed with is still there. */
  readonly isReadable: boolean;
}

/** Is given the version of the key that is there, if there is one; throws when it is not what somebody was shown. */
export type KeyCheck = (version: number | undefined) => void;

/** A key, open. */
interface OpenKey {
  readonly key: string;
  readonly version: number;
}

/** The person who waits for it has pressed a button. */
const CHECK_TIMEOUT_MS = 10_000;

/**
 * A shorter text could be any word. While it is checked it is cut out of the lines of the log, so nothing that their
 * form is made of (quotation marks, braces, commas, numbers) may be a key.
 */
const KEY_PATTERN = /^(?![\d.e-]*$)[\w.-]{8,500}$/i;

/** Keys of one's own. */
export class AccountKeys {
  readonly #deps: AccountKeysDeps;
  readonly #open = new Map<string, OpenKey>();

  constructor(deps: AccountKeysDeps) {
    this.#deps = deps;
  }

  /** Whether keys can be stored at all; if not, `set` says how to switch it on. */
  get isPossible(): boolean {
    return this.#deps.box !== undefined;
  }

  /** What may be told of an account's key; undefined without one. */
  async look(accountId: string): Promise<KeyView | undefined> {
    const found = await findAccountKey(this.#deps.store.db, accountId);
    if (!found) return undefined;
    const { setBy, setAt, refusedAt, version } = found;
    const isReadable = (await this.find(accountId)) !== undefined;
    return { version, setBy, setAt, isRefused: refusedAt !== undefined, isReadable };
  }

  /**
   * Sets the key of a server or member, once MusicAPI has taken it. The one that was there is gone.
   *
   * @param check - is given the version of the key that is there at that moment, and may throw
   * @returns with its balance
   * @throws UserError when it is none, MusicAPI refuses it or does not answer, keys are switched off, or songs are
   * being made with the one that was there.
   */
  async set(
    accountId: string,
    typed: string,
    by: string,
    check?: KeyCheck,
  ): Promise<{ readonly isReplaced: boolean; readonly credits: Credits }> {
    const { box, store, log } = this.#deps;
    const key = typed.trim();
    if (!box) throw new UserError(words().settings.keys.off);
    if (!KEY_PATTERN.test(key)) throw new UserError(words().settings.keys.malformed);
    const reveal = hideFrom(log, key);
    const credits = await this.#check(accountId, key).catch((error: unknown) => {
      reveal();
      throw error;
    });
    // Somebody else who typed the same may have taken it back.
    hideFrom(log, key);
    const sealed = box.seal(accountId, key);
    const isReplaced = await store.transaction(async (tx) => {
      await lockKey(tx, lockOf(accountId));
      const at = await store.now(tx);
      await ensureAccount(tx, accountId, at);
      const before = await findAccountKey(tx, accountId);
      check?.(before?.version);
      if (before) await this.#expectIdle(tx, before, key);
      // From the clock, so that a key that was removed and set again does not come back by its number.
      const version = Math.max(at, (before?.version ?? 0) + 1);
      await saveAccountKey(tx, { accountId, ...sealed, version, setBy: by, setAt: at });
      await this.#writeDown(tx, accountId, by, before ? 'replaced' : 'set', at);
      return before !== undefined;
    });
    await this.#deps.onChange();
    return { isReplaced, credits };
  }

  /**
   * Forgets the key of an account; false when there was none. Its songs stay; what waits to be sent with it ends.
   *
   * @throws UserError while songs are being made with it.
   */
  async remove(accountId: string, by: string, check?: KeyCheck): Promise<boolean> {
    const { store } = this.#deps;
    const isRemoved = await store.transaction(async (tx) => {
      await lockKey(tx, lockOf(accountId));
      const before = await findAccountKey(tx, accountId);
      check?.(before?.version);
      if (before) await this.#expectIdle(tx, before);
      const removed = await removeAccountKey(tx, accountId);
      if (removed) await this.#writeDown(tx, accountId, by, 'removed', await store.now(tx));
      return removed;
    });
    this.#open.delete(accountId);
    if (isRemoved) await this.#deps.onChange();
    return isRemoved;
  }

  /** The key of an account for one call; undefined when there is none, or it cannot be opened. */
  async find(accountId: string): Promise<OpenKey | undefined> {
    const { store, log } = this.#deps;
    const found = await findAccountKey(store.db, accountId);
    const known = this.#open.get(accountId);
    if (found && known?.version === found.version) return known;
    this.#open.delete(accountId);
    const key = found && (await this.#unseal(found));
    if (!found || key === undefined) return undefined;
    hideFrom(log, key);
    const open = { key, version: found.version };
    this.#open.set(accountId, open);
    return open;
  }

  /** Notes that MusicAPI refused a key. Never throws: the refusal itself is told by the call. */
  async noteRefused(accountId: string, version: number): Promise<void> {
    const { store, log, onChange, onRefused } = this.#deps;
    try {
      if (!(await noteKeyRefused(store.db, { accountId, version }, await store.now()))) return;
      log.warn({ accountId }, 'MusicAPI does not take an own key any more: its queue waits');
      const found = await findAccountKey(store.db, accountId);
      if (found) onRefused(found);
      await onChange();
    } catch (error) {
      log.error({ accountId, err: coerceError(error) }, 'that a key was refused could not be written');
    }
  }

  async #check(accountId: string, key: string): Promise<Credits> {
    try {
      return await this.#deps.check(key, AbortSignal.timeout(CHECK_TIMEOUT_MS));
    } catch (error) {
      this.#deps.log.info({ accountId, err: coerceError(error) }, 'an own key was not taken');
      const { refusedNow, unchecked } = words().settings.keys;
      const isRefused = error instanceof MusicApiError && error.kind === 'not-authorised';
      throw new UserError(isRefused ? refusedNow : unchecked);
    }
  }

  /** No other key could fetch what is being made with this one: it would be paid for and lost. */
  async #expectIdle(tx: Executor, before: SealedKey, next?: string): Promise<void> {
    if (before.refusedAt !== undefined) return;
    const present = this.#peek(before);
    if (present === undefined || present === next) return;
    const count = await countUnderWay(tx, before.accountId);
    if (count > 0) throw new UserError(words().settings.keys.inUse({ count }));
  }

  /** The key, where it can be opened. */
  #peek(sealed: SealedKey): string | undefined {
    try {
      return this.#deps.box?.open(sealed.accountId, sealed);
    } catch (error) {
      if (error instanceof SealError) return undefined;
      throw error;
    }
  }

  /** Opens a key, and seals it with the present encryption key where it was sealed with an earlier one. */
  async #unseal(found: SealedKey): Promise<string | undefined> {
    const { box, store, log } = this.#deps;
    const { accountId } = found;
    try {
      if (!box) throw new SealError('ENCRYPTION_KEY is not set');
      const key = box.open(accountId, found);
      if (!box.isCurrent(found)) await resealAccountKey(store.db, found, box.seal(accountId, key));
      return key;
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      log.error({ accountId, err: error }, 'an own key cannot be opened');
      return undefined;
    }
  }

  async #writeDown(tx: Executor, accountId: string, by: string, detail: string, at: number): Promise<void> {
    const { newId = ulid } = this.#deps;
    const owner = ownerOf(accountId);
    const guildId = owner.kind === 'server' ? owner.guildId : '';
    await addAudit(tx, { id: newId(), guildId, actorId: by, targetId: accountId, act: 'key', detail, at });
    await bumpRevision(tx, 'settings');
  }
}

function lockOf(accountId: string): string {
  return `key of ${accountId}`;
}
