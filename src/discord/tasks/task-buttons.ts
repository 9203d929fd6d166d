import { type ButtonInteraction, MessageFlags, type ModalSubmitInteraction } from 'discord.js';
import { isEmptied } from '../../domain/forgotten.ts';
import type { Request } from '../../domain/request.ts';
import { isInVain, isOpen, type Task } from '../../domain/task.ts';
import { UserError } from '../../errors.ts';
import { findCard } from '../../store/cards.ts';
import { findTask, listGroup } from '../../store/tasks.ts';
import { words } from '../../words/words.ts';
import { draftOf } from '../drafts/drafts.ts';
import { buildForm, hasForm, readForm } from '../forms/form.ts';
import { readSentForm } from '../forms/interaction-fields.ts';
import { type Components, later, opening, updating } from '../interactions/command.ts';
import { isModerator } from '../interactions/origin.ts';
import type { Services } from '../interactions/services.ts';
import { loadTaskList } from './task-list-view.ts';

/** The buttons of status cards and of `/tasks`: taking back, waiting no longer, and trying again. */
export const taskButtons: Components = {
  buttons: {
    cancel: (interaction, { taskId }, services) =>
      updating(async () => {
        const task = await requireRight(interaction, taskId, services, words().tasks.refusals.mayCancel);
        const place = await findPlace(interaction, task, services);
        const by = interaction.user.id;
        const after = place.isGroup
          ? await services.tracker.cancelGroup(taskId, by)
          : [await services.tracker.cancel(taskId, by)];
        if (!after.some((one) => one?.state === 'cancelled')) throw new UserError(explainTooLate(after));
        if (place.isList) await refreshList(interaction, services);
      }),

    stop: (interaction, { taskId }, services) =>
      updating(async () => {
        const task = await requireRight(interaction, taskId, services, words().tasks.refusals.mayStop);
        const place = await findPlace(interaction, task, services);
        const by = interaction.user.id;
        const after = place.isGroup
          ? await services.tracker.abandonGroup(taskId, by)
          : [await services.tracker.abandon(taskId, by)];
        if (!after.some((one) => one?.state === 'abandoned')) throw new UserError(explainTooLate(after));
        if (place.isList) await refreshList(interaction, services);
      }),

    retry: (interaction, { taskId }, services) =>
      services.desk.answerPress(
        interaction,
        'retry',
        () => planAgain(taskId, services),
        isPrivate(interaction) ? 'private' : 'public',
      ),

    edit: (interaction, { taskId }, services) => {
      services.desk.requirePlace(interaction);
      return opening(async () => {
        await services.desk.requireUnblocked(interaction);
        const { request } = await getEnded(taskId, services);
        const operation = services.catalogue.get(request.engine, request.operation);
        const draft = draftOf(request);
        if (!hasForm(operation, draft)) {
          throw new UserError(words().tasks.refusals.fixed);
        }
        return buildForm({
          operation,
          draft,
          id: { action: 'edit-form', taskId },
          verb: words().cards.buttons.edit,
        });
      });
    },
  },

  forms: {
    'edit-form': (interaction, { taskId }, services) =>
      later(isPrivate(interaction) ? 'private' : 'public', async () => {
        const draft = draftOf((await getEnded(taskId, services)).request);
        const { desk } = services;
        return desk.ask(interaction, readForm(desk.entryOf(draft), draft, readSentForm(interaction)));
      }),
  },
};

/** Whether the pressed message is for these eyes only, and so is what becomes of the press. */
function isPrivate({ message }: ButtonInteraction | ModalSubmitInteraction): boolean {
  return message?.flags.has(MessageFlags.Ephemeral) ?? false;
}

async function getTask(taskId: string, { store }: Services): Promise<Task> {
  const task = await findTask(store.db, taskId);
  if (task && !isEmptied(task)) return task;
  throw new UserError(words().tasks.refusals.gone);
}

/** A task that may be asked for once more. */
async function getEnded(taskId: string, services: Services): Promise<Task> {
  const task = await getTask(taskId, services);
  if (isOpen(task)) throw new UserError(words().tasks.refusals.open);
  return task;
}

/** The request of a task once more; of those asked for together, the requests of all that were not made. */
async function planAgain(
  taskId: string,
  services: Services,
): Promise<Request | readonly [Request, ...Request[]]> {
  const { id, groupId } = await getTask(taskId, services);
  if (groupId !== id) return (await getEnded(taskId, services)).request;
  const [first, ...others] = (await listGroup(services.store.db, groupId)).filter(isInVain);
  if (!first) throw new UserError(words().tasks.refusals.nothingLeft);
  return [first.request, ...others.map(({ request }) => request)];
}

/** Only the requester, or a moderator of the place, may act on a task. Checked at every press. */
async function requireRight(
  interaction: ButtonInteraction,
  taskId: string,
  services: Services,
  refuse: (by: { who: string }) => string,
): Promise<Task> {
  const task = await getTask(taskId, services);
  const isOwn = task.origin.userId === interaction.user.id;
  const isTheirPlace = task.origin.guildId !== undefined && task.origin.guildId === interaction.guildId;
  if (isOwn || (isTheirPlace && isModerator(interaction))) return task;
  throw new UserError(refuse({ who: `<@${task.origin.userId}>` }));
}

/** Of several, the one that goes on says why. */
function explainTooLate(tasks: readonly (Task | undefined)[]): string {
  const states = new Set(tasks.map((task) => task?.state));
  return words().tasks.refusals[
    (['submitting', 'running'] as const).find((state) => states.has(state)) ?? 'ended'
  ];
}

/**
 * Where a task's button was pressed: on its card, which may stand for a whole group, or in the list of `/tasks`, where
 * every task has a line of its own. Both may be private.
 */
async function findPlace(interaction: ButtonInteraction, { id, groupId }: Task, { store }: Services) {
  const card = isPrivate(interaction) ? await findCard(store.db, id) : undefined;
  const isList = isPrivate(interaction) && card?.messageId !== interaction.message.id;
  return { isList, isGroup: groupId === id && !isList };
}

/** A status card is kept true by itself; the list of `/tasks` is a private message that only this press reaches. */
async function refreshList(interaction: ButtonInteraction, services: Services): Promise<void> {
  await services.answers.fill(interaction, await loadTaskList(services, interaction.user.id));
}
