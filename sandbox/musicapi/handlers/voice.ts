import type { FastifyInstance } from 'fastify';
import { fileTypeFromBuffer } from 'file-type';
import { z } from 'zod';
import { acceptTask, admitCreate, formatStarted } from '../accept.ts';
import type { Context } from '../context.ts';
import { badRequest } from '../errors.ts';
import { NO_OBJECT, parseBody, textField, WEBHOOK_FIELDS } from '../fields.ts';
import { deriveUuid } from '../ids.ts';
import { fetchUpload, type UploadedFile } from '../uploads.ts';

const bodySchema = z.object(
  {
    audio_url: z.string({ error: "The 'audio_url' field is required." }),
    // Not documented, but the result has a name; taken for that of a persona.
    name: textField('name', 79),
    ...WEBHOOK_FIELDS,
  },
  NO_OBJECT,
);

/** A recording is longer than this, in seconds, and MP3 or WAV (docs.musicapi.ai/create-voice). */
const MIN_VOICE_S = 10;
const VOICE_TYPES = ['mp3', 'wav'];

/**
 * `POST /sonic/create-voice`: makes a singer of a recording. It answers with a task, whose result is `{persona_id, name}` instead of a list of clips
 * (docs.musicapi.ai/create-voice; the field `audio_url` and the nesting: client code for the sister service). The persona exists once the task is done.
 */
export function registerVoice(app: FastifyInstance, context: Context): void {
  app.post('/sonic/create-voice', async (request) => {
    const key = admitCreate(context, request.headers.authorization);
    const body = parseBody(bodySchema, request.body);
    await checkRecording(await fetchUpload(body.audio_url, 'audio_url'));
    // Another create may have been accepted while the file was on its way.
    context.accounts.checkCreateRate(key, context.clock.now());
    const task = acceptTask(context, {
      key,
      operation: 'create-voice',
      body,
      planData: (taskId) => planPersona(context, key, taskId, body.name),
    });
    return formatStarted(task);
  });
}

async function checkRecording(file: UploadedFile): Promise<void> {
  if (file.durationS <= MIN_VOICE_S)
    throw badRequest(`The audio should be longer than ${MIN_VOICE_S} seconds.`);
  const type = await fileTypeFromBuffer(file.bytes);
  if (type === undefined || !VOICE_TYPES.includes(type.ext))
    throw badRequest('The audio file should be MP3 or WAV.');
}

function planPersona(context: Context, key: string, taskId: string, name: string | undefined) {
  const personaId = deriveUuid(taskId, 'persona');
  const named = name ?? 'My voice';
  // Hearing whether a voice is high or low is beyond a stand-in: the id decides.
  const voice = personaId < '8' ? 'f' : 'm';
  context.personas.add({ personaId, key, name: named, styles: '', voice, taskId });
  return { persona_id: personaId, name: named };
}
