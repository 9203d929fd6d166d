/** The card of tasks that were asked for together: several songs of one request, or several looks at one clip. */
import { ButtonStyle } from 'discord-api-types/v10';
import { isGone } from '../../domain/forgotten.ts';
import { isInVain, isOpen, type Task } from '../../domain/task.ts';
import type { Words } from '../../words/en.ts';
import { words } from '../../words/words.ts';
import { listDeliveryLines, listDeliveryRows } from '../delivery/delivery-lines.ts';
import { cutLines } from '../messages/lines.ts';
import {
  buildButton,
  buildMessage,
  buildRow,
  type CardMessage,
  COLOURS,
  formatNumberKey,
  MAX_ROWS,
} from '../messages/message.ts';
import { buildCardEmbed } from './card-frame.ts';
import { mentionOf } from './mention.ts';
import { describeSending, describeShortly, explainEnd, type StatusView } from './status-card.ts';

/** The asked-for fields of an embed take up to 2,000 of its 6,000 characters. */
const MAX_LINES_LENGTH = 3_300;

/** Builds the card of a batch: how many are where, and a line for each. */
export function buildBatchCard(view: StatusView, members: readonly StatusView[]): CardMessage {
  const tasks = members.map(({ task }) => task);
  const lines = [
    summarise(tasks),
    ...members.map((member, index) => `${formatNumberKey(index)} ${describeMember(member)}`),
    ...stopLines(tasks),
  ];
  const again = view.retried ? [] : listUnmade(members);
  if (again.length > 0) {
    const credits = again.reduce((sum, { task, prices }) => sum + (prices?.again ?? task.price), 0);
    lines.push(words().cards.batches.again({ tasks: again.length, credits }));
  }
  const price = tasks.reduce((sum, task) => sum + task.price, 0);
  const rows = [
    ...buildGroupRows(view.task.id, tasks),
    ...(again.length > 0 ? [buildRow(buildTryAgain(view.task.id))] : []),
    ...listDeliveryRows(members.flatMap((one) => one.deliveries)),
  ];
  return buildMessage({
    embed: buildCardEmbed({ ...view, label: words().cards.batch }, colourOf(tasks), price).setDescription(
      cutLines(lines, MAX_LINES_LENGTH),
    ),
    rows: rows.slice(0, MAX_ROWS),
  });
}

/** What was not made, once nothing is made any more. */
function listUnmade(members: readonly StatusView[]): readonly StatusView[] {
  if (members.some(({ task }) => isOpen(task))) return [];
  return members.filter(({ task }) => isInVain(task));
}

function buildTryAgain(taskId: string) {
  return buildButton(
    words().cards.buttons.retry,
    { action: 'retry', taskId },
    { style: ButtonStyle.Primary },
  );
}

/** **Cancel** while one of them is queued, **Stop waiting** while one is running. */
export function buildGroupRows(groupId: string, tasks: readonly Task[]) {
  const labels = words().cards.buttons;
  const buttons = [
    ...(tasks.some(({ state }) => state === 'queued')
      ? [buildButton(labels.cancel, { action: 'cancel', taskId: groupId })]
      : []),
    ...(tasks.some(({ state }) => state === 'running')
      ? [buildButton(labels.stop, { action: 'stop', taskId: groupId })]
      : []),
  ];
  return buttons.length > 0 ? [buildRow(...buttons)] : [];
}

/** Grey while all wait, blue while one is worked on, then by how they ended. */
export function colourOf(tasks: readonly Task[]): number {
  if (tasks.some((task) => isOpen(task))) {
    return tasks.every(({ state }) => state === 'queued') ? COLOURS.waiting : COLOURS.working;
  }
  if (tasks.every(({ state }) => state === 'succeeded')) return COLOURS.good;
  return tasks.some(({ state }) => state === 'succeeded') ? COLOURS.doubtful : COLOURS.bad;
}

const COUNTED = [
  ['done', ['succeeded']],
  ['running', ['submitting', 'running']],
  ['queued', ['queued']],
  ['failed', ['failed']],
  ['unknown', ['unknown']],
  ['expired', ['expired']],
  ['cancelled', ['cancelled']],
  ['abandoned', ['abandoned']],
] as const satisfies readonly (readonly [
  keyof Words['cards']['batches']['counts'],
  readonly Task['state'][],
])[];

function summarise(tasks: readonly Task[]): string {
  const say = words().cards.batches;
  const counts = COUNTED.flatMap(([kind, states]) => {
    const count = tasks.filter(({ state }) => states.some((one) => one === state)).length;
    return count > 0 ? [say.counts[kind]({ count })] : [];
  });
  return say.summary({ songs: tasks.length, counts });
}

function describeMember(member: StatusView): string {
  const { task, deliveries, clips } = member;
  const say = words().cards.batches;
  switch (task.state) {
    case 'submitting':
      return describeSending(task);
    case 'queued':
    case 'running':
      return describeShortly(member);
    case 'succeeded': {
      const results = { deliveries, clips, guildId: task.origin.guildId, parentTitle: undefined };
      return listDeliveryLines(results).join(', ') || words().delivery.done;
    }
    case 'failed':
      return say.failed({ reason: explainEnd(task) });
    case 'unknown':
      return say.unknown({ credits: task.price });
    case 'expired':
      return say.expired;
    case 'cancelled':
      return say.cancelled({ who: mentionOf(task.cancelledBy) });
    case 'abandoned':
      return (isGone(task.abandonedBy) ? say.abandonedForGood : say.abandoned)({
        who: mentionOf(task.abandonedBy),
      });
    default:
      return task satisfies never;
  }
}

function stopLines(tasks: readonly Task[]): string[] {
  const running = tasks.filter(({ state }) => state === 'running');
  if (running.length === 0) return [];
  const credits = running.reduce((sum, task) => sum + task.price, 0);
  const say = words().cards;
  return [say.running.ifStopped({ what: say.stopped.several({ credits }) })];
}
