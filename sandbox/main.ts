/** `npm run sandbox`: a local Discord, a local MusicAPI and the bot between them, until Ctrl-C. */
import { parseArgs } from 'node:util';
import { type Stage, startStage } from './stage.ts';

const USAGE = `npm run sandbox -- [--no-bot]
  --no-bot   leaves the bot out, so that yours can take its place`;

const options = readOptions();
if (options) await run(options.withBot);

function readOptions(): { withBot: boolean } | undefined {
  try {
    const { values } = parseArgs({ options: { 'no-bot': { type: 'boolean', default: false } } });
    return { withBot: !values['no-bot'] };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${USAGE}\n`);
    process.exitCode = 2;
    return undefined;
  }
}

async function run(withBot: boolean): Promise<void> {
  const stage = await startStage({ withBot });
  process.stdout.write(describe(stage, withBot));
  await new Promise<void>((resolve) => {
    // Ctrl-C may come twice, by the terminal and by npm: the second must not cut the clean-up off.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
  await stage.close();
  process.exit(0);
}

function describe({ discord, musicApi, serverName, channel, env }: Stage, withBot: boolean): string {
  const faults = `http://${musicApi.host}/_faults`;
  const post = `curl -s ${faults} -H 'Content-Type: application/json' -d`;
  const bot = withBot
    ? 'The bot runs. To put yours in its place: npm run sandbox -- --no-bot'
    : 'No bot runs. Put these lines into .env, then: npm start';
  return `Discord:   ${discord.apiUrl} (server "${serverName}", channel #${channel.name}, members Anna and Ben)
MusicAPI:  ${musicApi.url}

${bot}
${Object.entries(env)
  .map(([name, value]) => `  ${name}=${value}`)
  .join('\n')}

Bad days of MusicAPI:
  the next task fails       ${post} '{"task":"next","behaviours":["fail"]}'
  the next task is half     ${post} '{"task":"next","behaviours":["half"]}'
  the next create is a 429  ${post} '{"method":"POST","path":"/sonic/create$","answer":{"status":429,"headers":{"retry-after":"2"}}}'
  the next answer is lost   ${post} '{"method":"POST","path":"/sonic/","answer":"lose-answer"}'
  which are on              curl -s ${faults}
  all off                   curl -s -X DELETE ${faults}

Ctrl-C ends it.
`;
}
