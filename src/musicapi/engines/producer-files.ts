import { z } from 'zod';
import { asRecord, elementsOf, text } from './wire.ts';

/** A file at MusicAPI, with its format in lower case. */
interface FoundFile {
  readonly format: string;
  readonly url: string;
}

const namedSchema = z.looseObject({ format: text, url: z.string().min(1) });

/**
 * The files that a finished download names. Its answer is not documented: looked for are a list of files as sonic's
 * download gives it, an address named for the wanted format, and then the address of the clip itself.
 *
 * @param wanted - the format that was asked for
 */
export function findFiles(body: unknown, wanted = 'mp3'): readonly FoundFile[] {
  const holders = [...elementsOf(body), body].map(asRecord);
  const found = holders.map((holder) => (holder ? filesOf(holder, wanted) : []));
  return found.find((files) => files.length > 0) ?? [];
}

function filesOf(holder: Readonly<Record<string, unknown>>, wanted: string): readonly FoundFile[] {
  const listed = Array.isArray(holder.files) ? holder.files : [];
  const named = listed.flatMap((file) => namedSchema.safeParse(file).data ?? []);
  if (named.length > 0) {
    const files = named.map(({ format, url }) => ({ format: format?.toLowerCase() ?? wanted, url }));
    return files.toSorted((a, b) => Number(b.format === wanted) - Number(a.format === wanted));
  }
  const keys = [`${wanted}_url`, 'download_url', 'file_url', 'url', 'audio_url'];
  const url = keys.flatMap((key) => text.parse(holder[key]) ?? [])[0];
  return url === undefined ? [] : [{ format: wanted, url }];
}
