import { EmbedBuilder } from '@discordjs/builders';
import { ButtonStyle } from 'discord-api-types/v10';
import { words } from '../../words/words.ts';
import { labelOf } from '../cards/card-frame.ts';
import type { StatusView } from '../cards/status-card.ts';
import { buildButton, buildMessage, buildRow, COLOURS, formatNumberKey } from '../messages/message.ts';
import { fileName, formatCredits, oneLine, plain } from '../messages/text.ts';
import { buildAgain, priceOfAgain } from './again.ts';
import type { TextFile, ToolCard } from './tool-card.ts';

interface Draft {
  readonly title?: string | undefined;
  readonly lyrics: string;
}

/** Drafts that a card shows: so many actions there are (`compose-1`, `compose-2`). */
const MAX_DRAFTS = 2;

/** One embed takes 4,096 characters of description, all of a message 6,000 together (Discord: Embed Limits). */
const MAX_DRAFT_LENGTH = 4_096;
const MAX_DRAFTS_LENGTH = 5_600;
const MAX_TITLE_LENGTH = 100;
const MAX_ABOUT_LENGTH = 400;

/** Drafts of lyrics as text; one that does not fit is attached complete. */
export function buildLyricsCard(view: StatusView, all: readonly Draft[]): ToolCard {
  const drafts = all.filter(({ lyrics }) => lyrics.trim() !== '').slice(0, MAX_DRAFTS);
  const shown = showDrafts(drafts);
  const { task, prices } = view;
  const say = words().tools.lyrics;
  const label = labelOf(view);
  const about = plain(task.request.prompt ?? '', MAX_ABOUT_LENGTH);
  const embeds = drafts.map(({ title }, index) =>
    new EmbedBuilder()
      .setColor(COLOURS.good)
      .setTitle(
        `${formatNumberKey(index)} ${plain(title ?? '', MAX_TITLE_LENGTH) || words().answers.untitled}`,
      )
      .setDescription(shown[index]?.text ?? '')
      .toJSON(),
  );
  const compose = drafts.map((_, index) =>
    buildButton(
      words().tools.buttons.compose,
      { action: index === 0 ? 'compose-1' : 'compose-2', taskId: task.id },
      { style: ButtonStyle.Primary, emoji: formatNumberKey(index) },
    ),
  );
  const next = prices ? say.composeFor({ price: formatCredits(prices.create) }) : say.compose;
  const lines = [
    say.priced({ what: about ? `${label}: ${about}` : label, price: formatCredits(task.price) }),
    drafts.length === 0 ? say.none : next,
    say.again({ price: priceOfAgain(view) }),
    shown.some(({ isCut }) => isCut) ? say.cut : '',
  ];
  const message = buildMessage({
    content: lines.filter(Boolean).join('\n'),
    rows: [buildRow(...compose, buildAgain(view))],
  });
  return { body: { ...message, embeds }, texts: shown.flatMap(({ file }) => file ?? []) };
}

interface ShownDraft {
  readonly text: string;
  readonly isCut: boolean;
  readonly file?: TextFile | undefined;
}

function showDrafts(drafts: readonly Draft[]): readonly ShownDraft[] {
  const whole = drafts.map(({ lyrics }) => plain(lyrics, lyrics.length * 3 + 1, { lines: 'keep' }));
  const isRoomy = whole.reduce((sum, { length }) => sum + length, 0) <= MAX_DRAFTS_LENGTH;
  const share = isRoomy ? MAX_DRAFT_LENGTH : Math.floor(MAX_DRAFTS_LENGTH / Math.max(1, drafts.length));
  const maxLength = Math.min(share, MAX_DRAFT_LENGTH);
  return drafts.map(({ lyrics, title }, index) => {
    const text = whole[index] ?? '';
    if (text.length <= maxLength) return { text: text || '…', isCut: false };
    const say = words().tools.lyrics;
    const called = oneLine(title ?? '', MAX_TITLE_LENGTH) || say.file;
    const name = fileName(called, say.draft({ draft: index + 1 }), 'txt');
    const cut = plain(lyrics, maxLength, { lines: 'keep' });
    return { text: cut, isCut: true, file: { name, text: `${lyrics.trim()}\n` } };
  });
}
