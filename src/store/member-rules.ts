import { EVERYWHERE } from '../domain/budget.ts';
import { listFormerIds } from './departures.ts';
import type { Executor } from './schema.ts';

/** What managers and the operator have decided about one member, as it applies in one place. */
export interface MemberStanding {
  /** Whether the member may ask for nothing here. */
  readonly isBlocked: boolean;
  /** Spending up to then no longer counts against budgets of this server (epoch ms); 0 = all counts. */
  readonly resetHereAt: number;
  /** The same for the limits that hold over all servers. */
  readonly resetEverywhereAt: number;
  /** What stands for the member in the ledger, where they had themselves deleted since. */
  readonly formerIds?: readonly string[] | undefined;
}

/** How a member stands in a server; without one: everywhere. */
export async function findStanding(
  executor: Executor,
  guildId: string | undefined,
  memberId: string,
): Promise<MemberStanding> {
  const formerIds = await listFormerIds(executor, memberId);
  const rows = await executor
    .selectFrom('member_rules')
    .selectAll()
    .where('member_id', 'in', [memberId, ...formerIds])
    .where('guild_id', 'in', [EVERYWHERE, guildId ?? EVERYWHERE])
    .execute();
  const resetIn = (place: string | undefined) =>
    Math.max(0, ...rows.filter((row) => row.guild_id === place).map((row) => row.reset_at ?? 0));
  return {
    isBlocked: rows.some((row) => row.blocked_at !== null),
    resetHereAt: resetIn(guildId),
    resetEverywhereAt: resetIn(EVERYWHERE),
    ...(formerIds.length > 0 ? { formerIds } : {}),
  };
}

/** A decision about a member; what is left out stays as it is. */
interface MemberRule {
  /** Epoch ms; null takes the block back. */
  readonly blockedAt?: number | null;
  /** Epoch ms. */
  readonly resetAt?: number;
}

/** Records a decision about a member of a server, or everywhere. */
export async function saveMemberRule(
  executor: Executor,
  guildId: string,
  memberId: string,
  { blockedAt, resetAt }: MemberRule,
): Promise<void> {
  const changes = {
    ...(blockedAt === undefined ? {} : { blocked_at: blockedAt }),
    ...(resetAt === undefined ? {} : { reset_at: resetAt }),
  };
  await executor
    .insertInto('member_rules')
    .values({ guild_id: guildId, member_id: memberId, blocked_at: null, reset_at: null, ...changes })
    .onConflict((conflict) => conflict.columns(['guild_id', 'member_id']).doUpdateSet(changes))
    .execute();
  if (blockedAt !== null) return;
  const formerIds = await listFormerIds(executor, memberId);
  if (formerIds.length === 0) return;
  // A block stays with whoever had themselves deleted, until somebody takes it back.
  await executor
    .updateTable('member_rules')
    .set({ blocked_at: null })
    .where('guild_id', '=', guildId)
    .where('member_id', 'in', formerIds)
    .execute();
}

/** Ids of the members whom a server has blocked. */
export async function listBlocked(executor: Executor, guildId: string): Promise<readonly string[]> {
  const rows = await executor
    .selectFrom('member_rules')
    .select('member_id')
    .where('guild_id', '=', guildId)
    .where('blocked_at', 'is not', null)
    .orderBy('member_id')
    .execute();
  return rows.map(({ member_id }) => member_id);
}
