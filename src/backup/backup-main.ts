/** `npm run backup`: a whole, checked copy of everything, while the bot runs. */
import { parseArgs } from 'node:util';
import { StartError } from '../errors.ts';
import { type Backup, backUp } from './backup.ts';
import { describeRows, runProgram } from './program.ts';
import { defaultBackupFolder, readPlaces } from './settings.ts';

const USAGE = `npm run backup -- [--to FOLDER] [--keep N] [--no-media] [--portable]
  --to FOLDER   where backups go, each into a folder of its own; best on another disk
  --keep N      removes all backups there but the newest N
  --no-media    leaves the songs in MEDIA_DIR out
  --portable    PostgreSQL only: needs no pg_dump, and can be put back into SQLite too`;

const OPTIONS = {
  to: { type: 'string' },
  keep: { type: 'string' },
  media: { type: 'boolean', default: true },
  portable: { type: 'boolean', default: false },
} as const;

await runProgram(USAGE, async () => {
  const { values } = parseArgs({ options: OPTIONS, allowNegative: true });
  const places = readPlaces(process.env);
  const backup = await backUp({
    ...places,
    to: values.to ?? defaultBackupFolder(places),
    keep: readKeep(values.keep),
    withMedia: values.media,
    isPortable: values.portable,
  });
  return describeBackup(backup);
});

function readKeep(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new StartError('--keep takes a number of backups, at least 1. Example: --keep 7');
}

function describeBackup({ folder, manifest: { database, media }, removed }: Backup): string {
  const songs = media
    ? `${media.length} songs (${Math.ceil(media.reduce((sum, { bytes }) => sum + bytes, 0) / 1_000_000)} MB)`
    : 'no songs (--no-media)';
  const old = removed.length > 0 ? [`Removed: ${removed.join(', ')}.`] : [];
  return [
    `Backed up to ${folder}: ${describeRows(database.rows)}; ${songs}.`,
    ...old,
    'Not in it: .env, and ENCRYPTION_KEY with it. Keep that elsewhere: without it, the MusicAPI keys that servers',
    'and members have stored cannot be opened again.',
  ].join('\n');
}
