import type { BaseInteraction } from 'discord.js';
import type { MemberSettings, ServerSettings } from '../../domain/settings.ts';
import { coerceError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import { listAccountsWithKey } from '../../store/account-keys.ts';
import { memberAccount } from '../../store/accounts.ts';
import type { Store } from '../../store/open.ts';
import { findRevision } from '../../store/revisions.ts';
import { listSettings } from '../../store/settings.ts';
import { LANGUAGES, type Language, languageOf } from '../../words/words.ts';

/** Somebody in a place. */
type Person = Pick<BaseInteraction, 'guildId' | 'user'>;

/** What somebody has set for new songs. */
export type SongDefaults = Pick<MemberSettings, 'engine' | 'model' | 'vocals' | 'instrumental'>;

interface Held {
  readonly servers: ReadonlyMap<string, ServerSettings>;
  readonly members: ReadonlyMap<string, MemberSettings>;
  readonly accountIds: ReadonlySet<string>;
}

const NOTHING: Held = { servers: new Map(), members: new Map(), accountIds: new Set() };

/**
 * What has to be known of settings before an interaction can be acknowledged: languages, what stands in for options
 * that were left out, and who has a key. Held in memory, and read again whenever a process has changed a setting.
 * Whatever decides about spending is read from the database in its own transaction.
 */
export class Preferences {
  readonly #store: Store;
  readonly #log: Logger;
  #held = NOTHING;
  #revision: number | undefined;
  #reading: Promise<void> | undefined;
  #isStale = false;

  constructor(store: Store, log: Logger) {
    this.#store = store;
    this.#log = log;
  }

  /** Reads what is set. @throws DatabaseUnavailableError */
  async start(): Promise<void> {
    await this.#read();
  }

  /** Something may have changed. Never throws: what cannot be read now is read with the next ring. */
  async refresh(): Promise<void> {
    this.#isStale = true;
    this.#reading ??= this.#readAll().finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
  }

  /** The language of the person: as they have set, else as Discord says. */
  languageFor({ user, locale }: Pick<BaseInteraction, 'user' | 'locale'>): Language {
    return knownLanguage(this.#held.members.get(user.id)?.language) ?? languageOf(locale);
  }

  /** The language that somebody has set, where Discord says nothing. */
  languageOf(userId: string): Language {
    return languageOf(this.#held.members.get(userId)?.language);
  }

  /** The locales that everything about a request is said in: as set, else as Discord says. */
  localesFor(interaction: Pick<BaseInteraction, 'user' | 'guildId' | 'locale' | 'guildLocale'>) {
    const server = this.serverOf(interaction);
    return {
      locale: knownLanguage(this.memberOf(interaction)?.language) ?? interaction.locale,
      serverLocale: knownLanguage(server?.language) ?? interaction.guildLocale ?? undefined,
    };
  }

  /** What is set for the server. */
  serverOf({ guildId }: Pick<Person, 'guildId'>): ServerSettings | undefined {
    return guildId === null ? undefined : this.#held.servers.get(guildId);
  }

  /** What the person has set. */
  memberOf({ user }: Pick<Person, 'user'>): MemberSettings | undefined {
    return this.#held.members.get(user.id);
  }

  /** What stands in for options of new songs that were left out, the most particular first. */
  listDefaults(person: Person): readonly SongDefaults[] {
    return [this.memberOf(person), this.serverOf(person)].flatMap((settings) => settings ?? []);
  }

  /** Whether the person has a MusicAPI key of their own. */
  hasOwnKey({ user }: Pick<Person, 'user'>): boolean {
    return this.#held.accountIds.has(memberAccount(user.id));
  }

  async #readAll(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      try {
        await this.#read();
      } catch (error) {
        this.#log.warn({ err: coerceError(error) }, 'settings not read again yet');
      }
    }
  }

  async #read(): Promise<void> {
    const { db } = this.#store;
    const revision = await findRevision(db, 'settings');
    if (revision === this.#revision) return;
    const onBroken = (error: Error) => this.#log.error({ err: error }, 'a setting cannot be read');
    const { servers, members } = await listSettings(db, onBroken);
    this.#held = { servers, members, accountIds: new Set(await listAccountsWithKey(db)) };
    this.#revision = revision;
  }
}

/** A language that this version does not have is as if none were set. */
function knownLanguage(language: string | undefined): Language | undefined {
  return LANGUAGES.find((one) => one === language);
}
