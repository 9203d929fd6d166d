import type { Delivery } from '../../domain/delivery.ts';
import { isOpen, type Task } from '../../domain/task.ts';
import { words } from '../../words/words.ts';
import { describeSetback } from '../delivery/delivery-lines.ts';
import { describeFailure } from '../messages/describe-error.ts';
import { buildMessage, type CardMessage } from '../messages/message.ts';
import { formatDuration } from '../messages/text.ts';
import type { StatusView } from './status-card.ts';

/** What words are made from. */
type WordsView = Pick<StatusView, 'task' | 'deliveries' | 'group'>;

/** The card that the words go with. */
interface Beside {
  /** Builds it once more, for the requester alone. */
  readonly build: () => CardMessage;
  readonly isVisible: boolean;
}

/** What a card's words depend on: they are said once for each of its values. Without a colon. */
export function wordKeyOf({ task, deliveries, group }: WordsView): string {
  if (group) return groupKeyOf(group);
  if (task.state !== 'succeeded') return task.state;
  const held = deliveries.find(({ state }) => state === 'undecided' || state === 'undeliverable');
  return held ? held.state : 'succeeded';
}

/**
 * What the requester has to know besides the card, since an edit of it notifies nobody: that it failed (and why,
 * where the card does not say), that it takes longer than anybody waits, that it could not be posted, or the card itself where it cannot be
 * edited any more. Undefined = the card says it all.
 */
export function buildWords(view: WordsView, card: Beside): CardMessage | undefined {
  const { task, deliveries, group } = view;
  if (group) return buildGroupWords(task, group, card);
  if (task.state === 'failed') {
    // What only the person sees says everything itself.
    if (task.origin.isPrivate && card.isVisible) return undefined;
    return say(task, describeFailure(task.failure, task.request), words().cards.nothingSpent);
  }
  if (task.state === 'expired') {
    const time = formatDuration((task.expiredAt - task.acceptedAt) / 1000);
    return say(task, words().cards.told.expired({ time }));
  }
  const lost = deliveries.find(({ state }) => state === 'undeliverable');
  if (lost && wordKeyOf(view) === 'undeliverable') return say(task, describeLost(lost));
  if (card.isVisible) return undefined;
  const needsAnswer = task.state === 'unknown' || wordKeyOf(view) === 'undecided';
  return needsAnswer ? card.build() : undefined;
}

/** Words about a group are said when all of it has ended, and again when more of it fails later. */
function groupKeyOf(group: readonly StatusView[]): string {
  if (group.some(({ task }) => isOpen(task))) return 'group';
  const count = (state: Task['state']) => group.filter(({ task }) => task.state === state).length;
  const held = group
    .flatMap(({ deliveries }) => deliveries)
    .filter(({ state }) => state === 'undeliverable' || state === 'undecided');
  return `group-${count('failed')}-${count('unknown')}-${held.length}-${count('expired')}`;
}

function buildGroupWords(leader: Task, group: readonly StatusView[], card: Beside): CardMessage | undefined {
  const { told } = words().cards;
  if (group.some(({ task }) => isOpen(task))) return undefined;
  const failures = group.flatMap(({ task }) => (task.state === 'failed' ? [task] : []));
  if (failures.length > 0 && !(leader.origin.isPrivate && card.isVisible)) {
    const sentences = failures.map(({ failure, request }) => describeFailure(failure, request));
    const reasons = [...new Set(sentences)].slice(0, MAX_REASONS);
    return say(leader, told.failures({ failed: failures.length, all: group.length }), ...reasons);
  }
  const late = group.filter(({ task }) => task.state === 'expired').length;
  if (late > 0) return say(leader, told.late({ late, all: group.length }));
  const lost = group.flatMap(({ deliveries }) => deliveries).find(({ state }) => state === 'undeliverable');
  if (lost) return say(leader, describeLost(lost));
  const isAsking = group.some(
    ({ task, deliveries }) =>
      task.state === 'unknown' || deliveries.some(({ state }) => state === 'undecided'),
  );
  return isAsking && !card.isVisible ? card.build() : undefined;
}

/** Reasons quote up to 300 characters each, and a message takes 2,000. */
const MAX_REASONS = 3;

function describeLost(lost: Delivery): string {
  return words().cards.told.lost({ why: describeSetback(lost) });
}

function say(task: Task, ...sentences: readonly string[]): CardMessage {
  return buildMessage({ content: [...sentences, words().cards.reference({ id: task.id })].join(' ') });
}
