import { ButtonStyle } from 'discord-api-types/v10';
import { words } from '../../words/words.ts';
import { buildButton, buildMessage, buildRow, type CardMessage } from '../messages/message.ts';

/** Asks whether everything about a person is to be deleted, and says what that means. */
export function buildDeleteQuestion(memberId: string): CardMessage {
  const { ask, yes, no } = words().privacy.delete;
  return buildMessage({
    content: ask,
    rows: [
      buildRow(
        buildButton(yes, { action: 'privacy-delete', memberId }, { style: ButtonStyle.Danger }),
        buildButton(no, { action: 'privacy-keep', memberId }),
      ),
    ],
  });
}
