import type { APIMessage } from 'discord-api-types/v10';
import type { ClipReference } from '../../domain/request.ts';
import type { FileLook } from '../drafts/attached-audio.ts';
import { listAudioFiles } from './target-message.ts';

/** A message may have ten files, and each is fetched to be looked into. */
const MAX_FILES = 3;

/** The clip that a file of the message says it is, if there is one. Anybody can have written that. */
export async function findLinkedClip(
  { attachments }: Pick<APIMessage, 'attachments'>,
  look: FileLook,
): Promise<ClipReference | undefined> {
  const files = attachments.map(({ url, filename, size, content_type }) => ({
    url,
    name: filename,
    size,
    contentType: content_type ?? null,
  }));
  for (const file of listAudioFiles(files).slice(0, MAX_FILES)) {
    const { recipe } = await look(file, { maxSeconds: Number.POSITIVE_INFINITY });
    if (recipe?.clip) return recipe.clip;
  }
  return undefined;
}
