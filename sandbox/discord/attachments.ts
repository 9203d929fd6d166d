import { extname } from 'node:path';
import type { Channel } from './channel.ts';
import { refuse, refuseForm } from './errors.ts';
import type { StoredFile } from './records.ts';
import { type Embed, listEmbedMedia } from './validate-embeds.ts';
import type { MessageBody } from './validate-message.ts';
import type { World } from './world.ts';

const MIB = 1024 * 1024;
const MAX_FILES = 10;
/** Largest file by boost tier. @see https://support.discord.com/hc/en-us/articles/360028038352 */
const LIMIT_BY_BOOST_TIER = [10 * MIB, 10 * MIB, 50 * MIB, 100 * MIB] as const;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.mp3': 'audio/mpeg',
  '.m4a': 'audio/mp4',
  '.wav': 'audio/x-wav',
  '.ogg': 'audio/ogg',
  '.opus': 'audio/ogg',
  '.flac': 'audio/flac',
  '.mid': 'audio/midi',
  '.mp4': 'video/mp4',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.txt': 'text/plain; charset=utf-8',
  '.lrc': 'text/plain; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.zip': 'application/zip',
};

/** A file that came with a request, before it belongs to a message. */
export interface UploadedFile {
  /** The n of `files[n]`. */
  readonly index: string;
  readonly name: string;
  readonly contentType: string | undefined;
  readonly data: Buffer;
}

/** A file that a person hands in: as an option, in a modal or with a message. */
export interface PersonFile {
  readonly name: string;
  readonly data: Uint8Array;
  /** @defaultValue by the extension of the name */
  readonly contentType?: string;
}

/** The largest file that the bot may post in a channel by itself, in bytes. */
export function botFileLimit(channel: Channel): number {
  return channel.guild?.fileLimitBytes ?? LIMIT_BY_BOOST_TIER[channel.guild?.boostTier ?? 0];
}

/** The largest file of an interaction, in bytes: the maximum of the person's and the guild's limit. */
export function interactionFileLimit(channel: Channel, personLimitBytes: number): number {
  return Math.max(personLimitBytes, botFileLimit(channel));
}

/** Refuses files that are too many or too large. @throws DiscordError 30015 or 40005 */
export function checkUploads(world: World, files: readonly UploadedFile[], fileLimitBytes: number): void {
  if (files.length > MAX_FILES) throw refuse('tooManyAttachments');
  const totalBytes = files.reduce((sum, file) => sum + file.data.length, 0);
  if (totalBytes > world.limits.maxRequestBytes) throw refuse('tooLarge');
  if (files.some((file) => file.data.length > fileLimitBytes)) throw refuse('tooLarge');
}

/** The name under which Discord stores a file: no white space and no unusual characters. */
export function cleanFileName(name: string): string {
  const cleaned = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/\s+/gu, '_')
    .replaceAll(/[^\w.-]/g, '');
  const extension = extname(cleaned);
  if (cleaned === '' || cleaned === extension || cleaned.startsWith('.'))
    return `unknown${extension || cleaned}`;
  return cleaned;
}

/** Stores a file under an address of its own. */
export function storeFile(
  world: World,
  file: { name: string; data: Uint8Array; contentType?: string | undefined },
  place: { folder: string; ephemeral: boolean },
  extra: {
    description?: string | undefined;
    durationSecs?: number | undefined;
    waveform?: string | undefined;
  } = {},
): StoredFile {
  const id = world.nextId();
  const name = cleanFileName(file.name);
  const stored: StoredFile = {
    id,
    name,
    title: name === file.name ? undefined : file.name.replace(/\.[^.]*$/, ''),
    contentType: chooseContentType(name, file.contentType),
    data: Buffer.from(file.data.buffer, file.data.byteOffset, file.data.byteLength),
    path: `/${place.ephemeral ? 'ephemeral-attachments' : 'attachments'}/${place.folder}/${id}/${name}`,
    description: extra.description,
    durationSecs: extra.durationSecs,
    waveform: extra.waveform,
    ephemeral: place.ephemeral,
  };
  world.files.set(id, stored);
  return stored;
}

function chooseContentType(name: string, given: string | undefined): string {
  const byName = CONTENT_TYPES[extname(name).toLowerCase()];
  if (byName) return byName;
  return given && given !== '' ? given : 'application/octet-stream';
}

/**
 * The files of a message that stay after an edit: without `attachments` all of them, else those it names.
 * A file that an embed shows is no attachment of the message and stays as long as the embed does.
 */
export function listKeptFiles(
  files: readonly StoredFile[],
  body: MessageBody,
  embedsAfter: readonly Embed[],
): StoredFile[] {
  const entries = body.attachments;
  if (!entries) return [...files];
  const shown = embedsAfter.flatMap(listEmbedMedia).map(({ url }) => url);
  return files.filter(
    (file) => entries.some((entry) => entry.id === file.id) || shown.includes(`attachment://${file.name}`),
  );
}

/**
 * The files that a message has after a change: those kept, then those uploaded. What is not kept is gone.
 * An entry of `attachments` that names neither is refused; an upload without an entry is added.
 */
export function mergeFiles(
  world: World,
  change: {
    readonly before: readonly StoredFile[];
    readonly kept: readonly StoredFile[];
    readonly uploads: readonly UploadedFile[];
    readonly body: MessageBody;
    readonly place: { readonly folder: string; readonly ephemeral: boolean };
    readonly prefix: readonly string[];
  },
): StoredFile[] {
  const { before, kept, uploads } = change;
  const entries = change.body.attachments ?? [];
  const problems = entries.flatMap((entry, index) =>
    uploads.some((upload) => upload.index === entry.id) || before.some((file) => file.id === entry.id)
      ? []
      : [
          {
            path: [...change.prefix, 'attachments', index, 'id'],
            code: 'ATTACHMENT_NOT_FOUND',
            message: `Attachment ${entry.id} was neither uploaded nor is it part of the message`,
          },
        ],
  );
  if (problems.length > 0) throw refuseForm(problems);
  if (kept.length + uploads.length > MAX_FILES) throw refuse('tooManyAttachments');
  for (const file of kept) {
    const description = entries.find((entry) => entry.id === file.id)?.description;
    if (description !== undefined) file.description = description ?? undefined;
  }
  const added = uploads.map((upload) => {
    const entry = entries.find((one) => one.id === upload.index);
    return storeFile(world, { ...upload, name: entry?.filename ?? upload.name }, change.place, {
      description: entry?.description ?? undefined,
      durationSecs: entry?.duration_secs ?? undefined,
      waveform: entry?.waveform ?? undefined,
    });
  });
  for (const file of before) if (!kept.includes(file)) world.files.delete(file.id);
  return [...kept, ...added];
}

/** Embeds in which an address of one of these files is again what it stands for, as when a message's own embed comes back. */
export function restoreFileReferences(
  world: World,
  embeds: readonly Embed[],
  files: readonly StoredFile[],
): Embed[] {
  const restore = <T extends string | null | undefined>(url: T): T | string => {
    const file = url && files.find((one) => url.split('?')[0] === `${world.origin}${one.path}`);
    return file ? `attachment://${file.name}` : url;
  };
  return embeds.map((embed) => ({
    ...embed,
    image: embed.image && { url: restore(embed.image.url) },
    thumbnail: embed.thumbnail && { url: restore(embed.thumbnail.url) },
    footer: embed.footer && { ...embed.footer, icon_url: restore(embed.footer.icon_url) },
    author: embed.author && { ...embed.author, icon_url: restore(embed.author.icon_url) },
  }));
}
