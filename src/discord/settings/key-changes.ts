import { words } from '../../words/words.ts';
import type { Services } from '../interactions/services.ts';
import { SECRET_FIELD } from '../interactions/typed-text.ts';
import type { Control } from '../messages/settings-ids.ts';
import { formatBalance } from './key-parts.ts';
import { requireSeen } from './moved.ts';

/** Whose key, and who decides about it. */
interface KeyDeed {
  readonly accountId: string;
  readonly actorId: string;
  readonly control: Control<string>;
}

/**
 * Sets the key that was typed.
 *
 * @returns says so
 * @throws SettingMovedError, UserError when MusicAPI does not take it
 */
export async function setKey(
  { keys }: Pick<Services, 'keys'>,
  { accountId, actorId, control, texts }: KeyDeed & { readonly texts: Readonly<Record<string, string>> },
): Promise<() => string> {
  const check = (version: number | undefined) => requireSeen(control, version);
  const { isReplaced, credits } = await keys.set(accountId, texts[SECRET_FIELD] ?? '', actorId, check);
  return () => {
    const { taken, replaced } = words().settingsPanel.key;
    return `${isReplaced ? replaced : taken} ${formatBalance(credits)}`;
  };
}

/**
 * Removes a key.
 *
 * @returns says so
 * @throws SettingMovedError
 */
export async function removeKey(
  { keys }: Pick<Services, 'keys'>,
  { accountId, actorId, control }: KeyDeed,
): Promise<() => string> {
  const isRemoved = await keys.remove(accountId, actorId, (version) => requireSeen(control, version));
  return () => {
    const { removed, notThere } = words().settingsPanel.key;
    return isRemoved ? removed : notThere;
  };
}
