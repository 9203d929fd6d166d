import type { Selectable } from 'kysely';
import { foldText } from './clips.ts';
import type { Executor, PersonasTable } from './schema.ts';

/** A virtual singer that a member had made. It belongs to the account at MusicAPI that made it, and to nobody else. */
export interface Persona {
  readonly personaId: string;
  readonly accountId: string;
  readonly ownerId: string;
  readonly name: string;
  /** The task that made it. */
  readonly taskId?: string | undefined;
  /** Epoch ms. */
  readonly createdAt: number;
}

/** Records a singer. One that is there already gets the new name, and is offered again if it was forgotten. */
export async function savePersona(executor: Executor, persona: Persona): Promise<void> {
  const { personaId, accountId, ownerId, name, taskId, createdAt } = persona;
  await executor
    .insertInto('personas')
    .values({
      persona_id: personaId,
      account_id: accountId,
      owner_id: ownerId,
      name,
      task_id: taskId ?? null,
      created_at: createdAt,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['persona_id', 'account_id'])
        .doUpdateSet((set) => ({ name: set.ref('excluded.name'), forgotten_at: null }))
        // Nobody takes over the singer of somebody else.
        .whereRef('personas.owner_id', '=', 'excluded.owner_id'),
    )
    .execute();
}

/** A member's singers that were not forgotten, on all accounts, the newest first. */
export async function listPersonas(executor: Executor, ownerId: string): Promise<Persona[]> {
  const rows = await own(executor, ownerId).orderBy('created_at', 'desc').orderBy('persona_id').execute();
  return rows.map(parsePersona);
}

/** A member's own singer, unless it was forgotten. */
export async function findPersona(
  executor: Executor,
  ownerId: string,
  personaId: string,
): Promise<Persona | undefined> {
  const row = await own(executor, ownerId)
    .where('persona_id', '=', personaId)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && parsePersona(row);
}

/** Whose singers to look for, and how. */
export interface PersonaSearch {
  readonly ownerId: string;
  /** Part of the name, in any case; empty = all. */
  readonly text: string;
  readonly limit: number;
}

/** A member's singers by name: those that begin with the text come first, then the newest. */
export async function searchPersonas(
  executor: Executor,
  { ownerId, text, limit }: PersonaSearch,
): Promise<Persona[]> {
  const wanted = foldText(text.trim());
  // One member has few of them, and databases fold letters differently.
  const found = (await listPersonas(executor, ownerId)).filter(({ name }) => foldText(name).includes(wanted));
  const [first, others] = [true, false].map((isPrefix) =>
    found.filter(({ name }) => foldText(name).startsWith(wanted) === isPrefix),
  );
  return [...(first ?? []), ...(others ?? [])].slice(0, limit);
}

/**
 * A member's singer is not offered any more. At MusicAPI it stays.
 *
 * @returns false when the member has no such singer.
 */
export async function forgetPersona(
  executor: Executor,
  ownerId: string,
  personaId: string,
  now: number,
): Promise<boolean> {
  const result = await executor
    .updateTable('personas')
    .set({ forgotten_at: now })
    .where('owner_id', '=', ownerId)
    .where('persona_id', '=', personaId)
    .where('forgotten_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

function own(executor: Executor, ownerId: string) {
  return executor
    .selectFrom('personas')
    .selectAll()
    .where('owner_id', '=', ownerId)
    .where('forgotten_at', 'is', null);
}

function parsePersona(row: Selectable<PersonasTable>): Persona {
  return {
    personaId: row.persona_id,
    accountId: row.account_id,
    ownerId: row.owner_id,
    name: row.name,
    ...(row.task_id === null ? {} : { taskId: row.task_id }),
    createdAt: row.created_at,
  };
}
