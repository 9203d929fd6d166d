/** The private menu behind **More**. */
import type { EmbedBuilder } from '@discordjs/builders';
import { ButtonStyle } from 'discord-api-types/v10';
import { words } from '../../words/words.ts';
import type { CustomId } from '../messages/custom-ids.ts';
import { cutLines } from '../messages/lines.ts';
import { buildButton, buildMessage, buildRow, type CardMessage } from '../messages/message.ts';
import { formatCredits, plain } from '../messages/text.ts';

/** Something that can be done with the clip. */
export interface MenuEntry {
  readonly label: string;
  /** Goes on after the label. */
  readonly does: string;
  readonly id: CustomId;
  /** Credits, where it spends. */
  readonly price?: number | undefined;
  readonly isDangerous?: boolean;
}

/** Something that cannot be done with the clip. */
export interface MissingEntry {
  readonly label: string;
  /** A sentence. */
  readonly reason: string;
}

interface MenuView {
  readonly title?: string | undefined;
  readonly entries: readonly MenuEntry[];
  readonly missing?: readonly MissingEntry[];
  /** What the pressed card tells about a clip that nobody else knows; the entries' forms are filled from it. */
  readonly quote?: EmbedBuilder | undefined;
}

const ROW_LENGTH = 5;
const MAX_CONTENT_LENGTH = 2_000;

/** Builds the menu. An entry that has no button stands in the text, with the reason. */
export function buildMoreMenu({ title, entries, missing = [], quote }: MenuView): CardMessage {
  const { menu, thisClip } = words().clips;
  const lines = entries.map(({ label, does, price }) =>
    price === undefined
      ? menu.entry({ label, does })
      : menu.paidEntry({ label, does, price: formatCredits(price) }),
  );
  const absent = missing.map(({ label, reason }) => menu.entry({ label, does: reason }));
  const buttons = entries.map(({ label, id, isDangerous }) =>
    buildButton(label, id, { style: isDangerous ? ButtonStyle.Danger : ButtonStyle.Secondary }),
  );
  const text = [menu.ask({ title: plain(title ?? '', 100) || thisClip }), ...lines];
  if (absent.length > 0) text.push('', menu.missing, ...absent);
  return buildMessage({
    content: cutLines(text, MAX_CONTENT_LENGTH),
    embed: quote,
    rows: inRows(buttons).map((row) => buildRow(...row)),
  });
}

function inRows<T>(items: readonly T[]): T[][] {
  const rows: T[][] = [];
  for (let at = 0; at < items.length; at += ROW_LENGTH) rows.push(items.slice(at, at + ROW_LENGTH));
  return rows;
}
