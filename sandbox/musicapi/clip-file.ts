import { fileTypeFromBuffer } from 'file-type';
import type { Clip } from './clips.ts';
import type { Context } from './context.ts';
import type { AudioFormat } from './media/encode.ts';

/**
 * The audio file of a clip: composed, or what was uploaded, as it came where it is of the wanted kind.
 *
 * @throws Error when an upload cannot be converted or the server is closing
 */
export async function getAudioFile(context: Context, clip: Clip, format: AudioFormat): Promise<Buffer> {
  const { file } = clip;
  if (file === undefined) return context.renderer.render(clip.audio, format);
  if ((await fileTypeFromBuffer(file.bytes))?.ext === format) return file.bytes;
  return context.renderer.convert(clip.clipId, file.bytes, format);
}
