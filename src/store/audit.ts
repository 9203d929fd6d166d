import type { Executor } from './schema.ts';

/** What somebody with the right to it did to somebody else, or to a setting. Written once, never changed. */
export interface AuditEntry {
  readonly id: string;
  readonly guildId: string;
  readonly actorId: string;
  /** The member, role or setting that it is about. */
  readonly targetId: string;
  readonly act: 'grant' | 'reset' | 'block' | 'unblock' | 'setting' | 'budget' | 'key';
  /** What exactly, in words. */
  readonly detail: string;
  /** Epoch ms. */
  readonly at: number;
}

/** Writes one act down. */
export async function addAudit(executor: Executor, entry: AuditEntry): Promise<void> {
  await executor
    .insertInto('audit')
    .values({
      id: entry.id,
      guild_id: entry.guildId,
      actor_id: entry.actorId,
      target_id: entry.targetId,
      act: entry.act,
      detail: entry.detail,
      at: entry.at,
    })
    .execute();
}
