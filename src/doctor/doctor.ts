import { hideSecrets } from '../log-secrets.ts';
import type { DoctorOptions } from './check.ts';
import { CHECKS } from './checks.ts';
import { createContext, listSecrets } from './context.ts';
import { type Checked, runChecks } from './run-checks.ts';

/** A check that takes longer is given up. */
const TIMEOUT_MS = 10_000;

/**
 * Looks at everything that a bot needs to run. It spends no credit, sends no message, changes no database, and takes
 * nothing that a running bot has.
 *
 * @returns what was found, without secrets, in the order in which it is reported
 */
export async function runDoctor(options: DoctorOptions): Promise<readonly Checked[]> {
  const context = createContext(options);
  const secrets = listSecrets(options.env);
  try {
    const wanted = CHECKS.filter((check) => check.isWanted?.(context) ?? true);
    const results = await Promise.all(runChecks(wanted, context, options.timeoutMs ?? TIMEOUT_MS));
    return results.flat().map((one) => withoutSecrets(one, secrets));
  } finally {
    await context.close();
  }
}

/** The only way out of a finding. */
function withoutSecrets(one: Checked, secrets: readonly string[]): Checked {
  const hide = (text: string) => hideSecrets(text, secrets);
  return { ...one, message: hide(one.message), fix: one.fix === undefined ? undefined : hide(one.fix) };
}
