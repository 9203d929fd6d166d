import type { FileInput, OptionInput } from '../protocol.ts';
import { ApiError } from './api.ts';
import type { FieldValue } from './option-field.ts';

/** Reads a file for a request. @throws ApiError when it has gone or changed since it was chosen */
export async function toFileInput(file: File): Promise<FileInput> {
  const bytes = await file.arrayBuffer().catch((cause: unknown) => {
    throw new ApiError(`“${file.name}” cannot be read any more: choose it again.`, { cause });
  });
  return { name: file.name, base64: encodeBase64(new Uint8Array(bytes)) };
}

/** Reads the files among the values of a command. */
export async function toOptionInputs(
  values: Readonly<Record<string, FieldValue>>,
): Promise<Readonly<Record<string, OptionInput>>> {
  const entries = Object.entries(values).map(
    async ([option, value]) => [option, value instanceof File ? await toFileInput(value) : value] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

/** The files that somebody drags or pastes. */
export function listFiles(data: { readonly files: Iterable<File> } | null): readonly File[] {
  return [...(data?.files ?? [])];
}

/** As many bytes as one call takes arguments for, and a multiple of three, so that no padding stands in between. */
const PIECE_BYTES = 3 * 2 ** 13;

function encodeBase64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    pieces.push(btoa(String.fromCharCode(...bytes.subarray(at, at + PIECE_BYTES))));
  }
  return pieces.join('');
}
