import { type DestinationStream, pino } from 'pino';
import { prettyFactory } from 'pino-pretty';

/**
 * Creates what writes log lines for people: one line each, in colours on a terminal. It works in this process and at
 * once, so that it gets lines only after secrets were hidden in them, and the last ones are written before an end.
 *
 * @param out - @defaultValue standard output
 */
export function createPrettyDestination(
  out: Pick<DestinationStream, 'write'> = pino.destination({ dest: 1, sync: true }),
): DestinationStream {
  const prettify = prettyFactory({
    colorize: process.stdout.isTTY === true,
    translateTime: 'SYS:yyyy-mm-dd HH:MM:ss.l',
    singleLine: true,
  });
  return { write: (line) => out.write(prettify(line)) };
}
