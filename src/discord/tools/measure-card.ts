import type { ToolResult } from '../../domain/tool-result.ts';
import { words } from '../../words/words.ts';
import { buildCardEmbed } from '../cards/card-frame.ts';
import type { StatusView } from '../cards/status-card.ts';
import { buildButton, buildMessage, buildRow, COLOURS } from '../messages/message.ts';
import { fileName } from '../messages/text.ts';
import { formatTempo, formatVocals, showTimeline } from './measures.ts';
import { songTitleOf } from './song-title.ts';
import type { ToolCard } from './tool-card.ts';

const MAX_LINES_LENGTH = 2_500;

/** One thing that was measured of a clip. A timeline comes as a file too, since that is what it was asked for. */
export function buildMeasureCard(
  view: StatusView,
  tool: Extract<ToolResult, { readonly kind: 'tempo' | 'vocals' | 'timeline' }>,
): ToolCard {
  const embed = buildCardEmbed(view, COLOURS.good);
  if (tool.kind !== 'timeline') {
    const text =
      tool.kind === 'tempo' ? formatTempo(tool) : formatVocals(tool, words().tools.measures.vocals);
    return { body: buildMessage({ embed: embed.setDescription(text) }), texts: [] };
  }
  const title = songTitleOf(view);
  const { text, lrc } = showTimeline(title, tool.words, MAX_LINES_LENGTH);
  const { clip } = view.task.request;
  // Where there are lines, one can point at them.
  const rows =
    clip && tool.words.length > 0
      ? [buildRow(buildButton(words().pick.entry.label, { action: 'pick', clip }))]
      : [];
  return {
    body: buildMessage({ embed: embed.setDescription(text), rows }),
    texts: tool.words.length === 0 ? [] : [{ name: fileName(title, undefined, 'lrc'), text: lrc }],
  };
}
