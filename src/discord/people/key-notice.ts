import { isGone } from '../../domain/forgotten.ts';
import type { Logger } from '../../log.ts';
import type { SealedKey } from '../../store/account-keys.ts';
import { ownerOf } from '../../store/accounts.ts';
import { speak, words } from '../../words/words.ts';
import type { DiscordApi } from '../api/api.ts';
import { describeApiError } from '../api/api-errors.ts';
import type { Preferences } from '../interactions/preferences.ts';
import { buildMessage } from '../messages/message.ts';

interface NoticeDeps {
  readonly api: Pick<DiscordApi, 'openDirectMessage' | 'post'>;
  readonly preferences: Pick<Preferences, 'languageOf'>;
  readonly log: Logger;
}

/** Tells whoever set a key that MusicAPI does not take it any more. Never throws. */
export async function tellKeyRefused({ api, preferences, log }: NoticeDeps, key: SealedKey): Promise<void> {
  const { accountId, setBy, version } = key;
  if (isGone(setBy)) return;
  try {
    const content = speak(preferences.languageOf(setBy), () => {
      const { toldMember, toldManager } = words().settings.keys;
      return ownerOf(accountId).kind === 'member' ? toldMember : toldManager;
    });
    const channelId = await api.openDirectMessage(setBy);
    await api.post(channelId, { ...buildMessage({ content }), nonce: `key-${version}` });
  } catch (error) {
    log.info({ accountId, reason: describeApiError(error) }, 'the owner of a key takes no message');
  }
}
