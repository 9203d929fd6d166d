import { parseBuffer } from 'music-metadata';
import { AUDIO_KINDS, type AudioFacts, type AudioKind } from './audio-facts.ts';
import { withoutId3 } from './id3.ts';
import { nameFile } from './kind-names.ts';
import { findAudioKind } from './sniff.ts';

/**
 * Looks into a file. Never throws, whatever the bytes are, but some that are made for it keep it busy for seconds.
 */
export async function inspectAudio(bytes: Uint8Array): Promise<AudioFacts> {
  const found = await findAudioKind(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (!found || !isKind(found.extension)) {
    return { isAudio: false, file: await nameFile(bytes) };
  }
  return { isAudio: true, kind: found.extension, durationSeconds: await readSeconds(bytes) };
}

async function readSeconds(bytes: Uint8Array): Promise<number | undefined> {
  try {
    const { format } = await parseBuffer(withoutId3(bytes), undefined, { duration: true, skipCovers: true });
    const { duration = 0 } = format;
    return Number.isFinite(duration) && duration > 0 ? duration : undefined;
  } catch {
    return undefined;
  }
}

function isKind(extension: string): extension is AudioKind {
  return Object.hasOwn(AUDIO_KINDS, extension);
}
