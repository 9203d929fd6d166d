import type { Config } from '../../config.ts';
import type { AccountKeys } from '../../keys/account-keys.ts';
import type { Logger } from '../../log.ts';
import type { Catalogue } from '../../musicapi/catalogue.ts';
import type { Credits } from '../../musicapi/types.ts';
import type { Store } from '../../store/open.ts';
import type { Observe } from '../../telemetry/events.ts';
import type { Farewells } from '../../tracker/farewells.ts';
import type { Members } from '../../tracker/members.ts';
import type { RuleBook } from '../../tracker/rule-book.ts';
import type { Tracker } from '../../tracker/tracker.ts';
import type { ViewDeps } from '../../tracker/view.ts';
import type { DiscordApi } from '../api/api.ts';
import type { CardKeeper } from '../cards/card-keeper.ts';
import type { ClipFinder } from '../clips/clip-finder.ts';
import type { DeliveryRunner } from '../delivery/delivery-runner.ts';
import type { Drafts } from '../drafts/drafts.ts';
import type { RequestDesk } from '../drafts/request-desk.ts';
import type { SongShower } from '../library/song-shower.ts';
import type { Operators } from '../people/operators.ts';
import type { PersonaFinder } from '../people/persona-finder.ts';
import type { PrivacyExports } from '../privacy/privacy-exports.ts';
import type { AudioShelf } from '../recipe/audio-shelf.ts';
import type { SongLines } from '../timeline-pick/song-lines.ts';
import type { Answers } from './answers.ts';
import type { Preferences } from './preferences.ts';

/** Everything that a handler touches. Built once, in `app.ts`. */
export interface Services {
  readonly config: Config;
  readonly log: Logger;
  /** Is told of what metrics count. */
  readonly observe: Observe;
  readonly store: Store;
  readonly catalogue: Catalogue;
  readonly tracker: Tracker;
  /** What looking at a task's progress needs. */
  readonly tracking: ViewDeps;
  readonly api: DiscordApi;
  /** How each interaction was acknowledged, and the way that is open for its answer. */
  readonly answers: Answers;
  /** Finds the clip that a person named. */
  readonly clips: ClipFinder;
  /** What one can point at in songs. */
  readonly lines: SongLines;
  /** Finds the voice that a person named. */
  readonly personas: PersonaFinder;
  /** Turns a person's decision into one task. */
  readonly desk: RequestDesk;
  /** What people typed and was refused. */
  readonly drafts: Drafts;
  /** Audio that people pointed at. */
  readonly audio: AudioShelf;
  readonly cards: CardKeeper;
  readonly deliveries: DeliveryRunner;
  /** Puts fresh cards of songs into answers. */
  readonly shower: SongShower;
  readonly operators: Operators;
  /** What servers and members set for themselves. */
  readonly rules: RuleBook;
  /** MusicAPI keys of servers and members. */
  readonly keys: AccountKeys;
  /** What has to be known of settings before an answer begins. */
  readonly preferences: Preferences;
  /** What is decided about single members. */
  readonly members: Members;
  /** Deletes everything about people who want that. */
  readonly farewells: Pick<Farewells, 'leave'>;
  /** Gives people a copy of everything about them. */
  readonly exports: PrivacyExports;
  /** Balance of an account, at most a minute old. @defaultValue the operator's */
  readonly getBalance: (accountId?: string) => Promise<Credits>;
}
