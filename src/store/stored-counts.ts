import { type SqlBool, sql } from 'kysely';
import { OPERATOR_ACCOUNT } from './accounts.ts';
import type { Executor } from './schema.ts';

/** How much of everything is under way. */
export interface StoredCounts {
  /** Tasks by state; `late` are expired or abandoned, and still looked at. */
  readonly tasks: Readonly<Record<'queued' | 'submitting' | 'running' | 'unknown' | 'late', number>>;
  /** Age of the oldest queued task; 0 where there is none. */
  readonly oldestQueuedMs: number;
  readonly openDeliveries: number;
  /** Age of the oldest of them; 0 where there is none. */
  readonly oldestDeliveryMs: number;
  /** The operator's credits at MusicAPI as the books last heard of them. */
  readonly balance: HeardBalance | undefined;
}

/** What MusicAPI said of a balance. */
export interface HeardBalance {
  readonly credits: number;
  /** How long ago. */
  readonly ageMs: number;
}

// Literally the conditions of the partial indexes, so that the numbers come from the indexes alone: what is not in one
// by itself is what two of them differ by.
const IS_QUEUED = sql<SqlBool>`state = 'queued'`;
const IS_OPEN = sql<SqlBool>`state in ('queued', 'submitting', 'running')`;
const IS_FOLLOWED = sql<SqlBool>`state in ('running', 'expired', 'abandoned') and due_at is not null`;
const IS_SUBMITTING = sql<SqlBool>`state in ('submitting', 'unknown') and state = 'submitting'`;
const IS_UNKNOWN = sql<SqlBool>`state in ('submitting', 'unknown') and state = 'unknown' and due_at is not null`;
const IS_OPEN_DELIVERY = sql<SqlBool>`state in ('pending', 'delivering')`;

const NOTHING = {
  queued: 0,
  open: 0,
  followed: 0,
  submitting: 0,
  unknown: 0,
  deliveries: 0,
  queuedSince: null,
  deliverySince: null,
  balance: null,
  balanceReadAt: null,
};

/** Counts what is under way, in one statement that reads no more than there is of it. */
export async function countStored(executor: Executor, now: number): Promise<StoredCounts> {
  const { rows } = await sql<Record<keyof typeof NOTHING, number | string | null>>`select
    (select count(*) from tasks where ${IS_QUEUED}) as queued,
    (select count(*) from tasks where ${IS_OPEN}) as open,
    (select count(*) from tasks where ${IS_FOLLOWED}) as followed,
    (select count(*) from tasks where ${IS_SUBMITTING}) as submitting,
    (select count(*) from tasks where ${IS_UNKNOWN}) as unknown,
    (select count(*) from deliveries where ${IS_OPEN_DELIVERY}) as deliveries,
    (select min(created_at) from tasks where ${IS_QUEUED}) as "queuedSince",
    (select min(created_at) from deliveries where ${IS_OPEN_DELIVERY}) as "deliverySince",
    (select balance from balance_readings where account_id = ${OPERATOR_ACCOUNT}) as balance,
    (select read_at from balance_readings where account_id = ${OPERATOR_ACCOUNT}) as "balanceReadAt"
  `.execute(executor);
  const row = rows[0] ?? NOTHING;
  const [queued, submitting, followed] = [row.queued, row.submitting, row.followed].map(Number) as [
    number,
    number,
    number,
  ];
  const running = Number(row.open) - queued - submitting;
  return {
    tasks: { queued, submitting, running, unknown: Number(row.unknown), late: followed - running },
    oldestQueuedMs: ageOf(row.queuedSince, now),
    openDeliveries: Number(row.deliveries),
    oldestDeliveryMs: ageOf(row.deliverySince, now),
    balance:
      row.balance === null
        ? undefined
        : { credits: Number(row.balance), ageMs: ageOf(row.balanceReadAt, now) },
  };
}

function ageOf(since: number | string | null, now: number): number {
  return since === null ? 0 : Math.max(0, now - Number(since));
}
