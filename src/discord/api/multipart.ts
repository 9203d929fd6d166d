import { randomUUID } from 'node:crypto';
import type { OutgoingFile } from './api.ts';

/** A request body with the header that it needs. */
interface Multipart {
  readonly body: Buffer;
  readonly contentType: string;
}

/**
 * A message with files as Discord takes it (Discord: Uploading Files), in one buffer: a form object would hold every
 * file twice more.
 *
 * @param boundary - Must not occur in the files. @defaultValue random
 */
export function encodeMultipart(
  message: object,
  files: readonly OutgoingFile[],
  boundary = `encore-${randomUUID()}`,
): Multipart {
  const parts: Buffer[] = [
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="payload_json"\r\n\r\n${JSON.stringify(message)}\r\n`,
    ),
  ];
  for (const [index, { name, bytes, contentType }] of files.entries()) {
    const head = `content-disposition: form-data; name="files[${index}]"; filename="${escapeName(name)}"`;
    parts.push(Buffer.from(`--${boundary}\r\n${head}\r\ncontent-type: ${contentType}\r\n\r\n`));
    for (const piece of [bytes].flat()) parts.push(piece);
    parts.push(Buffer.from('\r\n'));
  }
  parts.push(Buffer.from(`--${boundary}--\r\n`));
  return { body: Buffer.concat(parts), contentType: `multipart/form-data; boundary=${boundary}` };
}

/** As browsers write it (WHATWG: multipart/form-data encoding algorithm). */
function escapeName(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
