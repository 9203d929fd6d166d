/**
 * `npm run bench`: every figure next to a bare discord.js bot, pg-boss or a fixed bound, measured in this one run. Names of
 * parts as arguments run only those.
 */
import { benchBots } from './acknowledgement.ts';
import { benchDeliveries } from './deliveries.ts';
import { benchDetection } from './detection.ts';
import { benchLibrary } from './library.ts';
import { benchPgBoss } from './pg-boss.ts';
import { benchPictures } from './pictures.ts';
import { benchPolling } from './polling.ts';
import { benchRestart } from './restart.ts';
import { formatTable, type Row } from './table.ts';
import { benchTakeover } from './takeover.ts';

const PARTS: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  bots: benchBots,
  polling: benchPolling,
  'pg-boss': benchPgBoss,
  takeover: benchTakeover,
  restart: benchRestart,
  detection: benchDetection,
  deliveries: benchDeliveries,
  library: benchLibrary,
  pictures: benchPictures,
};

const wanted = process.argv.slice(2);
const rows: Row[] = [];
for (const [name, bench] of Object.entries(PARTS)) {
  if (wanted.length === 0 || wanted.includes(name)) rows.push(...(await bench()));
}
process.stdout.write(`${formatTable(rows)}\n`);
process.exit(0);
