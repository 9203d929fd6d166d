import { parseBuffer } from 'music-metadata';
import { parseRecipe, RECIPE_FRAME, type Recipe } from './recipe.ts';
import { findTags } from './tag-file.ts';

/** Tags of ours are smaller; those of others may be as long as they like, and every byte of them costs time. */
const MAX_TAG_BYTES = 1024 * 1024;

/** As ID3v2 and MP4 call it. */
const NAMES: readonly string[] = [`TXXX:${RECIPE_FRAME}`, `----:com.apple.iTunes:${RECIPE_FRAME}`];

/** The recipe in a file, if it has one that can be read. Never throws, whatever the bytes are. */
export async function readRecipe(bytes: Uint8Array): Promise<Recipe | undefined> {
  const tags = findTags(bytes);
  if (!tags || tags.bytes.length > MAX_TAG_BYTES) return undefined;
  try {
    const options = { duration: false, skipCovers: true, skipPostHeaders: true };
    const { native } = await parseBuffer(tags.bytes, { mimeType: tags.mimeType }, options);
    const value = Object.values(native)
      .flat()
      .find(({ id }) => NAMES.includes(id))?.value;
    return typeof value === 'string' ? parseRecipe(value) : undefined;
  } catch {
    return undefined;
  }
}
