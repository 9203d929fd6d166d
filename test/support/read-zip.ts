/** A file of an archive. */
interface Unpacked {
  readonly name: string;
  readonly bytes: Buffer;
}

const END_SIGNATURE = 0x06_05_4b_50;
const ENTRY_SIGNATURE = 0x02_01_4b_50;

/** The files of an archive that stores them as they are, by its own directory (zip file format, APPNOTE 4.3). */
export function readZip(zip: Buffer): readonly Unpacked[] {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || zip.readUInt32LE(end) !== END_SIGNATURE) throw new Error('this is no whole zip archive');
  const count = zip.readUInt16LE(end + 10);
  const files: Unpacked[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (zip.readUInt32LE(at) !== ENTRY_SIGNATURE) throw new Error(`entry ${index} is not where it should be`);
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    if (method !== 0) throw new Error(`entry ${index} is compressed`);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) =>
      zip.readUInt16LE(at + offset),
    );
    const name = zip.toString('utf8', at + 46, at + 46 + (nameLength ?? 0));
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    files.push({ name, bytes: zip.subarray(start, start + size) });
    at += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0);
  }
  return files;
}
