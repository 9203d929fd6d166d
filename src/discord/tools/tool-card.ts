/** The card of a task that ended with what a tool gave back: the result itself, in the deferred answer. */
import type { ToolResult } from '../../domain/tool-result.ts';
import type { StatusView } from '../cards/status-card.ts';
import type { CardMessage } from '../messages/message.ts';
import { buildLyricsCard } from './lyrics-card.ts';
import { buildMeasureCard } from './measure-card.ts';
import { buildPersonaCard } from './persona-card.ts';
import { buildTagsCard } from './tags-card.ts';

/** A text that comes as a file, complete, because a message shows only its beginning. */
export interface TextFile {
  readonly name: string;
  readonly text: string;
}

/** A message with the files that we write ourselves. */
export interface ToolCard {
  readonly body: CardMessage;
  readonly texts: readonly TextFile[];
}

/** Files at the provider are no text: they have to be fetched before their card can be built. */
export type FetchedTool = Extract<ToolResult, { readonly kind: 'files' | 'midi' }>;

/** Whether the result lies in files at the provider. */
export function isFetched(tool: ToolResult): tool is FetchedTool {
  return tool.kind === 'files' || tool.kind === 'midi';
}

/** Builds the card of a result that is text. */
export function buildToolCard(view: StatusView, tool: Exclude<ToolResult, FetchedTool>): ToolCard {
  switch (tool.kind) {
    case 'lyrics':
      return buildLyricsCard(view, tool.drafts);
    case 'tags':
      return buildTagsCard(view, tool.tags);
    case 'persona':
      return buildPersonaCard(view, tool);
    case 'tempo':
    case 'vocals':
    case 'timeline':
      return buildMeasureCard(view, tool);
    default:
      return tool satisfies never;
  }
}
