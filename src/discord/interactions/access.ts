import type { Config } from '../../config.ts';
import { words } from '../../words/words.ts';

/** Where somebody acts: in a server, or with none behind them. */
interface Place {
  readonly guildId?: string | null | undefined;
}

/** Why the bot does not serve this place at all; undefined = it does. Needs no I/O. */
export function explainPlace(place: Place, config: Pick<Config, 'allowedGuilds'>): string | undefined {
  if (!place.guildId || config.allowedGuilds.length === 0 || config.allowedGuilds.includes(place.guildId))
    return undefined;
  return words().answers.closedServer;
}

/** Why nobody may spend the operator's credits here; undefined = they may. Needs no I/O. */
export function explainNoSpending(place: Place, config: Pick<Config, 'allowDms'>): string | undefined {
  if (place.guildId || config.allowDms) return undefined;
  return words().answers.noDirectMessages;
}
