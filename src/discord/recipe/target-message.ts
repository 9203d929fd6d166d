/** The message whose menu somebody opened, as the interaction tells it: no right of the bot is needed to see it. */
import type { Attachment, MessageContextMenuCommandInteraction, MessageSnapshot } from 'discord.js';
import type { ClipReference } from '../../domain/request.ts';
import { listCustomIds } from '../messages/message-ids.ts';

/** A file of the message. */
export type AttachedFile = Pick<Attachment, 'url' | 'name' | 'size' | 'contentType'>;

/** What can be used of a message. */
interface Target {
  readonly text: string;
  readonly files: readonly AttachedFile[];
  /** The clip whose card of ours it is. */
  readonly clip: ClipReference | undefined;
}

/** Reads it; what was forwarded counts as the message's own. */
export function readTarget({ targetMessage, client }: MessageContextMenuCommandInteraction): Target {
  const parts: readonly Pick<MessageSnapshot, 'content' | 'attachments'>[] = [
    targetMessage,
    ...targetMessage.messageSnapshots.values(),
  ];
  const isOurs = targetMessage.author.id === client.user.id;
  const components = targetMessage.components.map((row) => row.toJSON());
  const card = isOurs ? listCustomIds({ components }).find(({ action }) => action === 'extend') : undefined;
  return {
    text: parts.map(({ content }) => content).join('\n'),
    files: parts.flatMap(({ attachments }) => [...attachments.values()]),
    clip: card && 'clip' in card ? card.clip : undefined,
  };
}

const AUDIO_NAME = /\.(?:mp3|wav|wave|flac|m4a|mp4|aac|ogg|oga|opus|aiff?)$/i;
const NO_AUDIO = /^(?:image|text|font)\//;

/**
 * The files that may be audio by what they are called; where none is, all that are not certainly something else. What
 * they are is found out from their content.
 */
export function listAudioFiles(files: readonly AttachedFile[]): readonly AttachedFile[] {
  const likely = files.filter(({ name, contentType }) => {
    return AUDIO_NAME.test(name) || contentType?.startsWith('audio/');
  });
  return likely.length > 0 ? likely : files.filter(({ contentType }) => !NO_AUDIO.test(contentType ?? ''));
}
