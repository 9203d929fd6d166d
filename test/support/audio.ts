import type { Message } from '../../sandbox/discord/message-view.ts';
import type { LocalMusicApi } from '../../sandbox/musicapi/server.ts';
import { withoutId3 } from '../../src/media/id3.ts';

export const MIB = 1024 * 1024;
const TAG_HEADER_BYTES = 10;

/** A file of an exact size that everybody takes for an MP3: an ID3v2 tag without frames, then padding. */
export function paddedMp3(bytes: number): string {
  const header = 'ID3\u0004\u0000\u0000\u0000\u0000\u0000\u0000';
  return header + '\0'.repeat(bytes - header.length);
}

/** Size of the padded MP3 under a message before it was given a tag of ours; undefined where there is none. */
export async function paddedSizeOf(message: Message): Promise<number | undefined> {
  return message.attachments.length > 0
    ? TAG_HEADER_BYTES + withoutId3(await message.file()).length
    : undefined;
}

/** Lets every song and stem from now on have this size, until the faults are cleared. */
export function serveAudioOf(musicApi: LocalMusicApi, bytes: number): void {
  const body = paddedMp3(bytes);
  musicApi.fault({
    path: /^\/media\/.+\.mp3$/,
    times: 'all',
    answer: { status: 200, body, contentType: 'audio/mpeg' },
  });
}

/** Lets every file of the kind be the head of one, until the faults are cleared: nothing has to be composed. */
export function serveWav(musicApi: LocalMusicApi): void {
  const body = 'RIFF\u0000\u0010\u0000\u0000WAVEfmt '.padEnd(4_096, '\0');
  musicApi.fault({
    path: /^\/files\/.+\.wav$/,
    times: 'all',
    answer: { status: 200, body, contentType: 'audio/wav' },
  });
}
