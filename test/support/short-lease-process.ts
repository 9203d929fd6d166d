/** The bot as `src/main.ts` runs it, but the work of a process that was killed is taken over within `LEASE_MS`. */
import { createApp } from '../../src/app.ts';
import { parseConfig, secretsOf } from '../../src/config.ts';
import { createLogger } from '../../src/log.ts';

const config = parseConfig(process.env);
const log = createLogger({ level: config.logLevel, secrets: secretsOf(config) });
const app = await createApp(config, { log, leaseMs: Number(process.env.LEASE_MS) });
process.once('SIGTERM', () => void app.stop().then(() => process.exit(0)));
await app.start();
