import { checkUploads, interactionFileLimit, type PersonFile } from './attachments.ts';
import type { Place } from './client-command.ts';
import { ClientError } from './client-error.ts';
import { lengthOf } from './form.ts';
import { createMessage } from './messages.ts';
import type { MessageRecord } from './records.ts';

/** Without Nitro. @see https://discord.com/developers/docs/resources/message#create-message */
const MAX_CONTENT = 2000;

/**
 * Posts what a person writes.
 *
 * @throws ClientError for what Discord's client would not send
 * @throws DiscordError for what Discord would refuse then
 */
export function writeMessage(place: Place, content: string, files: readonly PersonFile[]): MessageRecord {
  const { world, user, channel } = place;
  const fileLimitBytes = interactionFileLimit(channel, user.attachmentLimitBytes);
  checkWritten(content, files, fileLimitBytes);
  const uploads = files.map((file, index) => ({
    index: String(index),
    name: file.name,
    contentType: file.contentType,
    data: Buffer.from(file.data),
  }));
  checkUploads(world, uploads, fileLimitBytes);
  return createMessage(world, { content }, uploads, { channel, author: user, fileLimitBytes });
}

function checkWritten(content: string, files: readonly PersonFile[], fileLimitBytes: number): void {
  if (content.trim() === '' && files.length === 0) throw new ClientError('There is nothing to send');
  const length = lengthOf(content);
  if (length > MAX_CONTENT)
    throw new ClientError(`A message has at most ${MAX_CONTENT} characters, not ${length}`);
  const tooLarge = files.find(({ data }) => data.length > fileLimitBytes);
  if (tooLarge) throw new ClientError(`"${tooLarge.name}" is larger than what may be uploaded here`);
}
