import type { FastifyRequest } from 'fastify';
import type { UploadedFile } from '../attachments.ts';
import { refuse, refuseForm } from '../errors.ts';

/** Reads a request: JSON as it is, or `payload_json` with `files[n]`. @throws DiscordError 50109, 40005 or 50035 */
export async function readBody(request: FastifyRequest): Promise<{ body: unknown; uploads: UploadedFile[] }> {
  if (!request.isMultipart()) {
    return { body: typeof request.body === 'string' ? parseJson(request.body) : undefined, uploads: [] };
  }
  let body: unknown;
  const fields: Record<string, unknown> = {};
  const uploads: UploadedFile[] = [];
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      if (part.fieldname === 'payload_json') body = parseJson(String(part.value));
      else fields[part.fieldname] = part.value;
      continue;
    }
    const index =
      /^files?\[(\d+)\]$/.exec(part.fieldname)?.[1] ?? (part.fieldname === 'file' ? '0' : undefined);
    const data = await part.toBuffer();
    if (index === undefined) continue;
    if (uploads.some((upload) => upload.index === index)) {
      const message = 'Each file needs a field name of its own';
      throw refuseForm([{ path: ['files', index], code: 'BASE_TYPE_INVALID', message }]);
    }
    uploads.push({ index, name: part.filename, contentType: part.mimetype, data });
  }
  return { body: body ?? fields, uploads };
}

function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw refuse('invalidJson');
  }
}
