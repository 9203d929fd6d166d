/** The part of a panel that is about an own MusicAPI key. */
import { LabelBuilder, ModalBuilder, TextInputBuilder } from '@discordjs/builders';
import {
  type APIModalInteractionResponseCallbackData,
  ButtonStyle,
  TextInputStyle,
} from 'discord-api-types/v10';
import { coerceError } from '../../errors.ts';
import type { KeyView } from '../../keys/account-keys.ts';
import type { Credits } from '../../musicapi/types.ts';
import { words } from '../../words/words.ts';
import { mentionOf } from '../cards/mention.ts';
import type { Services } from '../interactions/services.ts';
import { SECRET_FIELD } from '../interactions/typed-text.ts';
import { type CustomId, encodeId } from '../messages/custom-ids.ts';
import { type ButtonRow, buildButton, buildRow } from '../messages/message.ts';
import { formatCredits } from '../messages/text.ts';

/** What a panel knows of an account's key. */
export interface KeyState {
  /** Whether the operator has switched own keys on. */
  readonly isPossible: boolean;
  readonly key?: KeyView | undefined;
  /** Undefined: MusicAPI does not tell it. */
  readonly balance?: Credits | undefined;
}

/** Longest key; no key is as long. */
const MAX_KEY_LENGTH = 500;

/**
 * Loads what may be told of an account's key.
 *
 * @param isOpen - whether the part about the key is open, so that the balance is shown
 */
export async function loadKeyState(
  { keys, getBalance, log }: Pick<Services, 'keys' | 'getBalance' | 'log'>,
  accountId: string,
  isOpen: boolean,
): Promise<KeyState> {
  const key = await keys.look(accountId);
  const state = { isPossible: keys.isPossible, key };
  if (!isOpen || !key?.isReadable || key.isRefused) return state;
  try {
    return { ...state, balance: await getBalance(accountId) };
  } catch (error) {
    log.info({ accountId, err: coerceError(error) }, 'balance of an own key not known');
    return state;
  }
}

/** The state of a key in one line. */
export function formatKey({ key }: KeyState): string {
  const { key: text } = words().settingsPanel;
  if (!key) return text.none;
  const set = text.there({ member: mentionOf(key.setBy), when: `<t:${Math.floor(key.setAt / 1_000)}:D>` });
  if (!key.isReadable) return text.unreadable({ set });
  return key.isRefused ? text.refused({ set }) : set;
}

/** All that there is to know before one sets, replaces or removes a key. */
export function explainKey(whose: 'server' | 'me', { isPossible, key, balance }: KeyState): string {
  const { key: text } = words().settingsPanel;
  const { off, about, removal } = text[whose];
  if (!isPossible && !key) return off;
  const isUsable = key?.isReadable && !key.isRefused;
  const money = balance ? formatBalance(balance) : text.noBalance;
  return [isPossible ? about : off, text.safe, ...(isUsable ? [money] : []), ...(key ? [removal] : [])].join(
    '\n',
  );
}

/** The balance in a sentence. */
export function formatBalance({ plan, extra }: Credits): string {
  return words().settingsPanel.key.balance({ credits: formatCredits(plan + extra) });
}

/** The buttons to set, replace and remove a key. */
export function buildKeyButtons(
  { isPossible, key }: KeyState,
  ids: { readonly ask: CustomId; readonly remove: CustomId },
): readonly ButtonRow[] {
  const { set, replace, remove } = words().settingsPanel.key;
  const buttons = [
    ...(isPossible ? [buildButton(key ? replace : set, ids.ask, { style: ButtonStyle.Primary })] : []),
    ...(key ? [buildButton(remove, ids.remove, { style: ButtonStyle.Danger })] : []),
  ];
  return buttons.length > 0 ? [buildRow(...buttons)] : [];
}

/** The form of a key. What is typed into it is never shown again. */
export function buildKeyForm(id: CustomId): APIModalInteractionResponseCallbackData {
  const { formTitle, label, hint } = words().settingsPanel.key;
  const input = new TextInputBuilder()
    .setCustomId(SECRET_FIELD)
    .setStyle(TextInputStyle.Short)
    .setMaxLength(MAX_KEY_LENGTH)
    .setRequired(true);
  return new ModalBuilder()
    .setTitle(formTitle)
    .setCustomId(encodeId(id))
    .addLabelComponents(new LabelBuilder().setLabel(label).setDescription(hint).setTextInputComponent(input))
    .toJSON();
}
