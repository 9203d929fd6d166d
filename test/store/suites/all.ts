import type { CreateDatabase } from '../../support/store.ts';
import { describeAccess } from './access.ts';
import { describeAdmission } from './admission.ts';
import { describeArchive } from './archive.ts';
import { describeCache } from './cache.ts';
import { describeCallers } from './callers.ts';
import { describeCards } from './cards.ts';
import { describeClips } from './clips.ts';
import { describeDeliveries } from './deliveries.ts';
import { describeGroups } from './groups.ts';
import { describeLanes } from './lanes.ts';
import { describeLearntPrices } from './learnt-prices.ts';
import { describeLedger } from './ledger.ts';
import { describeOperatorNotices } from './operator-notices.ts';
import { describePersonas } from './personas.ts';
import { describePrivacy } from './privacy.ts';
import { describeRetention } from './retention.ts';
import { describeSettings } from './settings.ts';
import { describeSmallTables } from './small-tables.ts';
import { describeStoredCounts } from './stored-counts.ts';
import { describeTaskClaims } from './task-claims.ts';
import { describeTaskLists } from './task-lists.ts';
import { describeTasks } from './tasks.ts';

/** Everything that the store has to do on every database. */
export function describeStore(createDatabase: CreateDatabase): void {
  describeTasks(createDatabase);
  describeTaskClaims(createDatabase);
  describeTaskLists(createDatabase);
  describeCards(createDatabase);
  describeClips(createDatabase);
  describeDeliveries(createDatabase);
  describeLedger(createDatabase);
  describeSmallTables(createDatabase);
  describeCache(createDatabase);
  describeAccess(createDatabase);
  describeCallers(createDatabase);
  describeAdmission(createDatabase);
  describeGroups(createDatabase);
  describeLanes(createDatabase);
  describePersonas(createDatabase);
  describeLearntPrices(createDatabase);
  describeSettings(createDatabase);
  describeArchive(createDatabase);
  describePrivacy(createDatabase);
  describeRetention(createDatabase);
  describeOperatorNotices(createDatabase);
  describeStoredCounts(createDatabase);
}
