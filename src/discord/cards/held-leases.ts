import type { Lease } from '../../store/schema.ts';

/** Claims that have to be prolonged now. */
export interface Renewal {
  readonly lease: Lease;
  /** In their order, as everybody who writes many rows takes them. */
  readonly ids: readonly string[];
}

/** The claims of a loop on what it works on: prolonged three times within a lease. */
export class HeldLeases {
  readonly #owner: string;
  readonly #leaseMs: number;
  /** By id: until when nobody else can have it (epoch ms). */
  readonly #until = new Map<string, number>();
  #nextAt = 0;

  constructor(owner: string, leaseMs: number) {
    this.#owner = owner;
    this.#leaseMs = leaseMs;
  }

  /** Name of this process in leases. */
  get owner(): string {
    return this.#owner;
  }

  /** A claim that is made, or prolonged, at `now` (epoch ms). */
  leaseAt(now: number): Lease {
    return { owner: this.#owner, until: now + this.#leaseMs };
  }

  /** Whether this is being worked on, even if the claim may be lost. */
  has(id: string): boolean {
    return this.#until.has(id);
  }

  /** Work on this begins, or its claim was made anew. */
  hold(id: string, { until }: Lease): void {
    this.#until.set(id, until);
  }

  /** Work on this has ended. */
  drop(id: string): void {
    this.#until.delete(id);
  }

  /** Whether nobody else can have taken this over: after a standstill longer than a lease somebody may have. */
  isSafe(id: string, now: number): boolean {
    return now < (this.#until.get(id) ?? 0);
  }

  /** What to prolong, if there is something and it is time for that. */
  takeRenewal(now: number): Renewal | undefined {
    if (this.#until.size === 0 || now < this.#nextAt) return undefined;
    this.#nextAt = now + this.#leaseMs / 3;
    return { lease: this.leaseAt(now), ids: [...this.#until.keys()].sort() };
  }

  /** Those of them that were still there to be prolonged; the others are somebody else's. */
  noteRenewed({ lease, ids }: Renewal, renewed: readonly string[]): void {
    const ours = new Set(renewed);
    for (const id of ids) if (this.#until.has(id)) this.#until.set(id, ours.has(id) ? lease.until : 0);
  }
}
