import { ConfigError, parseConfig } from '../../config.ts';
import { VARIABLE_NAMES } from '../../config-variables.ts';
import type { Check } from '../check.ts';
import { found } from '../outcomes.ts';
import { listUnknownNames } from '../similar-names.ts';

/** Whether every variable holds what it should, all problems at once. */
export const configuration: Check = {
  id: 'configuration',
  title: 'Configuration',
  needs: [],
  async run({ env }) {
    const set = VARIABLE_NAMES.filter((name) => env[name]?.trim()).length;
    try {
      parseConfig(env);
      return [found('configuration', 'valid', `All ${set} variables that are set can be used.`)];
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      const fix = 'Set it in the environment or in .env; the README has a table of all variables.';
      return error.problems.map((problem) => found('configuration', 'invalid', problem, fix));
    }
  },
};

/** Whether there are variables that are probably meant to be ours. */
export const configurationNames: Check = {
  id: 'configuration-names',
  title: 'Names of variables',
  needs: [],
  async run({ env }) {
    const unknown = listUnknownNames(Object.keys(env), VARIABLE_NAMES);
    if (unknown.length === 0) return [found('configuration-names', 'known', 'No variable looks mistyped.')];
    return unknown.map(({ name, likely }) =>
      found(
        'configuration-names',
        'unknown',
        `${name} is no variable of Encore: it has no effect.`,
        likely ? `Call it ${likely}, if that is what you mean.` : 'Remove it, if nothing else needs it.',
      ),
    );
  },
};
