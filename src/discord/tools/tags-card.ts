import { ButtonStyle } from 'discord-api-types/v10';
import { words } from '../../words/words.ts';
import { buildCardEmbed } from '../cards/card-frame.ts';
import type { StatusView } from '../cards/status-card.ts';
import { buildButton, buildMessage, buildRow, COLOURS } from '../messages/message.ts';
import { oneLine } from '../messages/text.ts';
import { buildAgain, priceOfAgain } from './again.ts';
import type { ToolCard } from './tool-card.ts';

/** A message takes 2,000 characters (Discord: Create Message); the rest is for the words around the tags. */
const MAX_TAGS_LENGTH = 1_700;

/**
 * Enriched tags, in a block of their own: there Discord shows and copies them without escapes. Nothing in a block is
 * formatted but the marks that end it, so these are replaced.
 */
export function buildTagsCard(view: StatusView, tags: string): ToolCard {
  const all = oneLine(tags.replaceAll('`', "'"), Number.MAX_SAFE_INTEGER);
  const shown = oneLine(all, MAX_TAGS_LENGTH);
  const isCut = shown !== all;
  const say = words().tools.tags;
  const create = buildButton(
    words().tools.buttons.createWith,
    { action: 'create-with', taskId: view.task.id },
    { style: ButtonStyle.Primary },
  );
  const body = buildMessage({
    content: `\`\`\`\n${shown || '-'}\n\`\`\`${isCut ? `${say.cut}\n` : ''}${say.next({ price: priceOfAgain(view) })}`,
    embed: buildCardEmbed(view, COLOURS.good),
    rows: [buildRow(...(all ? [create] : []), buildAgain(view))],
  });
  return { body, texts: isCut ? [{ name: `${say.file}.txt`, text: `${all}\n` }] : [] };
}
