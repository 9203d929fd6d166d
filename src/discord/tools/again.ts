import { words } from '../../words/words.ts';
import type { StatusView } from '../cards/status-card.ts';
import { buildButton } from '../messages/message.ts';
import { formatCredits } from '../messages/text.ts';

/** The button that asks for the same once more. */
export function buildAgain({ task }: Pick<StatusView, 'task'>) {
  return buildButton(words().tools.buttons.again, { action: 'retry', taskId: task.id });
}

/** What **Again** costs, for the text beside it. */
export function priceOfAgain({ task, prices }: StatusView): string {
  return formatCredits(prices?.again ?? task.price);
}
