import type { ToolResult } from '../../domain/tool-result.ts';
import { operationWords } from '../../words/operation-words.ts';
import { words } from '../../words/words.ts';
import { buildCardEmbed, labelOf } from '../cards/card-frame.ts';
import { buildGroupRows, colourOf } from '../cards/group-card.ts';
import { mentionOf } from '../cards/mention.ts';
import { describeSending, explainEnd, type StatusView } from '../cards/status-card.ts';
import { buildMessage } from '../messages/message.ts';
import { fileName } from '../messages/text.ts';
import { formatTempo, formatVocals, showTimeline } from './measures.ts';
import { songTitleOf } from './song-title.ts';
import type { TextFile, ToolCard } from './tool-card.ts';

const MAX_LINES_LENGTH = 2_200;
const MAX_FIELD_LENGTH = 1_024;

/** Everything that was asked about one clip, as one card; what is not known yet, or could not be had, says so. */
export function buildInspectCard(view: StatusView, members: readonly StatusView[]): ToolCard {
  const tasks = members.map(({ task }) => task);
  const price = tasks.reduce((sum, task) => sum + task.price, 0);
  const parts = members.map((member) => showPart(view, member));
  const texts = parts.flatMap(({ file }) => file ?? []);
  const long = parts.filter(({ isLong }) => isLong).map(({ text }) => text);
  const short = parts.filter(({ isLong }) => !isLong).map(({ name, text }) => ({ name, value: text }));
  const isWhole = tasks.some(({ request }) => request.operation === 'vox');
  const fields = isWhole ? short : [...short, voiceLeftOut()];
  const embed = buildCardEmbed(
    { ...view, label: words().cards.inspect },
    colourOf(tasks),
    price,
  ).spliceFields(0, 0, ...fields);
  if (long.length > 0) embed.setDescription(long.join('\n'));
  return { body: buildMessage({ embed, rows: buildGroupRows(view.task.id, tasks) }), texts };
}

/** Of a clip that is too old for it everything else is asked nevertheless. */
function voiceLeftOut() {
  return {
    name: operationWords({ engine: 'sonic', id: 'vox' }).label,
    value: words().tools.inspect.tooOld,
  };
}

interface Part {
  readonly name: string;
  readonly text: string;
  /** Too long for a field. */
  readonly isLong?: boolean;
  readonly file?: TextFile | undefined;
}

function showPart(view: StatusView, member: StatusView): Part {
  const { task } = member;
  const name = labelOf(member);
  if (task.state === 'succeeded' && task.tool) return { name, ...showResult(view, task.tool) };
  return { name, text: describeState(member).slice(0, MAX_FIELD_LENGTH) };
}

function showResult(view: StatusView, tool: ToolResult): Omit<Part, 'name'> {
  switch (tool.kind) {
    case 'tempo':
      return { text: formatTempo(tool) };
    case 'vocals':
      return { text: formatVocals(tool) };
    case 'timeline': {
      const title = songTitleOf(view);
      const { text, isCut, lrc } = showTimeline(title, tool.words, MAX_LINES_LENGTH);
      const file = isCut ? { name: fileName(title, undefined, 'lrc'), text: lrc } : undefined;
      return { text: isCut ? `${text}\n${words().tools.inspect.cut}` : text, isLong: true, file };
    }
    default:
      return { text: words().tools.done };
  }
}

function describeState({ task }: StatusView): string {
  const say = words().tools.inspect;
  switch (task.state) {
    case 'queued':
      return task.setback === undefined ? say.queued : say.queuedAgain;
    case 'submitting':
      return describeSending(task);
    case 'failed':
      // MusicAPI answers so for a song in which nobody sings.
      if (task.request.operation === 'timeline' && task.failure.kind === 'not-found') {
        return say.noWords;
      }
      return say.failed({ reason: explainEnd(task) });
    case 'cancelled':
      return say.cancelled({ who: mentionOf(task.cancelledBy) });
    case 'unknown':
      return say.unknown;
    case 'succeeded':
      return say.nothing;
    case 'running':
    case 'expired':
    case 'abandoned':
      return words().cards.atWork;
    default:
      return task satisfies never;
  }
}
