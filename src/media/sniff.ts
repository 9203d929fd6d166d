import { fileTypeFromBuffer } from 'file-type';

/** What a file is, by its own bytes. */
export interface FileKind {
  /** Without a dot. */
  readonly extension: string;
  readonly mime: string;
}

/** Containers that hold audio as well as video; named by what is in them when there is no picture. */
const AUDIO_CONTAINERS: Readonly<Record<string, FileKind>> = {
  'video/mp4': { extension: 'm4a', mime: 'audio/mp4' },
  'video/quicktime': { extension: 'm4a', mime: 'audio/mp4' },
};

const MP3: FileKind = { extension: 'mp3', mime: 'audio/mpeg' };

/** Finds out what a file is; undefined when its bytes are of no known kind, such as text. */
export async function findFileKind(bytes: Uint8Array): Promise<FileKind | undefined> {
  const found = await fileTypeFromBuffer(bytes);
  return found && { extension: found.ext, mime: found.mime };
}

/** As `findFileKind`, for files that are audio; undefined for all others. */
export async function findAudioKind(bytes: Buffer): Promise<FileKind | undefined> {
  const kind = await findFileKind(bytes);
  // Tags with padding behind them hide the first frame from the detector; nothing but audio begins with them.
  if (!kind) return bytes.toString('latin1', 0, 3) === 'ID3' ? MP3 : undefined;
  if (kind.mime.startsWith('audio/')) return kind;
  const container = AUDIO_CONTAINERS[kind.mime];
  return container && !hasVideoTrack(bytes) ? container : undefined;
}

/** Distance from a handler box's name to the kind of track it declares (ISO/IEC 14496-12, section 8.4.3). */
const HANDLER_TYPE_OFFSET = 12;

function hasVideoTrack(bytes: Buffer): boolean {
  for (let at = bytes.indexOf('hdlr'); at !== -1; at = bytes.indexOf('hdlr', at + 4)) {
    const start = at + HANDLER_TYPE_OFFSET;
    if (bytes.toString('latin1', start, start + 4) === 'vide') return true;
  }
  return false;
}
