import { ButtonStyle } from 'discord-api-types/v10';
import { words } from '../../words/words.ts';
import { buildCardEmbed } from '../cards/card-frame.ts';
import type { StatusView } from '../cards/status-card.ts';
import { buildButton, buildMessage, buildRow, COLOURS } from '../messages/message.ts';
import { formatCredits, plain } from '../messages/text.ts';
import type { ToolCard } from './tool-card.ts';

const MAX_NAME_LENGTH = 100;

/** A singer that was made. */
export function buildPersonaCard(
  view: StatusView,
  { name }: { readonly name?: string | undefined },
): ToolCard {
  const { task, prices } = view;
  // MusicAPI may have another name for it, but it is offered by the one that was asked for.
  const called = plain(task.request.name?.trim() || name || '', MAX_NAME_LENGTH);
  const say = words().tools.persona;
  const lines = [
    called ? say.ready({ name: called }) : say.unnamed,
    prices ? say.singFor({ price: formatCredits(prices.sing) }) : say.sing,
  ];
  const sing = buildButton(
    words().tools.buttons.sing,
    { action: 'sing', taskId: task.id },
    { style: ButtonStyle.Primary },
  );
  const embed = buildCardEmbed(view, COLOURS.good).setDescription(lines.join('\n'));
  return { body: buildMessage({ embed, rows: [buildRow(sing)] }), texts: [] };
}
