/** `npm run demo`: the main story, played by two people, with real songs at the end; `--all` plays everything. */
import { type DemoOptions, parseDemoOptions, USAGE } from './demo-options.ts';
import type { Paint } from './narrator.ts';
import { runDemo } from './performance.ts';

/** Exit codes of a program that was called wrongly, and of one that somebody stopped. */
const CALLED_WRONGLY = 2;
const INTERRUPTED = 130;

process.exit(await main());

async function main(): Promise<number> {
  let options: DemoOptions;
  try {
    options = parseDemoOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${USAGE}\n`);
    return CALLED_WRONGLY;
  }
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // Ctrl-C may come twice, by the terminal and by npm: the second must not cut the clean-up off.
    process.on(signal, () => stopping.abort(new Error('The demo was stopped.')));
  }
  const isGood = await runDemo(options, {
    write: (line) => process.stdout.write(`${line}\n`),
    complain: (text) => process.stderr.write(text),
    paint: createPaint(),
    signal: stopping.signal,
  });
  if (stopping.signal.aborted) return INTERRUPTED;
  return isGood ? 0 : 1;
}

/** Colour for people at a terminal who did not ask for none. @see https://no-color.org */
function createPaint(): Paint {
  const isColoured = process.stdout.isTTY && !process.env.NO_COLOR;
  const style = (code: number) => (text: string) => (isColoured ? `\u001B[${code}m${text}\u001B[0m` : text);
  return { strong: style(1), faint: style(2) };
}
