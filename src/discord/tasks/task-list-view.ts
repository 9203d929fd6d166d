import { parentOf } from '../../domain/request.ts';
import type { Task } from '../../domain/task.ts';
import { findCard } from '../../store/cards.ts';
import { listLostResults } from '../../store/lost-results.ts';
import { listOpenTasksOf } from '../../store/task-lists.ts';
import { viewTask } from '../../tracker/view.ts';
import { operationWords } from '../../words/operation-words.ts';
import { words } from '../../words/words.ts';
import { viewParent } from '../cards/parent-view.ts';
import type { Services } from '../interactions/services.ts';
import type { CardMessage } from '../messages/message.ts';
import { messageLink } from '../messages/text.ts';
import { buildTaskList, type LostResult, MAX_LOST_RESULTS, type TaskListEntry } from './task-list.ts';

/** A person's open tasks, as `/tasks` shows them. */
export async function loadTaskList(services: Services, userId: string): Promise<CardMessage> {
  const { store } = services;
  const now = await store.now();
  const tasks = await listOpenTasksOf(store.db, userId);
  const lost = await listLostResults(store.db, userId, MAX_LOST_RESULTS);
  return buildTaskList(
    await Promise.all(tasks.map((task) => loadEntry(services, task, now))),
    await Promise.all(lost.map((task) => loadLost(services, task))),
  );
}

async function loadLost({ store, catalogue }: Services, task: Task): Promise<LostResult> {
  const { request, origin, groupId } = task;
  const { label } = operationWords(catalogue.get(request.engine, request.operation));
  const parent = await viewParent(store.db, parentOf(request), origin);
  const about = request.name ?? request.prompt ?? request.tags ?? (parent?.title || undefined);
  // Several looks at one song are one result.
  const what = groupId === undefined ? label : words().cards.inspect;
  return { task, name: about === undefined ? what : `${what}: ${about}` };
}

async function loadEntry(
  { store, catalogue, tracking }: Services,
  task: Task,
  now: number,
): Promise<TaskListEntry> {
  const card = await findCard(store.db, task.id);
  const { engine, operation } = task.request;
  return {
    task,
    label: operationWords(catalogue.get(engine, operation)).label,
    ...(await viewTask(store.db, tracking, task, now)),
    link: card?.messageId
      ? messageLink(task.origin.guildId, task.origin.channelId, card.messageId)
      : undefined,
  };
}
