import { parseArgs } from 'node:util';

/** What the command line asks for. */
export interface SandboxOptions {
  readonly withBot: boolean;
  /** Where the page is, or the next free one after it. */
  readonly port: number;
}

/** How to call the sandbox. */
export const USAGE = `npm run sandbox -- [--port PORT] [--no-bot]
  --port PORT   where the page is: the next free port is taken if this one is not (default: 3000)
  --no-bot      leaves the bot out, so that yours can take its place`;

/** Reads the arguments after the program's name. @throws Error with a sentence about what is wrong */
export function parseSandboxOptions(args: readonly string[]): SandboxOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { 'no-bot': { type: 'boolean', default: false }, port: { type: 'string', default: '3000' } },
  });
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) {
    throw new Error(`--port ${values.port}: a port is a whole number from 0 (any free one) to 65535.`);
  }
  return { withBot: !values['no-bot'], port };
}
