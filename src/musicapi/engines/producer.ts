import type { OperationId, Request } from '../../domain/request.ts';
import { UserError } from '../../errors.ts';
import { words } from '../../words/words.ts';
import { readAccepted } from '../answers.ts';
import { filled } from '../mode.ts';
import { path } from '../path.ts';
import { type BodyBuilder, compact, joinTexts } from './body.ts';
import type { EngineProtocol } from './engine.ts';
import { readProducerTask } from './producer-task.ts';

/** `make_instrumental` is accepted and ignored; these words are what works (docs.musicapi.ai/producer-api-overview). */
const NO_VOCALS = 'instrumental, no vocals';

/** Characters of a description. No limit is documented; this is that of sonic's tags. */
export const MAX_SOUND = 1_000;

/** How the music is to sound: producer has one field for what stands in prompt and tags. */
export function soundOf({ prompt, tags, instrumental }: Request): string | undefined {
  return joinTexts(prompt, tags, instrumental ? NO_VOCALS : undefined);
}

/** Whether an `instruction` is required is not documented, and every example has one: what stands for none. */
const STOCK = {
  extend: 'Continue in the same style and mood.',
  cover: 'A new version with the same melody.',
} as const;

/** One builder for each operation; what it leaves undefined is not sent. */
const BODIES: Readonly<Partial<Record<OperationId, BodyBuilder>>> = {
  create: (request, model) => ({
    task_type: 'create_music',
    sound: soundOf(request),
    lyrics: filled(request.lyrics),
    title: filled(request.title),
    // How the default spells itself is not documented, and it need not be sent.
    mv: model.isDefault ? undefined : model.id,
  }),

  extend: ({ clip, atSeconds, prompt, lyrics, lengthSeconds }) => ({
    task_type: 'extend_music',
    clip_id: clip?.clipId,
    starts_at: atSeconds,
    instruction: filled(prompt) ?? STOCK.extend,
    lyrics: filled(lyrics),
    length: lengthSeconds,
  }),

  /** docs.musicapi.ai/api-450367170. */
  replace: ({ clip, fromSeconds, toSeconds, prompt }) => ({
    task_type: 'replace_music',
    clip_id: clip?.clipId,
    starts_at: fromSeconds,
    ends_at: toSeconds,
    instruction: filled(prompt),
  }),

  /** docs.musicapi.ai/api-460957729; its `strength` means what ours does. */
  cover: (request) => ({
    task_type: 'cover_music',
    clip_id: request.clip?.clipId,
    instruction: soundOf(request) ?? STOCK.cover,
    strength: request.strength,
  }),

  upload: ({ file }) => ({ audio_url: file?.url }),

  /** docs.musicapi.ai/download-producer-music. */
  download: ({ clip, format }) => ({ clip_id: clip?.clipId, format }),
};

function explainLack({ operation }: Request): string {
  return words().findings.input.engineLacks({ engine: 'producer', operation });
}

/**
 * The engine of Google's Lyria 3 Pro: one clip for each task, every request answered with a task.
 *
 * @see {@link https://docs.musicapi.ai/producer-api-overview}
 */
export const producer: EngineProtocol = {
  buildBody(request, model) {
    const build = BODIES[request.operation];
    if (!build) throw new UserError(explainLack(request));
    return compact(build(request, model));
  },
  readSubmission: readAccepted,
  taskPath: (providerTaskId) => path`/producer/task/${providerTaskId}`,
  readTask: readProducerTask,
};
