/** What managers have set for a server; a server without a row has the defaults. */
interface ServerSettingsTable {
  guild_id: string;
  /** JSON. */
  data: string;
  set_by: string;
  set_at: number;
}

interface MemberSettingsTable {
  user_id: string;
  /** JSON. */
  data: string;
  set_at: number;
}

/** MusicAPI keys of servers and members, sealed. */
interface AccountKeysTable {
  account_id: string;
  /** Which encryption key it is sealed with. */
  key_id: string;
  /** Base64. */
  sealed: string;
  /** Grows with every key that takes the place of another one. */
  version: number;
  set_by: string;
  set_at: number;
  /** MusicAPI does not take it any more; null = it does, as far as is known. */
  refused_at: number | null;
}

/** Counts the changes of what processes keep in memory. */
interface RevisionsTable {
  name: string;
  revision: number;
}

/** The tables of the settings migration. */
export interface SettingsTables {
  server_settings: ServerSettingsTable;
  member_settings: MemberSettingsTable;
  account_keys: AccountKeysTable;
  revisions: RevisionsTable;
}
