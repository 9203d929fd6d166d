/** Audio files that people attach: looked into before anything is reserved. */
import type { Attachment } from 'discord.js';
import pLimit from 'p-limit';
import type { AudioFile } from '../../domain/request.ts';
import { coerceError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import { checkUpload } from '../../media/check-upload.ts';
import type { Downloader } from '../../media/download.ts';
import { MediaError, type MediaErrorKind } from '../../media/errors.ts';
import { probeSong } from '../../media/probe-audio.ts';
import type { Recipe } from '../../media/recipe.ts';
import type { Finding } from '../../musicapi/finding.ts';
import type { FileNeed } from '../../musicapi/operation.ts';
import { words } from '../../words/words.ts';
import { formatDuration } from '../messages/text.ts';
import { refusal } from './draft-refusal.ts';
import type { Unread } from './drafts.ts';

const MEBIBYTE = 1024 * 1024;

/**
 * Largest file that is taken. MusicAPI names no limit; eight minutes as MP3 or FLAC fit, and a file is in memory while
 * it is looked into.
 */
const MAX_FILE_BYTES = 50 * MEBIBYTE;

/** A file is held in memory twice, by this process and by the thread that looks into it. */
const MAX_AT_ONCE = 2;

/** The person waits for it. */
const DOWNLOAD_TIMEOUT_MS = 60_000;

/** What a look at an attached file gave. */
export interface CheckedFile {
  /** The file with what was found out about it. */
  readonly file: AudioFile;
  /** Why it cannot be used; messages are ready for Discord. */
  readonly findings: readonly Finding[];
  /** How it was made, where it says so itself. Anybody can have written that. */
  readonly recipe?: Recipe | undefined;
}

/** Looks into an attached file; never throws because of what it is or whether it can be had. */
export type FileLook = (file: AudioFile, need: FileNeed) => Promise<CheckedFile>;

interface LookDeps {
  /** Reaches the hosts of attachments. */
  readonly downloader: Pick<Downloader, 'download'>;
  readonly log: Logger;
}

/** Reads an attachment option as a request names it. What is too large is found without fetching it. */
export function readAudioFile(
  attachment: Pick<Attachment, 'url' | 'name' | 'size'> | null,
  unread: Record<string, Unread>,
): AudioFile | undefined {
  if (!attachment) return undefined;
  const { url, name, size } = attachment;
  if (size > MAX_FILE_BYTES) unread.file = { text: name, problem: explainFetch('too-large') };
  return { url, name };
}

/**
 * What is wrong with a file of an earlier request, without fetching it: addresses of attachments say themselves when
 * they run out, and its length was read then.
 *
 * @param now - epoch ms
 * @see {@link https://discord.com/developers/docs/reference#signed-attachment-cdn-urls}
 */
export function checkKnownFile(
  { url, durationSeconds }: AudioFile,
  need: FileNeed | undefined,
  now: number,
): readonly Finding[] {
  const address = URL.parse(url);
  const isAttachment = /^\/(?:ephemeral-)?attachments\//.test(address?.pathname ?? '');
  const endsAt = Number.parseInt(address?.searchParams.get('ex') ?? '', 16) * 1_000;
  const isGone = isAttachment && endsAt <= now;
  const tooLong = need && explainLength(durationSeconds, need);
  return [
    ...(isGone ? [refusal('file', explainFetch('not-found'))] : []),
    ...(tooLong ? [refusal('file', tooLong)] : []),
  ];
}

/**
 * Why audio that was looked into before is too long for an operation; undefined = it is not, or nobody knows. A song
 * that was made here may be longer than what MusicAPI takes in.
 */
export function explainLength(
  seconds: number | undefined,
  { maxSeconds }: Pick<FileNeed, 'maxSeconds'>,
): string | undefined {
  if (seconds === undefined || seconds <= maxSeconds) return undefined;
  const [most, length] = [formatDuration(maxSeconds), formatDuration(Math.ceil(seconds))];
  return words().drafts.audio.tooLong({ most, length });
}

/** Creates the look into attached files: at most two at a time, by content and not by name. */
export function createFileLook({ downloader, log }: LookDeps): FileLook {
  const limit = pLimit(MAX_AT_ONCE);

  async function look(file: AudioFile, { maxSeconds, minSeconds, kinds }: FileNeed): Promise<CheckedFile> {
    const signal = AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS);
    try {
      const { bytes } = await downloader.download(file.url, {
        signal,
        maxBytes: MAX_FILE_BYTES,
        expect: 'anything',
      });
      const { facts, recipe } = await probeSong(bytes);
      const durationSeconds = facts.isAudio ? facts.durationSeconds : undefined;
      return {
        file: { ...file, durationSeconds },
        findings: checkUpload(facts, { maxSeconds, minSeconds, kinds }),
        recipe,
      };
    } catch (error) {
      if (!(error instanceof MediaError) && !signal.aborted) throw error;
      const reason = error instanceof MediaError ? error.kind : 'unavailable';
      log.info({ reason, detail: coerceError(error).message }, 'attached file not fetched');
      return { file, findings: [refusal('file', explainFetch(reason))] };
    }
  }

  return (file, need) => limit(look, file, need);
}

function explainFetch(kind: MediaErrorKind): string {
  const { audio } = words().drafts;
  switch (kind) {
    case 'unlisted-host':
      return audio.notAttached;
    case 'not-found':
      return audio.gone;
    case 'too-large':
      return audio.tooLarge({ mebibytes: MAX_FILE_BYTES / MEBIBYTE });
    case 'not-audio':
    case 'unavailable':
      return audio.notFetched;
    default:
      return kind satisfies never;
  }
}
