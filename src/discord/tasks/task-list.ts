/** The private answer of `/tasks`. */
import { isOpen, type Task } from '../../domain/task.ts';
import { words } from '../../words/words.ts';
import { askedTitle } from '../cards/asked.ts';
import { describeShortly } from '../cards/status-card.ts';
import {
  type ButtonRow,
  buildButton,
  buildMessage,
  buildRow,
  type CardMessage,
  formatNumberKey,
} from '../messages/message.ts';
import { formatCredits, formatLink, plain } from '../messages/text.ts';

/** One open task of a person. */
export interface TaskListEntry {
  readonly task: Task;
  /** The operation's name for people. */
  readonly label: string;
  /** Place in the queue, from 1. */
  readonly place?: number | undefined;
  /** Expected time until it is done, from now. */
  readonly estimateMs?: number | undefined;
  readonly elapsedMs: number;
  /** Address of its status card. */
  readonly link?: string | undefined;
}

const MAX_WITH_BUTTONS = 5;
const MAX_LISTED = 10;
/** A message takes 2,000 characters (Discord: Create Message); the rest is for the other lines. */
const MAX_LINES_LENGTH = 1_500;

/** A result that could be sent to nobody. */
export interface LostResult {
  readonly task: Task;
  /** What it is and of which song. */
  readonly name: string;
}

/** So many lost results are listed, each with its button. */
export const MAX_LOST_RESULTS = 5;

/**
 * Builds the list of a person's open tasks; the first five can be taken back from here. Below it stand results that
 * could not be sent, which are shown from here.
 */
export function buildTaskList(
  entries: readonly TaskListEntry[],
  lost: readonly LostResult[] = [],
): CardMessage {
  const open = buildOpenTasks(entries.filter(({ task }) => isOpen(task)));
  if (lost.length === 0) return buildMessage(open);
  const shown = lost.slice(0, MAX_LOST_RESULTS);
  const lines = shown.map(({ name }, index) => `${formatNumberKey(index)} ${plain(name, 60)}`);
  const buttons = shown.map(({ task }, index) =>
    buildButton(words().tasks.show, { action: 'show', taskId: task.id }, { emoji: formatNumberKey(index) }),
  );
  return buildMessage({
    content: [open.content, '', words().tasks.lost, ...lines].join('\n'),
    rows: [...open.rows, buildRow(...buttons)],
  });
}

function buildOpenTasks(open: readonly TaskListEntry[]) {
  const say = words().tasks;
  if (open.length === 0) return { content: say.none, rows: [] };
  const lines = takeFitting(open.slice(0, MAX_LISTED).map(formatEntry));
  const rest = open.length - lines.length;
  const buttons = open
    .slice(0, MAX_WITH_BUTTONS)
    .map(({ task }, index) => buttonOf(task, index))
    .filter((button) => button !== undefined);
  const rows: ButtonRow[] = buttons.length > 0 ? [buildRow(...buttons)] : [];
  return {
    content: [say.open, ...lines, ...(rest > 0 ? [say.more({ tasks: rest })] : [])].join('\n'),
    rows,
  };
}

/** The first lines, as many as one message takes. */
function takeFitting(lines: readonly string[]): readonly string[] {
  let length = 0;
  const tooLong = lines.findIndex((line) => {
    length += line.length + 1;
    return length > MAX_LINES_LENGTH;
  });
  return tooLong < 0 ? lines : lines.slice(0, tooLong);
}

function formatEntry(entry: TaskListEntry, index: number): string {
  const { task, label, link } = entry;
  const title = askedTitle(task.request);
  const name = oneOf(title ? `${label}: ${title}` : label, link);
  const number = index < MAX_WITH_BUTTONS ? formatNumberKey(index) : '-';
  return `${number} ${name}, ${describeShortly(entry)}, ${formatCredits(task.price)}`;
}

function oneOf(name: string, link: string | undefined): string {
  return link ? formatLink(name, link, 60) : plain(name, 60);
}

function buttonOf({ state, id }: Task, index: number) {
  const emoji = formatNumberKey(index);
  const labels = words().cards.buttons;
  if (state === 'queued') return buildButton(labels.cancel, { action: 'cancel', taskId: id }, { emoji });
  if (state === 'running') return buildButton(labels.stop, { action: 'stop', taskId: id }, { emoji });
  return undefined;
}
