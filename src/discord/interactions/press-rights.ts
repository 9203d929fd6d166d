import {
  type BaseInteraction,
  type ButtonInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
} from 'discord.js';
import { isGone } from '../../domain/forgotten.ts';
import { findClip } from '../../store/clips.ts';
import { findDelivery } from '../../store/deliveries.ts';
import type { Executor } from '../../store/schema.ts';
import { findTask } from '../../store/tasks.ts';
import { RuleError, requirePresser } from '../../tracker/rules.ts';
import type { CustomId } from '../messages/custom-ids.ts';
import { listCustomIds } from '../messages/message-ids.ts';
import type { Answer } from './command.ts';
import { inTime } from './in-time.ts';
import { rolesOf } from './origin.ts';

/** Presses that are everybody's, or that have rights of their own: hearts, taking back, deciding about a delivery. */
const FREE: readonly CustomId['action'][] = ['heart', 'cancel', 'stop', 'repost', 'there'];

/**
 * Lets an answer begin only once the server's rule about buttons allows the press. Messages for one person's eyes have
 * no such rule.
 */
export function withPressRule(
  interaction: BaseInteraction,
  action: CustomId['action'],
  answer: Answer,
  db: Executor,
): Answer {
  if (!(interaction.isMessageComponent() || interaction.isModalSubmit())) return answer;
  const { guildId, message } = interaction;
  if (!guildId || !message || message.flags.has(MessageFlags.Ephemeral) || FREE.includes(action))
    return answer;
  const check = async () => {
    const asker = { origin: { guildId, userId: interaction.user.id }, roleIds: rolesOf(interaction) };
    const findNameable = async () => nameable(await findRequester(db, message));
    await requirePresser(db, { ...asker, findRequester: findNameable });
  };
  switch (answer.kind) {
    case 'form':
      return {
        ...answer,
        build: async () => {
          await checkAhead(check);
          return await answer.build();
        },
      };
    case 'later':
      return {
        ...answer,
        decide: async () => {
          await check();
          return await answer.decide();
        },
      };
    case 'message':
    case 'update':
      return {
        ...answer,
        run: async () => {
          await check();
          await answer.run();
        },
      };
    default:
      return answer satisfies never;
  }
}

/** A form has to open at once, whatever the database does; whoever sends it is asked again. */
const AHEAD_MS = 1_000;

/** @throws RuleError */
async function checkAhead(check: () => Promise<void>): Promise<void> {
  const checking = check().catch((error: unknown) => {
    if (error instanceof RuleError) throw error;
  });
  await inTime(AHEAD_MS, checking);
  // What comes later is told when the form is sent.
  checking.catch(() => undefined);
}

type Pressed = NonNullable<(ButtonInteraction | ModalSubmitInteraction)['message']>;

/** Whoever had themselves deleted cannot be named. */
function nameable(userId: string | undefined): string | undefined {
  return userId !== undefined && isGone(userId) ? undefined : userId;
}

/** Who asked for what a message shows: by its task, its delivery, its clip, or as it says itself. */
async function findRequester(db: Executor, message: Pressed): Promise<string | undefined> {
  const ids = listCustomIds({ components: message.components.map((row) => row.toJSON()) });
  for (const id of ids) {
    if ('taskId' in id) return (await findTask(db, id.taskId))?.origin.userId;
    if ('deliveryId' in id && id.deliveryId !== undefined) {
      const delivery = await findDelivery(db, id.deliveryId);
      const task = delivery && (await findTask(db, delivery.taskId));
      if (task) return task.origin.userId;
    }
  }
  for (const id of ids) {
    const clip = 'clip' in id ? await findClip(db, id.clip.clipId) : undefined;
    if (clip) return clip.ownerId;
  }
  const shown = message.embeds[0]?.fields.flatMap(({ value }) => /^<@(\d+)>$/.exec(value)?.[1] ?? []);
  return shown?.[0] ?? message.interactionMetadata?.user.id;
}
