import { ApiError, FORBIDDEN, UNAUTHORIZED } from './errors.ts';

/** Credits of a key. Extra credits are used first. */
export interface Balance {
  readonly credits: number;
  readonly extraCredits: number;
}

/** What was taken from a balance, so that a refund goes back to where it came from. */
export type Charge = Balance;

/** What a new key is given. */
export interface AccountOptions {
  /** @defaultValue a generated key */
  readonly key?: string;
  /** @defaultValue 1000 */
  readonly credits?: number;
  /** @defaultValue 0 */
  readonly extraCredits?: number;
  /** `false`: everything that costs credits is refused for want of a subscription. @defaultValue true */
  readonly subscribed?: boolean;
}

interface Account {
  credits: number;
  extraCredits: number;
  readonly subscribed: boolean;
  /** Epoch milliseconds of the last create that was accepted. */
  lastCreateAt: number;
}

/** Keys, their credits and their create rate. */
export class Accounts {
  readonly #accounts = new Map<string, Account>();
  readonly #createIntervalMs: number;

  /** @param createIntervalMs - least time between two accepted creates of one key */
  constructor(createIntervalMs: number) {
    this.#createIntervalMs = createIntervalMs;
  }

  /** Adds a key and returns it. */
  add(options: AccountOptions = {}): string {
    const key = options.key ?? `local-key-${this.#accounts.size + 1}`;
    this.#accounts.set(key, {
      credits: options.credits ?? 1000,
      extraCredits: options.extraCredits ?? 0,
      subscribed: options.subscribed ?? true,
      lastCreateAt: Number.NEGATIVE_INFINITY,
    });
    return key;
  }

  /** Takes a key back: from now on nobody knows it. */
  revoke(key: string): void {
    this.#accounts.delete(key);
  }

  /** The key that an Authorization header names. @throws ApiError 401 in the wording of the three cases */
  authorize(header: string | undefined): string {
    if (header === undefined || header === '') throw new ApiError(401, UNAUTHORIZED.missing);
    const key = /^Bearer ([^\s]+)$/.exec(header)?.[1];
    if (key === undefined) throw new ApiError(401, UNAUTHORIZED.format);
    if (!this.#accounts.has(key)) throw new ApiError(401, UNAUTHORIZED.unknownKey);
    return key;
  }

  /** The credits of a key. @throws RangeError when the key does not exist */
  getBalance(key: string): Balance {
    const { credits, extraCredits } = this.#get(key);
    return { credits, extraCredits };
  }

  /** Sets the credits of a key, as a purchase or a new billing cycle would. */
  setBalance(key: string, balance: Partial<Balance>): void {
    Object.assign(this.#get(key), balance);
  }

  /**
   * Refuses a create that comes too soon after the last accepted one. Refused creates do not count.
   *
   * @throws ApiError 429 with Retry-After in whole seconds; the body is not documented, this wording is ours
   */
  checkCreateRate(key: string, now: number): void {
    const waitMs = this.#get(key).lastCreateAt + this.#createIntervalMs - now;
    if (waitMs <= 0) return;
    throw new ApiError(429, 'Too many requests. Please slow down.', {
      headers: { 'retry-after': String(Math.ceil(waitMs / 1000)) },
    });
  }

  /** Notes that a create was accepted. */
  markCreate(key: string, now: number): void {
    this.#get(key).lastCreateAt = now;
  }

  /** Takes a price, extra credits first. @throws ApiError 403 without a subscription or with too few credits */
  charge(key: string, price: number): Charge {
    const account = this.#get(key);
    if (!account.subscribed) throw new ApiError(403, FORBIDDEN.subscription);
    if (account.credits + account.extraCredits < price) throw new ApiError(403, FORBIDDEN.credits);
    const extraCredits = Math.min(account.extraCredits, price);
    const credits = price - extraCredits;
    account.extraCredits -= extraCredits;
    account.credits -= credits;
    return { credits, extraCredits };
  }

  /** Gives a charge back. */
  refund(key: string, charge: Charge): void {
    const account = this.#get(key);
    account.credits += charge.credits;
    account.extraCredits += charge.extraCredits;
  }

  #get(key: string): Account {
    const account = this.#accounts.get(key);
    if (account === undefined) throw new RangeError(`no such key: ${key}`);
    return account;
  }
}
