/** `npm run restore`: puts a backup in the place of the database, while the bot is stopped. */
import { parseArgs } from 'node:util';
import { StartError } from '../errors.ts';
import { describeRows, runProgram } from './program.ts';
import { type RestoredBackup, restore } from './restore.ts';
import { readPlaces } from './settings.ts';

const USAGE = `npm run restore -- --from FOLDER [--force]
  --from FOLDER   one backup: a folder encore-… with a manifest.json
  --force         keeps a database that is there under another name, and puts the backup in its place`;

const OPTIONS = { from: { type: 'string' }, force: { type: 'boolean', default: false } } as const;

await runProgram(USAGE, async () => {
  const { values } = parseArgs({ options: OPTIONS });
  if (!values.from) throw new StartError(`Say which backup.\n\n${USAGE}`);
  return describeRestored(
    await restore({ ...readPlaces(process.env), from: values.from, force: values.force }),
  );
});

function describeRestored({ manifest, songs, doubted, aside }: RestoredBackup): string {
  const { database, takenAt, media } = manifest;
  const before = aside ? [`What was there before is kept: ${aside}.`] : [];
  const doubts = doubted > 0 ? [describeDoubts(doubted)] : [];
  return [
    `Put back as of ${takenAt}: ${describeRows(database.rows)}; ${media ? `${songs} songs` : 'no songs were in it'}.`,
    ...before,
    ...doubts,
    'Of what was asked for and spent since then the database knows nothing; at the next start the balance shows how',
    'much that was. Who had themselves deleted since then is in it again: have them use /privacy delete once more.',
  ].join('\n');
}

function describeDoubts(doubted: number): string {
  return `${doubted} tasks that waited then may have been sent since: they are not sent again by themselves, and whoever asked for them is offered "Try again".`;
}
