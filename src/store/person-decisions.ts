import { memberAccount, ownerOf } from './accounts.ts';
import { type DataEntry, dateOf, nameOf } from './person-words.ts';
import type { Executor } from './schema.ts';

/** What was decided about the person, and what they decided about others and about servers. */
export async function* readDecisions(db: Executor, userId: string): AsyncGenerator<DataEntry> {
  const account = memberAccount(userId);
  const acts = await db
    .selectFrom('audit')
    .selectAll()
    .where((where) => where.or([where('actor_id', '=', userId), where('target_id', 'in', [userId, account])]))
    .orderBy('at')
    .execute();
  for (const row of acts) {
    const isAboutMember = ['grant', 'reset', 'block', 'unblock'].includes(row.act);
    yield {
      kind: row.act,
      by: nameOf(row.actor_id, userId),
      about: isAboutMember ? nameOf(row.target_id, userId) : targetOf(row.target_id, userId),
      detail: row.detail,
      serverId: row.guild_id || undefined,
      at: dateOf(row.at),
    };
  }
  const grants = await db
    .selectFrom('budgets')
    .selectAll()
    .where('holder', '=', 'member')
    .where('holder_id', '=', userId)
    .execute();
  for (const row of grants) {
    yield {
      kind: 'budget',
      credits: row.credits ?? 'unlimited',
      period: row.period,
      hours: row.hours ?? undefined,
      serverId: row.guild_id || undefined,
      at: dateOf(row.set_at),
    };
  }
  const rules = await db.selectFrom('member_rules').selectAll().where('member_id', '=', userId).execute();
  for (const row of rules) {
    yield {
      kind: 'rule',
      serverId: row.guild_id || undefined,
      blockedAt: row.blocked_at === null ? undefined : dateOf(row.blocked_at),
      spendingCountsFrom: row.reset_at === null ? undefined : dateOf(row.reset_at),
    };
  }
}

/** Accounts are called after people. */
function targetOf(targetId: string, userId: string): string {
  const owner = ownerOf(targetId);
  return owner.kind === 'member' ? nameOf(owner.userId, userId) : targetId;
}
