import { findSqlitePath, type Inspection, isHeld } from '../../store/inspect.ts';
import type { Check } from '../check.ts';
import { type Finding, found } from '../outcomes.ts';
import { describeReason } from '../reason.ts';

/** The first PostgreSQL that knows all that our statements say (`as materialized`: release notes of version 12). */
const LEAST_POSTGRES = 12;

/** Whether the database answers, and is one that we can work with. */
export const database: Check = {
  id: 'database',
  title: 'Database',
  needs: ['configuration'],
  async run({ config, findDatabase }) {
    const path = findSqlitePath(config.databaseUrl);
    try {
      const inspection = await findDatabase();
      if (inspection) return [judgeVersion(inspection, path)];
      return [found('database', 'new', `There is no file ${path} yet: the first start makes it.`)];
    } catch (error) {
      const reason = describeReason(error);
      if (path === undefined) {
        const fix = 'Check DATABASE_URL, and whether the server runs and lets this machine in.';
        return [found('database', 'unreachable', `PostgreSQL cannot be used (${reason}).`, fix)];
      }
      const fix = 'Check DATABASE_URL and who owns the file; if it is damaged, restore a backup.';
      return [found('database', 'unreachable', `The file ${path} cannot be read (${reason}).`, fix)];
    }
  },
};

/** Whether a database of this version will do. */
export function judgeVersion(
  { kind, version }: Pick<Inspection, 'kind' | 'version'>,
  path: string | undefined,
): Finding {
  if (kind === 'sqlite') return found('database', 'reached', `SQLite ${version}, file ${path}`);
  if (Number.parseInt(version, 10) >= LEAST_POSTGRES)
    return found('database', 'reached', `PostgreSQL ${version} answers.`);
  const fix = `Update the server to PostgreSQL ${LEAST_POSTGRES} or newer.`;
  return found('database', 'old', `PostgreSQL ${version} is too old.`, fix);
}

/** Whether a bot is running with the SQLite file: good to know, and in order either way. */
export const databaseLock: Check = {
  id: 'database-lock',
  title: 'Lock of the database',
  needs: ['configuration'],
  isWanted: ({ env }) => !/^postgres/.test(env.DATABASE_URL?.trim() ?? ''),
  async run({ config }) {
    const path = findSqlitePath(config.databaseUrl) ?? '';
    return isHeld(path)
      ? [found('database-lock', 'held', 'A bot is running with this database.')]
      : [found('database-lock', 'free', 'No bot is running with this database.')];
  },
};

/** Whether the tables fit this version of the program. Brings nothing up to date. */
export const databaseMigrations: Check = {
  id: 'database-migrations',
  title: 'Tables',
  needs: ['database'],
  async run({ findDatabase }) {
    return [judgeMigrations((await findDatabase())?.migrations)];
  },
};

function judgeMigrations(state: Inspection['migrations'] | undefined): Finding {
  if (!state || (state.applied.length === 0 && state.unknown.length === 0))
    return found('database-migrations', 'none', 'There are no tables yet: the first start makes them.');
  if (state.unknown.length > 0) {
    return found(
      'database-migrations',
      'newer',
      `A newer version of Encore has changed the tables (${state.unknown.join(', ')}).`,
      'Start that version, or restore the backup that was made before the update.',
    );
  }
  if (state.pending.length === 0)
    return found('database-migrations', 'current', 'The tables are up to date.');
  return found(
    'database-migrations',
    'pending',
    `The tables are of an older version (to be made: ${state.pending.join(', ')}).`,
    'Make a backup (npm run backup); the next start brings them up to date, and there is no way back.',
  );
}

/** Whether PostgreSQL lets us make tables. */
export const databaseRights: Check = {
  id: 'database-rights',
  title: 'Rights in the database',
  needs: ['database'],
  isWanted: ({ env }) => /^postgres/.test(env.DATABASE_URL?.trim() ?? ''),
  async run({ findDatabase }) {
    if ((await findDatabase())?.mayMigrate)
      return [found('database-rights', 'enough', 'The user of DATABASE_URL may make tables.')];
    const fix = 'Let it: GRANT CREATE, USAGE ON SCHEMA public TO <user>; or give it a database of its own.';
    return [found('database-rights', 'missing', 'The user of DATABASE_URL may make no tables there.', fix)];
  },
};
