/** The private menu in which one points at lines of a song. */
import { ActionRowBuilder, StringSelectMenuBuilder } from '@discordjs/builders';
import { ButtonStyle } from 'discord-api-types/v10';
import type { ClipReference } from '../../domain/request.ts';
import type { Operation } from '../../musicapi/operation.ts';
import { operationWords } from '../../words/operation-words.ts';
import { words } from '../../words/words.ts';
import type { CustomId } from '../messages/custom-ids.ts';
import { encodeId } from '../messages/custom-ids.ts';
import { buildButton, buildMessage, buildRow, type CardMessage } from '../messages/message.ts';
import type { PickOperation, PickState } from '../messages/pick-ids.ts';
import { formatCredits, formatDuration, oneLine, plain } from '../messages/text.ts';
import type { Moment } from './moments.ts';

/** An operation that can begin at a picked line. */
export type PickableOperation = Operation & { readonly id: PickOperation };

interface About {
  readonly clip: ClipReference;
  readonly title?: string | undefined;
  /** What this song allows. */
  readonly operations: readonly PickableOperation[];
}

interface PickView extends About {
  readonly moments: readonly Moment[];
  readonly state: PickState;
}

/** Discord takes at most this many options in a menu, with labels of at most so many characters. */
const PAGE_LENGTH = 25;
const MAX_LABEL_LENGTH = 100;
const MAX_TITLE_LENGTH = 100;
const MAX_QUOTE_LENGTH = 80;

/** A moment as menus name it: its time, then its words. */
export function formatMoment({ text, startSeconds }: Moment): string {
  return oneLine(`${formatDuration(startSeconds)} · ${text}`, MAX_LABEL_LENGTH);
}

/** The menu of lines; once the first one is picked, also what can be done from there on, and the menu of last lines. */
export function buildPickMessage({ clip, title, operations, moments, state }: PickView): CardMessage {
  const { pick } = words();
  const picked = readPicked(moments, state);
  const offered = [...moments.entries()].filter(([, moment]) => !picked || canEnd(moment, picked.first));
  const pages = Math.max(1, Math.ceil(offered.length / PAGE_LENGTH));
  const page = Math.min(state.page, pages - 1);
  const shown = offered.slice(page * PAGE_LENGTH, (page + 1) * PAGE_LENGTH);
  const menu = new StringSelectMenuBuilder()
    .setCustomId(encodeId({ action: 'pick-line', clip, pick: { ...state, page } }))
    .setPlaceholder(picked ? pick.lastLine : pick.firstLine)
    .addOptions(
      shown.map(([index, moment]) => ({
        label: formatMoment(moment),
        value: String(index),
        ...(moment.kind === 'section'
          ? { description: pick.until({ time: formatDuration(moment.endSeconds) }) }
          : {}),
      })),
    );
  const turn = (label: string, to: PickState) => buildButton(label, { action: 'pick-page', clip, pick: to });
  const turns = [
    ...(page > 0 ? [turn(pick.buttons.earlier, { ...state, page: page - 1 })] : []),
    ...(page < pages - 1 ? [turn(pick.buttons.later, { ...state, page: page + 1 })] : []),
    ...(picked ? [turn(pick.buttons.again, { page: 0 })] : []),
  ];
  const name = nameOf(title);
  return buildMessage({
    content: [
      ...(picked ? describePicked(name, picked, operations) : [pick.askFirst({ title: name })]),
      ...(pages > 1 ? [pick.page({ page: page + 1, pages })] : []),
    ].join('\n'),
    rows: [
      ...(picked ? [buildRow(...operations.map((operation) => doButton(operation, clip, picked)))] : []),
      new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(menu),
      ...(turns.length > 0 ? [buildRow(...turns)] : []),
    ],
  });
}

/** A part ends with a line that is not sung before it, or with a section that goes on. */
function canEnd({ kind, startSeconds, endSeconds }: Moment, first: Moment): boolean {
  return endSeconds > first.startSeconds && (kind === 'section' || startSeconds >= first.startSeconds);
}

interface Picked {
  readonly first: Moment;
  readonly last: Moment;
}

/** What was picked so far; a place that the song does not have counts as none. */
function readPicked(moments: readonly Moment[], { first, last }: PickState): Picked | undefined {
  const begin = first === undefined ? undefined : moments[first];
  if (!begin) return undefined;
  const end = last === undefined ? begin : moments[last];
  return { first: begin, last: end && canEnd(end, begin) ? end : begin };
}

function describePicked(
  title: string,
  { first, last }: Picked,
  operations: readonly PickableOperation[],
): string[] {
  const { pick, clips } = words();
  const times = { from: formatDuration(first.startSeconds), to: formatDuration(last.endSeconds) };
  const quote = (moment: Moment) => plain(formatMoment(moment), MAX_QUOTE_LENGTH);
  return [
    first === last
      ? pick.pickedOne({ title, first: quote(first) })
      : pick.picked({ title, first: quote(first), last: quote(last) }),
    ...operations.map((operation) =>
      clips.menu.paidEntry({
        label: operationWords(operation).label,
        does: pick.does[operation.id](times),
        price: formatCredits(operation.price),
      }),
    ),
    pick.askLast,
  ];
}

function doButton(operation: PickableOperation, clip: ClipReference, { first, last }: Picked) {
  const times = { fromMs: toMs(first.startSeconds), toMs: toMs(last.endSeconds) };
  const { label } = operationWords(operation);
  return buildButton(
    label,
    { action: 'pick-do', operation: operation.id, clip, times },
    { style: ButtonStyle.Primary },
  );
}

interface NoLines extends About {
  /** The way to the times of the words; absent where nobody sings. */
  readonly timeline?: Operation | undefined;
}

/** Says why there is no menu, and leads to the forms in which one types. */
export function buildNoLines({ clip, title, operations, timeline }: NoLines): CardMessage {
  const { pick } = words();
  const name = nameOf(title);
  const label = timeline ? operationWords(timeline).label : '';
  const ask: CustomId = { action: 'do', operation: 'timeline', clip };
  return buildMessage({
    content: timeline
      ? pick.unknown({ title: name, label, price: formatCredits(timeline.price) })
      : pick.wordless({ title: name }),
    rows: [
      buildRow(
        ...(timeline ? [buildButton(label, ask, { style: ButtonStyle.Primary })] : []),
        ...operations.map((operation) =>
          buildButton(operationWords(operation).label, formOf(operation, clip)),
        ),
      ),
    ],
  });
}

/** The button that opens the form of an operation, as everywhere else. */
function formOf({ id }: PickableOperation, clip: ClipReference): CustomId {
  return id === 'extend' ? { action: id, clip } : { action: 'do', operation: id, clip };
}

function nameOf(title: string | undefined): string {
  return plain(title ?? '', MAX_TITLE_LENGTH) || words().clips.thisClip;
}

function toMs(seconds: number): number {
  return Math.round(seconds * 1_000);
}
