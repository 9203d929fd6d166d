import { z } from 'zod';
import { ENGINES, OPERATION_IDS, VOCALS } from '../domain/request.ts';
import {
  DEFAULT_MEMBER_SETTINGS,
  DEFAULT_SERVER_SETTINGS,
  EXPLICIT_RULES,
  MEMBER_DELIVERIES,
  type MemberSettings,
  PRESSERS,
  RESULT_PLACES,
  type ServerSettings,
} from '../domain/settings.ts';
import type { Executor } from './schema.ts';
import { type BrokenRowListener, describes, parseRows, parseStored } from './stored-data.ts';

const text = z.string();
const texts = z.array(text).readonly();

/** `server_settings.data`. What is left out, by an older version too, is as it is without any. */
const SERVER_SETTINGS = describes<ServerSettings>()(
  z.object({
    isPaused: z.boolean().default(DEFAULT_SERVER_SETTINGS.isPaused),
    channelIds: texts.default([]),
    roleIds: texts.default([]),
    offOperations: z.array(z.enum(OPERATION_IDS)).readonly().default([]),
    engine: z.enum(ENGINES).optional(),
    model: text.optional(),
    pressers: z.enum(PRESSERS).default(DEFAULT_SERVER_SETTINGS.pressers),
    presserRoleIds: texts.default([]),
    results: z.enum(RESULT_PLACES).default(DEFAULT_SERVER_SETTINGS.results),
    explicit: z.enum(EXPLICIT_RULES).default(DEFAULT_SERVER_SETTINGS.explicit),
    blockedWords: texts.default([]),
    language: text.optional(),
    retentionDays: z.number().optional(),
  }),
);

/** `member_settings.data`. */
const MEMBER_SETTINGS = describes<MemberSettings>()(
  z.object({
    engine: z.enum(ENGINES).optional(),
    model: text.optional(),
    vocals: z.enum(VOCALS).optional(),
    instrumental: z.boolean().optional(),
    delivery: z.enum(MEMBER_DELIVERIES).default(DEFAULT_MEMBER_SETTINGS.delivery),
    isMentioned: z.boolean().default(DEFAULT_MEMBER_SETTINGS.isMentioned),
    language: text.optional(),
  }),
);

/**
 * What is set for a server.
 *
 * @throws StoredDataError when it cannot be read: a rule that is not understood must not let anything pass.
 */
export async function findServerSettings(executor: Executor, guildId: string): Promise<ServerSettings> {
  const row = await executor
    .selectFrom('server_settings')
    .select('data')
    .where('guild_id', '=', guildId)
    .executeTakeFirst();
  return row ? parseServerSettings(guildId, row.data) : DEFAULT_SERVER_SETTINGS;
}

/** Replaces all that is set for a server. */
export async function saveServerSettings(
  executor: Executor,
  guildId: string,
  settings: ServerSettings,
  set: { readonly by: string; readonly at: number },
): Promise<void> {
  const values = { data: JSON.stringify(settings), set_by: set.by, set_at: set.at };
  await executor
    .insertInto('server_settings')
    .values({ guild_id: guildId, ...values })
    .onConflict((conflict) => conflict.column('guild_id').doUpdateSet(values))
    .execute();
}

/**
 * What a member has set.
 *
 * @throws StoredDataError when it cannot be read.
 */
export async function findMemberSettings(executor: Executor, userId: string): Promise<MemberSettings> {
  const row = await executor
    .selectFrom('member_settings')
    .select('data')
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row ? parseMemberSettings(userId, row.data) : DEFAULT_MEMBER_SETTINGS;
}

/** Replaces all that a member has set. */
export async function saveMemberSettings(
  executor: Executor,
  userId: string,
  settings: MemberSettings,
  at: number,
): Promise<void> {
  const values = { data: JSON.stringify(settings), set_at: at };
  await executor
    .insertInto('member_settings')
    .values({ user_id: userId, ...values })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(values))
    .execute();
}

/** All that is set, by server and by member, for those who keep it in memory. */
interface AllSettings {
  readonly servers: ReadonlyMap<string, ServerSettings>;
  readonly members: ReadonlyMap<string, MemberSettings>;
}

/** Everything that anybody has set. Rows that cannot be read are left out, and told. */
export async function listSettings(executor: Executor, onBroken: BrokenRowListener): Promise<AllSettings> {
  const servers = await executor.selectFrom('server_settings').select(['guild_id', 'data']).execute();
  const members = await executor.selectFrom('member_settings').select(['user_id', 'data']).execute();
  return {
    servers: new Map(
      parseRows(
        servers,
        (row) => [row.guild_id, parseServerSettings(row.guild_id, row.data)] as const,
        onBroken,
      ),
    ),
    members: new Map(
      parseRows(
        members,
        (row) => [row.user_id, parseMemberSettings(row.user_id, row.data)] as const,
        onBroken,
      ),
    ),
  };
}

function parseServerSettings(guildId: string, data: string): ServerSettings {
  return parseStored(SERVER_SETTINGS, data, { table: 'server_settings', column: 'data', id: guildId });
}

function parseMemberSettings(userId: string, data: string): MemberSettings {
  return parseStored(MEMBER_SETTINGS, data, { table: 'member_settings', column: 'data', id: userId });
}
