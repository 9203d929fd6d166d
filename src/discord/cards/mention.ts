import { isGone } from '../../domain/forgotten.ts';
import { words } from '../../words/words.ts';

/** How a person is named: whoever had themselves deleted cannot be named at all. */
export function mentionOf(userId: string): string {
  return isGone(userId) ? words().cards.deletedMember : `<@${userId}>`;
}
