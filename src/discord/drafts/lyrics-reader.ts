import { UserError } from '../../errors.ts';
import { type Downloader, MediaError } from '../../media/download.ts';
import { readLyricsFile } from '../../media/lyrics-file.ts';
import { words } from '../../words/words.ts';
import type { LyricsAttachment } from './drafts.ts';

/** Bytes of the largest file that is worth a look: `readLyricsFile` tells people their file's own size. */
const MAX_BYTES = 256 * 1024;
const TIMEOUT_MS = 10_000;

/**
 * Creates what reads lyrics out of a text file that somebody attached.
 *
 * @param downloader - may reach the hosts of Discord's attachments
 */
export function createLyricsReader(
  downloader: Downloader,
): (attachment: LyricsAttachment) => Promise<string> {
  return async ({ url }) => {
    const file = await readLyricsFile(await fetchBytes(downloader, url));
    if (!file.isText) throw new UserError(file.refusal);
    return file.text;
  };
}

async function fetchBytes(downloader: Downloader, url: string): Promise<Uint8Array> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    return (await downloader.download(url, { signal, maxBytes: MAX_BYTES, expect: 'anything' })).bytes;
  } catch (error) {
    throw new UserError(explain(error), { cause: error });
  }
}

function explain(error: unknown): string {
  const kind = error instanceof MediaError ? error.kind : 'unavailable';
  const { lyricsFile } = words().drafts;
  if (kind === 'too-large') return lyricsFile.tooLarge;
  return kind === 'unavailable' ? lyricsFile.notFetched : lyricsFile.gone;
}
