/** What every operation on a clip has in common: by command, by the buttons of a card, by its form. */
import type { AutocompleteInteraction, ChatInputCommandInteraction } from 'discord.js';
import type { ClipReference, InputName, OperationId, Request, RequestInputs } from '../../domain/request.ts';
import { UserError } from '../../errors.ts';
import { words } from '../../words/words.ts';
import { readForm } from '../forms/form.ts';
import { readSentForm } from '../forms/interaction-fields.ts';
import type { Answer, Choice, Components } from '../interactions/command.ts';
import type { Services } from '../interactions/services.ts';
import { titleOf } from '../messages/clip-title.ts';
import { readTyped } from '../options/command-inputs.ts';
import { completeTime } from '../timeline-pick/complete-time.ts';
import { planOnClip } from './clip-defaults.ts';
import { openClipForm } from './clip-forms.ts';

/** Answers a command about the clip of its option `clip`. */
export function answerOnClip(
  interaction: ChatInputCommandInteraction,
  { desk }: Services,
  operation: OperationId,
  names: readonly InputName[],
): Answer {
  const { options } = interaction;
  return desk.ask(interaction, {
    operation,
    clip: options.getString('clip', true),
    ...readTyped(options, names),
  });
}

/** Suggestions for the option `clip`, and for times within it. */
export function completeClip(
  interaction: AutocompleteInteraction,
  services: Services,
): Promise<readonly Choice[]> {
  const { name, value } = interaction.options.getFocused(true);
  if (name === 'at' || name === 'from') return completeTime(interaction, 'start', services);
  if (name === 'to') return completeTime(interaction, 'end', services);
  return services.clips.complete(value, interaction);
}

/** Presses and forms of every operation on a clip. */
export const clipOperations: Components = {
  buttons: {
    extend: (interaction, { clip }, services) => openClipForm(interaction, 'extend', clip, services),
    cover: (interaction, { clip }, services) => openClipForm(interaction, 'cover', clip, services),
    do: (interaction, { operation, clip, format }, services) => {
      // Only audio that goes to another engine is worked on by that one.
      const engine = operation === 'upload' ? 'producer' : clip.engine;
      if (services.catalogue.get(engine, operation).form) {
        return openClipForm(interaction, operation, clip, services);
      }
      const action = format ? `do-${operation}-${format}` : `do-${operation}`;
      return services.desk.answerPress(interaction, action, () =>
        operation === 'upload'
          ? planTransfer(services, clip)
          : planPressed(services, operation, clip, { format }),
      );
    },
  },

  forms: {
    form: (interaction, { operation, clip }, { desk, catalogue }) => {
      const entry = catalogue.get(clip.engine, operation);
      const about = { operation, clip, inputs: {} };
      return desk.ask(interaction, readForm(entry, about, readSentForm(interaction)));
    },
  },
};

async function planPressed(
  { catalogue, clips }: Services,
  operation: OperationId,
  clip: ClipReference,
  inputs: RequestInputs,
): Promise<Request> {
  const entry = catalogue.get(clip.engine, operation);
  return planOnClip(entry, await clips.findPressed(clip), inputs);
}

/** The audio of a clip as a clip of the producer engine: MusicAPI fetches it from where it is. */
async function planTransfer({ clips }: Services, reference: ClipReference): Promise<Request> {
  const { clip } = await clips.findPressed(reference);
  if (!clip?.audioUrl) {
    throw new UserError(words().clips.refused.noAudioSpent);
  }
  const { audioUrl: url, durationSeconds } = clip;
  const title = titleOf(clip);
  const file = { url, name: title, durationSeconds };
  // The clip is no part of what is sent: it says where the copy comes from, and whose account it belongs to.
  return { operation: 'upload', engine: 'producer', title, clip: reference, file };
}
