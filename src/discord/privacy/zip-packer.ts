import { makeZip } from 'client-zip';

/** A file for an archive: there already, or read when its turn comes. */
export type ZipEntry =
  | { readonly name: string; readonly bytes: Buffer }
  | {
      readonly name: string;
      readonly size: number;
      /** Undefined when it cannot be had, or is larger than `maxBytes`. */
      readonly read: (maxBytes: number) => Promise<Buffer | undefined>;
    };

/** One archive, and how many files could not be put into any so far. */
export interface PackedZip {
  readonly bytes: Buffer;
  readonly missing: number;
}

/** What a file takes besides its content: its headers, which hold its name twice (zip file format, APPNOTE 4.3). */
const OVERHEAD_BYTES = 256;

/**
 * Packs files into as few archives as their order allows, none larger than `maxBytes`. One file at a time is read; one
 * that fits into no archive is left out.
 */
export async function* packZips(
  entries: AsyncIterable<ZipEntry>,
  maxBytes: number,
): AsyncGenerator<PackedZip> {
  let files: { readonly name: string; readonly bytes: Buffer }[] = [];
  let size = 0;
  let missing = 0;
  for await (const entry of entries) {
    const overhead = OVERHEAD_BYTES + 2 * Buffer.byteLength(entry.name);
    const most = maxBytes - overhead - OVERHEAD_BYTES;
    const bytes = 'bytes' in entry ? entry.bytes : entry.size <= most ? await entry.read(most) : undefined;
    if (!bytes || bytes.length > most) {
      missing += 1;
      continue;
    }
    if (size + overhead + bytes.length + OVERHEAD_BYTES > maxBytes) {
      yield { bytes: await zip(files), missing };
      files = [];
      size = 0;
    }
    files.push({ name: entry.name, bytes });
    size += overhead + bytes.length;
  }
  if (files.length > 0 || missing > 0) yield { bytes: await zip(files), missing };
}

async function zip(files: readonly { readonly name: string; readonly bytes: Buffer }[]): Promise<Buffer> {
  const inputs = files.map(({ name, bytes }) => ({ name, input: bytes, lastModified: new Date(0) }));
  return Buffer.from(await new Response(makeZip(inputs)).arrayBuffer());
}
