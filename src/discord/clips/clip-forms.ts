import type { ButtonInteraction, Message } from 'discord.js';
import type { APIEmbed } from 'discord-api-types/v10';
import type { ClipReference, OperationId, RequestInputs } from '../../domain/request.ts';
import type { Operation } from '../../musicapi/operation.ts';
import { operationWords } from '../../words/operation-words.ts';
import { buildForm } from '../forms/form.ts';
import { type Answer, opening } from '../interactions/command.ts';
import { inTime } from '../interactions/in-time.ts';
import type { Services } from '../interactions/services.ts';
import { parseClipCard } from './clip-card.ts';
import { cut, isFromStart, UPLOAD_START_SECONDS } from './clip-defaults.ts';
import type { FoundClip } from './clip-finder.ts';

/** A form opens at once or not at all: looking up more than the card shows may take this long. */
const LOOK_UP_MS = 1_000;

/** What is known of the clip that a form or question is about. */
export interface KnownClip {
  readonly clip: ClipReference;
  readonly title?: string | undefined;
  readonly tags?: string | undefined;
  readonly lyrics?: string | undefined;
  readonly durationSeconds?: number | undefined;
}

/** What we know of the clip, else what the pressed message shows. */
export function knownClipOf({ reference, clip }: FoundClip, pressed: Message): KnownClip {
  if (!clip) return { clip: reference, ...parseClipCard(embedsOf(pressed)) };
  const { title, tags, lyrics, durationSeconds } = clip;
  return { clip: reference, title, tags, lyrics, durationSeconds };
}

/** What the form of an operation on a clip is filled with: what is sent where nothing is changed. */
function prefill({ id, inputs }: Operation, about: KnownClip): RequestInputs {
  if (id !== 'extend' && id !== 'cover') return {};
  const own = (name: 'title' | 'tags' | 'lyrics') => cut(about[name], inputs[name]?.max ?? 0);
  return {
    title: own('title'),
    tags: own('tags'),
    lyrics: own('lyrics'),
    ...(id === 'extend' ? { atSeconds: startOfExtension(about) } : {}),
  };
}

/** Uploads may be extended from their very beginning, other clips are from their end. */
function startOfExtension({ clip, durationSeconds }: KnownClip): number | undefined {
  if (isFromStart(clip)) return UPLOAD_START_SECONDS;
  return durationSeconds === undefined ? undefined : Math.floor(durationSeconds);
}

/**
 * Opens the form of an operation on the clip of the pressed button.
 *
 * @param chosen - stands in it instead of what the clip would fill in
 */
export function openClipForm(
  interaction: ButtonInteraction,
  operation: OperationId,
  clip: ClipReference,
  { catalogue, clips, desk }: Services,
  chosen: RequestInputs = {},
): Answer {
  desk.requirePlace(interaction);
  const entry = catalogue.get(clip.engine, operation);
  const findAllowed = async () => {
    await desk.requireUnblocked(interaction);
    return await clips.findPressed(clip);
  };
  return opening(async () => {
    const found = await inTime(LOOK_UP_MS, findAllowed());
    // The card itself tells enough, and whether the person is blocked is asked again when the form is sent.
    const about = knownClipOf(found?.value ?? { reference: clip }, interaction.message);
    return buildForm({
      operation: entry,
      draft: { operation, clip, inputs: { ...prefill(entry, about), ...chosen } },
      id: { action: 'form', operation, clip },
      verb: operationWords(entry).label,
      about: about.title,
    });
  });
}

/** The embeds of a pressed message, as Discord sent them. */
export function embedsOf(pressed: Message): readonly APIEmbed[] {
  return pressed.embeds.map((embed) => embed.toJSON());
}
