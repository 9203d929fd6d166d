import type { Generated, Kysely } from 'kysely';
import type { DeliverySetback, DeliveryState } from '../domain/delivery.ts';
import type { EntryKind } from '../domain/ledger.ts';
import type { ClipSource, Engine, OperationId } from '../domain/request.ts';
import type { TaskState } from '../domain/task.ts';
import type { AccessTables } from './access-schema.ts';
import type { OperatorTables } from './operator-schema.ts';
import type { PrivacyTables } from './privacy-schema.ts';
import type { SettingsTables } from './settings-schema.ts';

/**
 * What a repository function works with: the store itself or an open transaction. It is always handed in as
 * the first argument and never kept. It cannot open a transaction: only `Store.transaction` does.
 */
export type Executor = Pick<
  Kysely<Database>,
  'selectFrom' | 'insertInto' | 'updateTable' | 'deleteFrom' | 'getExecutor'
>;

/** The claim of one process on a row: until that moment (epoch ms) no other process touches it. */
export interface Lease {
  readonly owner: string;
  readonly until: number;
}

/** Columns of a lease; both are null while the row is free. */
interface LeaseColumns {
  lease_owner: string | null;
  lease_until: number | null;
}

/** One MusicAPI key with its create bucket. */
interface AccountsTable {
  id: string;
  /** The bucket: no create before this moment, over all processes. */
  next_create_at: number;
  created_at: number;
}

export interface TasksTable extends LeaseColumns {
  id: string;
  request_key: string;
  account_id: string;
  state: TaskState;
  engine: Engine;
  operation: OperationId;
  /** As it was asked for, in lower case; null = the default. */
  model: string | null;
  requester_id: string;
  guild_id: string | null;
  price: number;
  /** 0 or 1: does not wait for the create bucket. */
  is_direct: number;
  /** The task whose card shows it, where several were asked for together. */
  group_id: string | null;
  created_at: number;
  /** When it was last sent; null while it is queued. The fair queue knows from it who had a turn. */
  sent_at: number | null;
  accepted_at: number | null;
  ended_at: number | null;
  /** From acceptance to success: the history that estimates are made of. */
  duration_ms: number | null;
  /** `dueAtOf` of the task. */
  due_at: number | null;
  /** Sends while it is queued, polls while it is followed. With `state` it guards every update. */
  attempts: number;
  provider_task_id: string | null;
  /** JSON. */
  request: string;
  /** JSON. */
  origin: string;
  /** JSON: what the state has beyond the columns. */
  details: string;
  card_channel_id: string | null;
  card_message_id: string | null;
  /** When the card has to be looked at next; null = it shows its last content. */
  card_due_at: number | null;
  /** Stands for what the card shows. */
  card_digest: string | null;
  card_edits: number;
  card_edited_at: number | null;
  /** Grows with every reason to show the card anew. */
  card_version: number;
  /** Since when the result that it holds could be brought to nobody; null = it could, or it holds none. */
  card_lost_at: number | null;
  card_lease_owner: string | null;
  card_lease_until: number | null;
  /** When the token in `origin` dies; null = it holds none any more. */
  token_until: number | null;
  /** Since when nothing that somebody typed is in it any more. */
  emptied_at: number | null;
}

export interface ClipsTable {
  /** The later a clip was recorded, the higher. */
  number: Generated<number>;
  clip_id: string;
  account_id: string;
  engine: Engine;
  source: ClipSource;
  kind: 'song' | 'stem';
  task_id: string;
  parent_clip_id: string | null;
  take: number;
  owner_id: string;
  /** The first of them. */
  shared_guild_id: string | null;
  created_at: number;
  deleted_at: number | null;
  /** JSON: everything that is only shown. */
  data: string;
}

/** Servers in which a clip was posted where everybody sees it. */
interface ClipSharesTable {
  guild_id: string;
  clip_number: number;
}

/** Words by which clips are found. */
interface ClipWordsTable {
  clip_number: number;
  word: string;
}

export interface DeliveriesTable extends LeaseColumns {
  id: string;
  task_id: string;
  kind: 'clip' | 'stems';
  /** JSON. */
  clip_ids: string;
  state: DeliveryState;
  /** 0 or 1. */
  mention: number;
  generation: number;
  /** JSON. */
  posted: string;
  /** JSON. */
  attempt: string | null;
  tries: number;
  due_at: number | null;
  setback: DeliverySetback | null;
  detail: string | null;
  troubled_since: number | null;
  /** 0 or 1: a copy as a direct message of what is delivered elsewhere. */
  is_copy: number;
  created_at: number;
}

interface LedgerTable {
  account_id: string;
  task_id: string;
  kind: EntryKind;
  reserved: number;
  charged: number;
  member_id: string;
  guild_id: string | null;
  booked_at: number;
  at: number;
  /** 0 or 1. */
  flagged: number;
}

interface HeartsTable {
  clip_id: string;
  user_id: string;
  at: number;
}

interface CacheTable {
  namespace: string;
  key: string;
  value: string;
  expires: number | null;
}

/** Virtual singers at MusicAPI. */
export interface PersonasTable {
  persona_id: string;
  account_id: string;
  owner_id: string;
  name: string;
  /** The task that made it. */
  task_id: string | null;
  created_at: number;
  /** Its owner does not want it offered any more. */
  forgotten_at: number | null;
}

/** What an operation was seen to cost, where that is not what the catalogue says. */
interface LearntPricesTable {
  account_id: string;
  engine: Engine;
  operation: OperationId;
  price: number;
  learnt_at: number;
}

/** Songs that are kept as files. */
interface ArchiveTable {
  clip_id: string;
  account_id: string;
  /** In the folder of the archive. */
  file_name: string;
  extension: string;
  mime: string;
  bytes: number;
  /** SHA-256 of the content. */
  digest: string;
  kept_at: number;
}

/** Texts that the program made up once and that leave it only in what they sign. */
interface SecretsTable {
  name: string;
  value: string;
}

/** The tables as this version of the program expects them: what all migrations together make. */
export interface Database extends AccessTables, SettingsTables, PrivacyTables, OperatorTables {
  accounts: AccountsTable;
  tasks: TasksTable;
  clips: ClipsTable;
  clip_shares: ClipSharesTable;
  clip_words: ClipWordsTable;
  deliveries: DeliveriesTable;
  ledger: LedgerTable;
  hearts: HeartsTable;
  cache: CacheTable;
  secrets: SecretsTable;
  personas: PersonasTable;
  learnt_prices: LearntPricesTable;
  archive: ArchiveTable;
}
