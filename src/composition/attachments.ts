import { listAttachmentHosts } from '../media/attachment-hosts.ts';
import { createDownloader, type Downloader } from '../media/download.ts';
import type { Basis } from './basis.ts';

const MAX_ATTACHMENT_BYTES = 25 * 1024 * 1024;
const TIMEOUT_MS = 30_000;

/** Creates what fetches files that people attached, from Discord and from nowhere else. */
export function createAttachments({ config, observe }: Pick<Basis, 'config' | 'observe'>): Downloader {
  return createDownloader({
    allowedHosts: listAttachmentHosts(config.discordApiUrl),
    maxBytes: MAX_ATTACHMENT_BYTES,
    timeoutMs: TIMEOUT_MS,
    observe,
  });
}
