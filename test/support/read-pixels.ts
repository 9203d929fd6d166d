import { inflateSync } from 'node:zlib';

/** A picture as it is shown. */
interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and opacity of every pixel, row by row. */
  readonly rgba: Uint8Array;
}

const CHANNELS = 4;

/** Decodes a PNG of four channels of 8 bits without interlacing, as waveforms are. @see https://www.w3.org/TR/png-3/#9Filters */
export function readPixels(png: Buffer): Pixels {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const header = png.subarray(24, 29).join();
  if (header !== '8,6,0,0,0') throw new Error(`a PNG of another kind: ${header}`);
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    const isData = png.toString('latin1', at + 4, at + 8) === 'IDAT';
    if (isData) data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const raw = inflateSync(Buffer.concat(data));
  const rowBytes = width * CHANNELS;
  const rgba = new Uint8Array(rowBytes * height);
  for (let row = 0; row < height; row += 1) {
    const filter = raw[row * (rowBytes + 1)] ?? 0;
    const at = (column: number, line: number) =>
      column < 0 || line < 0 ? 0 : (rgba[line * rowBytes + column] ?? 0);
    for (let column = 0; column < rowBytes; column += 1) {
      const left = at(column - CHANNELS, row);
      const up = at(column, row - 1);
      const both = at(column - CHANNELS, row - 1);
      const expected = [0, left, up, (left + up) >> 1, choosePaeth(left, up, both)][filter] ?? 0;
      rgba[row * rowBytes + column] = (raw[row * (rowBytes + 1) + 1 + column] ?? 0) + expected;
    }
  }
  return { width, height, rgba };
}

function choosePaeth(left: number, up: number, both: number): number {
  const guess = left + up - both;
  const [toLeft, toUp, toBoth] = [left, up, both].map((one) => Math.abs(guess - one)) as [
    number,
    number,
    number,
  ];
  if (toLeft <= toUp && toLeft <= toBoth) return left;
  return toUp <= toBoth ? up : both;
}
