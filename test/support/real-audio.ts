import { createMp3Encoder } from 'wasm-media-encoders';

const RATE = 44_100;
const WAV_HEADER_BYTES = 44;

/** A tone of so many seconds, stereo, 16 bits. */
export function makeWav(seconds: number): Buffer {
  const data = tone(seconds);
  const file = Buffer.alloc(WAV_HEADER_BYTES + data.length);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(2, 22);
  file.writeUInt32LE(RATE, 24);
  file.writeUInt32LE(RATE * 4, 28);
  file.writeUInt16LE(4, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(data.length, 40);
  data.copy(file, WAV_HEADER_BYTES);
  return file;
}

/** The same as MP3 of a constant bitrate. */
export async function makeMp3(seconds: number, kbps: 64 | 128 | 320): Promise<Buffer> {
  const encoder = await createMp3Encoder();
  encoder.configure({ channels: 2, sampleRate: RATE, bitrate: kbps });
  const data = tone(seconds);
  const frames: Uint8Array[] = [];
  for (let start = 0; start < data.length; start += RATE * 4) {
    const second = data.subarray(start, start + RATE * 4);
    const samples = Float32Array.from({ length: second.length / 4 }, (_, index) => {
      return second.readInt16LE(index * 4) / 32_768;
    });
    frames.push(Uint8Array.from(encoder.encode([samples, samples])));
  }
  frames.push(Uint8Array.from(encoder.finalize()));
  return Buffer.concat(frames);
}

/** An MP3 of an exact size that still plays: a tag of padding in front, where a cover picture could be. */
export function padMp3(sound: Buffer, bytes: number): Buffer {
  const file = Buffer.alloc(bytes);
  const tagBytes = bytes - sound.length;
  file.write('ID3\u0004', 0, 'latin1');
  for (const [index, shift] of [21, 14, 7, 0].entries()) {
    file[6 + index] = ((tagBytes - 10) >> shift) & 0x7f;
  }
  sound.copy(file, tagBytes);
  return file;
}

/** A wav of an exact size that still plays: a part behind its sound that no player looks at. */
export function padWav(sound: Buffer, bytes: number): Buffer {
  const file = Buffer.alloc(bytes);
  sound.copy(file);
  file.writeUInt32LE(bytes - 8, 4);
  file.write('JUNK', sound.length, 'latin1');
  file.writeUInt32LE(bytes - sound.length - 8, sound.length + 4);
  return file;
}

function tone(seconds: number): Buffer {
  const frames = Math.round(seconds * RATE);
  const data = Buffer.alloc(frames * 4);
  for (let index = 0; index < frames; index += 1) {
    const sample = Math.round(Math.sin(index * 0.06) * 12_000);
    data.writeInt16LE(sample, index * 4);
    data.writeInt16LE(sample, index * 4 + 2);
  }
  return data;
}
