/** The card that shows a task from the queue to its end. */
import { ButtonStyle } from 'discord-api-types/v10';
import type { Clip } from '../../domain/clip.ts';
import type { Delivery } from '../../domain/delivery.ts';
import { isGone } from '../../domain/forgotten.ts';
import type { FailedTask, QueuedTask, RunningTask, Task, UnknownTask } from '../../domain/task.ts';
import { words } from '../../words/words.ts';
import {
  formatDelivered,
  isAllDelivered,
  listDeliveryLines,
  listDeliveryRows,
} from '../delivery/delivery-lines.ts';
import { describeFailure, describeUnknown, isPrivateReason } from '../messages/describe-error.ts';
import {
  type ButtonRow,
  buildButton,
  buildMessage,
  buildRow,
  type CardMessage,
  COLOURS,
  parseWebUrl,
} from '../messages/message.ts';
import { bar, formatDuration } from '../messages/text.ts';
import { nameParent, type ParentView } from './asked.ts';
import { buildCardEmbed, nameOf } from './card-frame.ts';
import { mentionOf } from './mention.ts';

/** A task, and what has to be known around it to show it. */
export interface StatusView {
  readonly task: Task;
  /** What it is called. @defaultValue the operation's name */
  readonly label?: string | undefined;
  readonly now: number;
  /** Place in the queue, from 1. */
  readonly place?: number | undefined;
  /** Expected time until it is done, from now; absent when it takes longer than usual or nobody knows. */
  readonly estimateMs?: number | undefined;
  readonly elapsedMs: number;
  /** Expected progress, 0 to 1. */
  readonly fraction: number;
  /** MusicAPI as a whole does not answer at the moment. */
  readonly providerDown?: boolean | undefined;
  readonly parent?: ParentView | undefined;
  /** Id of the model that MusicAPI is asked for. @defaultValue the one that the person asked for */
  readonly sentModel?: string | undefined;
  readonly deliveries: readonly Delivery[];
  readonly clips: readonly Clip[];
  /** Somebody already pressed Try again. */
  readonly retried?: boolean | undefined;
  /** No form could change anything of its request. */
  readonly isFixed?: boolean | undefined;
  /** What the buttons of a tool's result cost, in credits. */
  readonly prices?: CardPrices | undefined;
  /** All tasks that were asked for together and share this card, its own included. */
  readonly group?: readonly StatusView[] | undefined;
}

/** Prices of what a tool's result leads to, in credits. */
interface CardPrices {
  /** The same once more. */
  readonly again: number;
  readonly create: number;
  readonly sing: number;
}

/** Progress is an estimate: it never claims more than this. */
const MAX_SHOWN_FRACTION = 0.95;

/** Builds the status card of a task in any state. */
export function buildStatusCard(view: StatusView): CardMessage {
  const { task } = view;
  const { buttons, ends } = words().cards;
  switch (task.state) {
    case 'queued':
      return card(view, COLOURS.waiting, describeQueue(task, view), [
        buildRow(buildButton(buttons.cancel, { action: 'cancel', taskId: task.id })),
      ]);
    case 'submitting':
      return card(view, COLOURS.waiting, [describeSending(task)], []);
    case 'running':
      return card(view, COLOURS.working, describeProgress(task, view), [
        buildRow(buildButton(buttons.stop, { action: 'stop', taskId: task.id })),
      ]);
    case 'succeeded':
      return buildResultCard(view);
    case 'failed':
      return card(view, COLOURS.bad, [ends.failed, explainEnd(task)], againRows(view));
    case 'unknown':
      return card(view, COLOURS.doubtful, describeDoubt(task, view), againRows(view));
    case 'expired':
      return card(view, COLOURS.doubtful, describeExpiry(view), againRows(view));
    case 'cancelled':
      return buildMessage({
        content: ends.cancelled({ who: mentionOf(task.cancelledBy), what: nameOf(view) }),
      });
    case 'abandoned':
      return buildMessage({
        content: ends.abandoned({
          who: mentionOf(task.abandonedBy),
          what: nameOf(view),
          so: isGone(task.abandonedBy)
            ? words().cards.stopped.nobodys({ credits: task.price })
            : stopSentence(task),
        }),
      });
    default:
      return task satisfies never;
  }
}

function buildResultCard(view: StatusView): CardMessage {
  const { task, deliveries, clips, parent } = view;
  const parentTitle = parent && nameParent(parent);
  const results = { deliveries, clips, guildId: task.origin.guildId, parentTitle };
  if (isAllDelivered(deliveries)) return buildMessage({ content: formatDelivered(results) });
  const needsPerson = deliveries.some(({ setback, state }) => setback || state === 'undecided');
  const lines = [words().cards.ends.made, ...listDeliveryLines(results)];
  return card(view, needsPerson ? COLOURS.doubtful : COLOURS.good, lines, listDeliveryRows(deliveries));
}

function card(
  view: StatusView,
  colour: number,
  lines: readonly string[],
  rows: readonly ButtonRow[],
): CardMessage {
  const { task } = view;
  const embed = buildCardEmbed(view, colour).setDescription(lines.join('\n'));
  if (['failed', 'expired', 'unknown'].includes(task.state)) {
    embed.setFooter({ text: words().cards.reference({ id: task.id }) });
  }
  return buildMessage({ embed, rows });
}

function describeQueue(task: QueuedTask, view: StatusView): string[] {
  const { place, estimateMs, elapsedMs, providerDown } = view;
  const say = words().cards.queue;
  const time = formatDuration(elapsedMs / 1000);
  const waited = place === undefined ? say.waiting({ time }) : say.waitingAt({ place, time });
  if (providerDown) return [waited, say.outage];
  const outlook = estimateMs && estimateMs > 0 ? [say.outlook({ time: formatLeft(estimateMs) })] : [];
  return [[waited, ...outlook].join(' '), ...(task.setback ? [say.setbacks[task.setback]] : [])];
}

function describeProgress(task: RunningTask, view: StatusView): string[] {
  const { estimateMs, fraction } = view;
  const say = words().cards.running;
  const isLate = estimateMs === undefined ? fraction >= MAX_SHOWN_FRACTION : estimateMs <= 0;
  const url = parseWebUrl(task.listenUrl);
  return [
    say.title,
    bar(isLate ? MAX_SHOWN_FRACTION : Math.min(fraction, MAX_SHOWN_FRACTION)),
    describeElapsed(view, isLate),
    ...(view.providerDown ? [say.outage] : []),
    ...(url ? [`[${say.listen}](${url})`] : []),
    say.ifStopped({ what: stopSentence(task) }),
  ];
}

function describeElapsed({ elapsedMs, estimateMs }: StatusView, isLate: boolean): string {
  const say = words().cards.running;
  const time = formatDuration(elapsedMs / 1000);
  if (isLate) return say.late({ time });
  return estimateMs === undefined ? say.soFar({ time }) : say.toGo({ time, left: formatLeft(estimateMs) });
}

/** An open task in few words, for a line of a list. */
export function describeShortly(
  view: Pick<StatusView, 'task' | 'place' | 'estimateMs' | 'elapsedMs'>,
): string {
  const { task, place, estimateMs, elapsedMs } = view;
  const say = words().cards.states;
  if (task.state === 'submitting') return say.sending;
  const queued = place === undefined ? say.queued : say.queuedAt({ place });
  const what = task.state === 'queued' ? queued : say.running({ time: formatDuration(elapsedMs / 1000) });
  const left = estimateMs && estimateMs > 0 ? [say.toGo({ time: formatDuration(estimateMs / 1000) })] : [];
  return [what, ...left].join(', ');
}

/** Time to go, never "0:00". */
function formatLeft(estimateMs: number): string {
  return formatDuration(Math.max(1, estimateMs / 1000));
}

/** Why it failed, as far as everybody who sees the card may know. */
export function explainEnd({ failure, origin, request }: FailedTask): string {
  const isHidden = !origin.isPrivate && isPrivateReason(failure.kind);
  return isHidden ? words().cards.ends.hidden : describeFailure(failure, request);
}

/** What is said while a request is on its way: a tool's answer comes with it. */
export function describeSending({ isDirect }: Pick<Task, 'isDirect'>): string {
  return isDirect ? words().cards.atWork : words().cards.sending;
}

function describeDoubt({ failure, settled, webhook }: UnknownTask, view: StatusView): string[] {
  if (settled) return [words().cards.ends.neverKnown({ credits: view.task.price })];
  return [describeUnknown(failure, webhook), ...priceOfAgain(view)];
}

function describeExpiry(view: StatusView): string[] {
  const { task, elapsedMs } = view;
  const { ends } = words().cards;
  return [
    ends.expired({ time: formatDuration(elapsedMs / 1000) }),
    ends.expiredPrice({ credits: task.price }),
    ...priceOfAgain(view),
  ];
}

function priceOfAgain({ retried, task }: StatusView): string[] {
  return retried ? [] : [words().cards.ends.again({ credits: task.price })];
}

function stopSentence({ price: credits, request }: Task): string {
  const say = words().cards.stopped;
  if (request.operation === 'voice') return say.voice({ credits });
  if (request.operation === 'download') return say.file({ credits });
  return request.operation.startsWith('stems') ? say.stems({ credits }) : say.song({ credits });
}

function againRows({ task, retried, isFixed }: StatusView): ButtonRow[] {
  if (retried) return [];
  const labels = words().cards.buttons;
  const id = { action: 'retry', taskId: task.id } as const;
  const again = buildButton(labels.retry, id, { style: ButtonStyle.Primary });
  if (isFixed) return [buildRow(again)];
  return [buildRow(again, buildButton(labels.edit, { action: 'edit', taskId: task.id }))];
}
