import { flushCompileCache } from 'node:module';
import { type App, createApp } from './app.ts';
import { type Config, ConfigError, parseConfig, secretsOf } from './config.ts';
import { coerceError, StartError } from './errors.ts';
import { createLogger, type Logger } from './log.ts';
import { hideSecrets } from './log-secrets.ts';

/** Runs the bot until a signal ends it; what stands in the way of a start is said in sentences, with exit code 1. */
export async function run(): Promise<void> {
  const config = readConfig();
  if (!config) return;
  const secrets = secretsOf(config);
  const log = createLogger({ level: config.logLevel, secrets, ...(await openDestination(config)) });
  let app: App | undefined;
  const fail = async (error: unknown): Promise<never> => {
    if (error instanceof StartError) process.stderr.write(`${hideSecrets(error.message, secrets)}\n`);
    else log.fatal({ err: coerceError(error) }, 'Encore could not start');
    // Work may be under way, and a request that is being sent must not be left in doubt.
    await app?.stop().catch(() => undefined);
    process.exit(1);
  };
  try {
    app = await createApp(config, { log, onLost: fail });
    onSignals(app, log);
    await app.start();
    // A process that is killed would not leave the cache behind.
    flushCompileCache();
  } catch (error) {
    await fail(error);
  }
}

/** What lines are made readable with is loaded only where somebody reads them. */
async function openDestination({ logFormat }: Config) {
  const format = logFormat ?? (process.stdout.isTTY ? 'pretty' : 'json');
  if (format === 'json') return {};
  const { createPrettyDestination } = await import('./log-pretty.ts');
  return { destination: createPrettyDestination() };
}

/** Says everything that is wrong at once; undefined when something is. */
function readConfig() {
  try {
    return parseConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
    return undefined;
  }
}

/** The first signal ends in good order, a second one at once. */
function onSignals(app: App, log: Logger): void {
  let stopping = false;
  const handle = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'stopping');
    app.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.fatal({ err: coerceError(error) }, 'Encore did not stop in good order');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', handle);
  process.on('SIGINT', handle);
}
