import { isOpen, type SucceededTask } from '../../domain/task.ts';
import type { OutgoingFile } from '../api/api.ts';
import type { CardMessage } from '../messages/message.ts';
import { buildInspectCard } from '../tools/inspect-card.ts';
import { buildToolCard, type FetchedTool, isFetched, type ToolCard } from '../tools/tool-card.ts';
import { buildBatchCard } from './group-card.ts';
import { buildStatusCard, type StatusView } from './status-card.ts';

/** A card as it is sent. */
export interface CardContent {
  readonly body: CardMessage & { readonly attachments?: [] };
  /** None = those of the message stay. */
  readonly files: readonly OutgoingFile[];
}

/** A result that lies in files at MusicAPI. */
export interface FetchedResult {
  readonly task: SucceededTask;
  readonly tool: FetchedTool;
}

/** The result of a task whose files have to be fetched before its card can be built; undefined for all others. */
export function findFetched({ task, group }: Pick<StatusView, 'task' | 'group'>): FetchedResult | undefined {
  if (group || task.state !== 'succeeded' || !task.tool || !isFetched(task.tool)) return undefined;
  return { task, tool: task.tool };
}

/** Whether the card is what was asked for, not only about it: then the person has to get it in one way or another. */
export function isResult({ task, group }: StatusView): boolean {
  const tasks = group ? group.map((member) => member.task) : [task];
  const hasResult = tasks.some((one) => one.state === 'succeeded' && one.tool !== undefined);
  return hasResult && !tasks.some((one) => isOpen(one));
}

/** Builds the card of a task, or of those that were asked for together, from what is known without fetching files. */
export function buildCard(view: StatusView): ToolCard {
  const { task, group } = view;
  if (group) {
    const isInspection = group.every((member) => member.task.isDirect);
    return isInspection ? buildInspectCard(view, group) : { body: buildBatchCard(view, group), texts: [] };
  }
  if (task.state === 'succeeded' && task.tool && !isFetched(task.tool)) return buildToolCard(view, task.tool);
  return { body: buildStatusCard(view), texts: [] };
}
