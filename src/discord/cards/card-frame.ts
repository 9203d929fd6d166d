/** What all cards of tasks have in common: their name, and what was asked for. */
import { EmbedBuilder } from '@discordjs/builders';
import { operationWords } from '../../words/operation-words.ts';
import { words } from '../../words/words.ts';
import { formatCredits, plain } from '../messages/text.ts';
import { askedTitle, buildAskedFields, nameParent } from './asked.ts';
import type { StatusView } from './status-card.ts';

const MAX_TITLE_LENGTH = 100;

/** What a card is about: the operation, and the title that was asked for or that of the clip it works on. */
export function nameOf(view: StatusView): string {
  const { task, parent } = view;
  const label = labelOf(view);
  const title = plain(askedTitle(task.request) ?? (parent ? nameParent(parent) : ''), MAX_TITLE_LENGTH);
  return title ? `${label}: ${title}` : label;
}

/** What the task is called: by its operation, where the view has no other name for it. */
export function labelOf({ task, label }: Pick<StatusView, 'task' | 'label'>): string {
  return label ?? operationWords({ engine: task.request.engine, id: task.request.operation }).label;
}

/**
 * The embed of a card, without a description: name, request, price and requester.
 *
 * @param price - credits. @defaultValue those of the task
 */
export function buildCardEmbed(view: StatusView, colour: number, price = view.task.price): EmbedBuilder {
  const { task, parent } = view;
  const { fields } = words().cards;
  return new EmbedBuilder()
    .setColor(colour)
    .setTitle(nameOf(view))
    .addFields(
      ...buildAskedFields(task.request, parent, view.sentModel),
      { name: fields.price, value: formatCredits(price), inline: true },
      { name: fields.requester, value: `<@${task.origin.userId}>`, inline: true },
    );
}
