import { dirname, join } from 'node:path';
import { VARIABLES } from '../config-variables.ts';
import { StartError } from '../errors.ts';

/** What a backup is made of, and what it is put back into. */
export interface Places {
  /** `sqlite:<path>` or `postgres://<address>`; may hold a password. */
  readonly databaseUrl: string;
  readonly mediaDir: string;
}

/**
 * Reads the two variables that matter here; a backup needs no token and no key.
 *
 * @throws StartError with a sentence for the operator.
 */
export function readPlaces(env: Readonly<Record<string, string | undefined>>): Places {
  return { databaseUrl: read('DATABASE_URL'), mediaDir: read('MEDIA_DIR') };

  function read(name: 'DATABASE_URL' | 'MEDIA_DIR'): string {
    const { schema, example } = VARIABLES[name];
    const parsed = schema.safeParse(env[name]?.trim() || undefined);
    if (parsed.success) return parsed.data;
    throw new StartError(`${name} ${parsed.error.issues[0]?.message}. Example: ${name}=${example}`);
  }
}

/** Where backups go unless something else is said: beside the archive of songs. */
export function defaultBackupFolder({ mediaDir }: Places): string {
  return join(dirname(mediaDir), 'backups');
}
