import { ButtonStyle } from 'discord-api-types/v10';
import type { Persona } from '../../store/personas.ts';
import { words } from '../../words/words.ts';
import {
  buildButton,
  buildMessage,
  buildRow,
  type CardMessage,
  formatNumberKey,
  MAX_ROWS,
} from '../messages/message.ts';
import { formatCredits, plain } from '../messages/text.ts';

const MAX_LISTED = 20;
const MAX_NAME_LENGTH = 60;

/**
 * The private answer of `/persona list`: a person's own voices, the newest first, the first five with buttons.
 *
 * @param price - credits of a song
 */
export function buildPersonaList(personas: readonly Persona[], price: number): CardMessage {
  const { voices } = words().people;
  if (personas.length === 0) return buildMessage({ content: voices.listEmpty });
  const lines = personas.slice(0, MAX_LISTED).map(formatEntry);
  const rest = personas.length - lines.length;
  const rows = personas.slice(0, MAX_ROWS).flatMap(({ taskId }, index) => {
    if (taskId === undefined) return [];
    const emoji = formatNumberKey(index);
    const sing = buildButton(
      voices.buttons.sing,
      { action: 'sing', taskId },
      { emoji, style: ButtonStyle.Primary },
    );
    return [buildRow(sing, buildButton(voices.buttons.forget, { action: 'forget', taskId }, { emoji }))];
  });
  return buildMessage({
    content: [
      voices.listed({ price: formatCredits(price) }),
      ...lines,
      ...(rest > 0 ? [voices.more({ count: rest })] : []),
      voices.forgetting,
    ].join('\n'),
    rows,
  });
}

function formatEntry({ name, createdAt }: Persona, index: number): string {
  const number = index < MAX_ROWS ? formatNumberKey(index) : '-';
  const made = `<t:${Math.floor(createdAt / 1000)}:R>`;
  return `${number} ${words().people.voices.entry({ name: plain(name, MAX_NAME_LENGTH), made })}`;
}
