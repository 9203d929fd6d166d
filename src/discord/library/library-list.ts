/** The private answer of `/library`: a page of songs, each with its button. */
import { EmbedBuilder } from '@discordjs/builders';
import type { APIEmbed } from 'discord-api-types/v10';
import { type Clip, referenceOf } from '../../domain/clip.ts';
import { LANGUAGES, words, wordsOf } from '../../words/words.ts';
import { titleOf } from '../messages/clip-title.ts';
import { IN_MESSAGE, type LibraryPage, searchForId } from '../messages/library-ids.ts';
import {
  type ButtonRow,
  buildButton,
  buildMessage,
  buildRow,
  type CardMessage,
  COLOURS,
  formatNumberKey,
} from '../messages/message.ts';
import { formatDuration, formatLink, oneLine, plain } from '../messages/text.ts';

/** A song in the list. */
interface LibraryEntry {
  readonly clip: Clip;
  /** Its place in the list. */
  readonly number: number;
  readonly hearts: number;
  /** Address of its card, if it has one that the reader may know. */
  readonly link?: string | undefined;
  readonly isPosted: boolean;
}

/** A page, and what is around it. */
export interface LibraryView {
  readonly page: LibraryPage;
  /** What was searched for, as it was typed. */
  readonly text: string;
  /** Whether those of a server are among the songs. */
  readonly isInServer: boolean;
  readonly userId: string;
  /** The newest first. */
  readonly entries: readonly LibraryEntry[];
  readonly hasNewer: boolean;
  readonly hasOlder: boolean;
}

/** Songs of a page: two rows of buttons. */
export const PAGE_LENGTH = 8;

const ROW_LENGTH = 4;
const MAX_TITLE_LENGTH = 60;
/** Of a search, so that it stands in one line; a longer one would find no more. */
const MAX_SEARCH_LENGTH = 200;

/** Builds a page, or what to do where it is empty. */
export function buildLibrary(view: LibraryView): CardMessage {
  const { page, entries, text } = view;
  const search = oneLine(text, MAX_SEARCH_LENGTH);
  if (entries.length === 0) {
    return buildMessage({ content: explainEmpty(view), rows: page.from ? [buildRow(...turns(view))] : [] });
  }
  const lines = entries.map((entry, index) => `${formatNumberKey(index)} ${formatEntry(entry)}`);
  const embed = new EmbedBuilder().setColor(COLOURS.working).setDescription(lines.join('\n'));
  if (search) embed.setFooter({ text: words().library.list.search({ text: search }) });
  const turning = turns(view);
  return buildMessage({
    content: headingOf(view),
    embed,
    rows: [...showRows(entries), ...(turning.length > 0 ? [buildRow(...turning)] : [])],
  });
}

/** What the list in a message was searched by, in whatever language it says so. */
export function readSearch({ search }: LibraryPage, embeds: readonly APIEmbed[]): string {
  if (search !== IN_MESSAGE) return search ?? '';
  const shown = embeds[0]?.footer?.text ?? '';
  const prefixes = LANGUAGES.map((language) => wordsOf(language).library.list.search({ text: '' }).trimEnd());
  const prefix = prefixes.find((one) => shown.startsWith(one));
  return prefix === undefined ? '' : shown.slice(prefix.length).trim();
}

function headingOf({ page, isInServer, userId }: LibraryView): string {
  const { list } = words().library;
  const { ownerId, isFavourite } = page;
  const isOther = ownerId !== undefined && ownerId !== userId;
  if (isFavourite) return isOther ? list.favouritesOf({ member: `<@${ownerId}>` }) : list.favourites;
  if (isOther) return list.of({ member: `<@${ownerId}>` });
  return isInServer && ownerId === undefined ? list.all : list.own;
}

function explainEmpty({ page, text, isInServer, userId }: LibraryView): string {
  const { empty } = words().library.list;
  const { from, ownerId, isFavourite } = page;
  const shown = plain(text, 100);
  if (from) return empty.pageGone;
  if (ownerId !== undefined && ownerId !== userId) return empty.noneOf({ member: `<@${ownerId}>` });
  if (shown) return empty.notFound({ text: shown });
  if (isFavourite) return empty.noFavourites;
  return isInServer && ownerId === undefined ? empty.nothingHere : empty.nothing;
}

function formatEntry({ clip, hearts, link, isPosted }: LibraryEntry): string {
  const { list } = words().library;
  const name = titleOf(clip);
  const title = link
    ? formatLink(name, link, MAX_TITLE_LENGTH)
    : `**${plain(name, MAX_TITLE_LENGTH) || words().answers.untitled}**`;
  const facts = [
    clip.kind === 'stem' ? list.stem : list.take({ take: clip.take }),
    clip.durationSeconds === undefined ? '' : formatDuration(clip.durationSeconds),
    clip.engine,
    `<t:${Math.floor(clip.createdAt / 1000)}:R>`,
    list.hearts({ hearts }),
    isPosted ? '' : list.notPosted,
  ];
  return list.row({ title, facts: facts.filter(Boolean) });
}

function showRows(entries: readonly LibraryEntry[]): readonly ButtonRow[] {
  const { show } = words().library.list.buttons;
  const buttons = entries.map(({ clip }, index) =>
    buildButton(show, { action: 'library-show', clip: referenceOf(clip) }, { emoji: formatNumberKey(index) }),
  );
  const rows: ButtonRow[] = [];
  for (let at = 0; at < buttons.length; at += ROW_LENGTH)
    rows.push(buildRow(...buttons.slice(at, at + ROW_LENGTH)));
  return rows;
}

function turns({ page, text, entries, hasNewer, hasOlder }: LibraryView) {
  const { newest, newer, older } = words().library.list.buttons;
  const { ownerId, isFavourite } = page;
  const same = { ownerId, isFavourite, search: searchForId(oneLine(text, MAX_SEARCH_LENGTH)) };
  const [first] = entries;
  const last = entries.at(-1);
  const turn = (label: string, from: LibraryPage['from']) =>
    buildButton(label, { action: 'library', page: { ...same, from } });
  return [
    ...(page.from ? [turn(newest, undefined)] : []),
    ...(first && hasNewer ? [turn(newer, { direction: 'newer', number: first.number })] : []),
    ...(last && hasOlder ? [turn(older, { direction: 'older', number: last.number })] : []),
  ];
}
