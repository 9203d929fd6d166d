import type { BaseInteraction } from 'discord.js';
import type { InteractionKind, InteractionOutcome } from '../../telemetry/events.ts';
import type { Services } from './services.ts';

/** How an interaction was dealt with. */
interface Dealing {
  /** What was used, by a name of ours. */
  readonly name: string;
  readonly outcome: InteractionOutcome;
  /** `performance.now()` when it arrived. */
  readonly startedAt: number;
}

/**
 * Writes the one log line of an interaction, and tells the metrics. Times in ms; `ackMs` is absent where Discord took
 * no first answer.
 */
export function reportInteraction(
  { api, log, observe }: Pick<Services, 'api' | 'log' | 'observe'>,
  interaction: BaseInteraction,
  { name, outcome, startedAt }: Dealing,
): void {
  const acknowledgedAt = api.findAcknowledged(interaction);
  const ackMs = acknowledgedAt === undefined ? undefined : acknowledgedAt - startedAt;
  const used = usedOf(interaction);
  const { id, guildId, channelId } = interaction;
  log.info(
    {
      interactionId: id,
      kind: used,
      name,
      outcome,
      ackMs: ackMs && Math.round(ackMs),
      durationMs: Math.round(performance.now() - startedAt),
      guildId,
      channelId,
      userId: interaction.user.id,
    },
    'interaction',
  );
  observe({ kind: 'interaction', used, name, outcome, ackMs });
}

function usedOf(interaction: BaseInteraction): InteractionKind {
  if (interaction.isAutocomplete()) return 'autocomplete';
  if (interaction.isModalSubmit()) return 'modal';
  if (interaction.isButton()) return 'button';
  if (interaction.isAnySelectMenu()) return 'select';
  return interaction.isMessageContextMenuCommand() ? 'message_command' : 'command';
}
