import { parseArgs, styleText } from 'node:util';
import { COMMANDS, MESSAGE_COMMANDS } from '../../commands/index.ts';
import { coerceError } from '../errors.ts';
import { hideSecrets } from '../log-secrets.ts';
import { listSecrets } from './context.ts';
import { runDoctor } from './doctor.ts';
import { exitCodeOf, type Paint, toJson, toText } from './report.ts';

const HELP = `npm run doctor [-- options]

Looks at everything that Encore needs to run, and says what to do about what is not in order. It spends no
credits, sends nothing, changes nothing, and may be run beside a running bot.

  --guild ID     permissions of the bot in this server, instead of a list of all
  --channel ID   permissions of the bot in this channel
  --json         one JSON object, and nothing else (npm's own lines go with: npm run --silent doctor -- --json)
  --help         this text

It ends with 0 when everything is fine, with 1 when there are warnings, with 2 when something fails.
`;

const OPTIONS = {
  guild: { type: 'string' },
  channel: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

const COLOURS = {
  heading: 'bold',
  ok: 'green',
  warning: 'yellow',
  failure: 'red',
  skipped: 'dim',
} as const;

/** Colours only on a terminal that wants them. */
const paint: Paint = (status, text) => styleText(COLOURS[status], text, { stream: process.stdout });

/** @throws Error with a sentence for whoever mistyped an option. */
function readOptions() {
  const { guild, channel, json = false, help = false } = parseArgs({ options: OPTIONS }).values;
  for (const [name, id] of Object.entries({ guild, channel })) {
    if (id !== undefined && !/^\d{15,20}$/.test(id))
      throw new Error(`--${name} takes a Discord id (15 to 20 digits).`);
  }
  return { guildId: guild, channelId: channel, json, help };
}

async function main(): Promise<number> {
  const { json, help, ...asked } = readOptions();
  if (help) {
    process.stdout.write(HELP);
    return 0;
  }
  const commands = [...COMMANDS, ...MESSAGE_COMMANDS].map(({ data }) => data.toJSON());
  const checked = await runDoctor({ ...asked, env: process.env, commands });
  process.stdout.write(json ? `${JSON.stringify(toJson(checked), undefined, 2)}\n` : toText(checked, paint));
  return exitCodeOf(checked);
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${hideSecrets(coerceError(error).message, listSecrets(process.env))}\n\n${HELP}`);
  process.exitCode = 2;
}
