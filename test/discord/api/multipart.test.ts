import { describe, expect, it } from 'vitest';
import { encodeMultipart } from '../../../src/discord/api/multipart.ts';

describe('encodeMultipart', () => {
  it('is a form that others read back: the message, and every file with its name and kind', async () => {
    const message = { content: 'ready: "Lied" – ä', flags: 4096 };
    const files = [
      { name: 'Größe "1".mp3', bytes: Buffer.from([0, 13, 10, 45, 45, 255]), contentType: 'audio/mpeg' },
      { name: 'two.zip', bytes: Buffer.from('--boundary\r\n'), contentType: 'application/zip' },
    ];
    const { body, contentType } = encodeMultipart(message, files);
    const form = await new Response(Uint8Array.from(body), {
      headers: { 'content-type': contentType },
    }).formData();
    expect(JSON.parse(String(form.get('payload_json')))).toEqual(message);
    for (const [index, { name, bytes, contentType: kind }] of files.entries()) {
      const file = form.get(`files[${index}]`) as File;
      expect([file.name, file.type]).toEqual([name, kind]);
      expect(Buffer.from(await file.arrayBuffer())).toEqual(bytes);
    }
  });
});
