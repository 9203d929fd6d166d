const HEADER_BYTES = 10;
/** A file with more of them is no song, and each one costs a step. */
const MAX_TAGS = 8;

/**
 * The file without ID3v2 tags in front of its sound (id3.org/id3v2.4.0-structure, section 3.1). Readers walk through
 * a tag's padding byte by byte, which takes seconds for a tag of some megabytes.
 */
export function withoutId3(bytes: Uint8Array): Uint8Array {
  return splitId3(bytes).sound;
}

/** The first tag in front of a file's sound, if there is one, and all that follows the last. */
export function splitId3(bytes: Uint8Array): {
  readonly tag: Uint8Array | undefined;
  readonly sound: Uint8Array;
} {
  let sound = bytes;
  let tag: Uint8Array | undefined;
  for (let count = 0; count < MAX_TAGS && isId3(sound); count += 1) {
    const length = lengthOf(sound);
    tag ??= sound.subarray(0, length);
    sound = sound.subarray(length);
  }
  return { tag, sound };
}

function lengthOf(tag: Uint8Array): number {
  const [a = 0, b = 0, c = 0, d = 0] = tag.subarray(6, HEADER_BYTES);
  return HEADER_BYTES + ((a << 21) | (b << 14) | (c << 7) | d);
}

/** `ID3`, and a size of four bytes of seven bits each. */
function isId3(bytes: Uint8Array): boolean {
  return (
    bytes[0] === 0x49 &&
    bytes[1] === 0x44 &&
    bytes[2] === 0x33 &&
    bytes.subarray(6, HEADER_BYTES).every((part) => part < 0x80)
  );
}
