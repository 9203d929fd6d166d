/** `npm run sandbox`: a local Discord with a page in the browser, a local MusicAPI, and the bot between them, until Ctrl-C. */

import { startPageStage } from './page/page-stage.ts';
import { parseSandboxOptions, type SandboxOptions, USAGE } from './sandbox-options.ts';
import type { Stage } from './stage.ts';

const options = readOptions();
if (options) await run(options);

function readOptions(): SandboxOptions | undefined {
  try {
    return parseSandboxOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${USAGE}\n`);
    process.exitCode = 2;
    return undefined;
  }
}

async function run({ port, withBot }: SandboxOptions): Promise<void> {
  const { stage, page, close } = await startPageStage({ port, withBot });
  process.stdout.write(describe(page.url, stage));
  await new Promise<void>((resolve) => {
    // Ctrl-C may come twice, by the terminal and by npm: the second must not cut the clean-up off.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
  await close();
  process.exit(0);
}

function describe(url: string, { bot, env, musicApi }: Stage): string {
  return `Open  ${url}  in your browser.

${bot ? 'The bot runs. To put yours in its place: npm run sandbox -- --no-bot' : 'No bot runs. Put these lines into .env, then: npm start'}
${Object.entries(env)
  .map(([name, value]) => `  ${name}=${value}`)
  .join('\n')}

MusicAPI's faults: on the page, or with curl at http://${musicApi.host}/_faults
Ctrl-C ends it.
`;
}
