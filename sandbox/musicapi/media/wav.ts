import type { Pcm } from '../synth/pcm.ts';

const HEADER_BYTES = 44;
const FRAME_BYTES = 4;

/** Encodes stereo sound as WAV: 16-bit PCM, two channels. @param sampleRate - in Hz */
export function encodeWav(pcm: Pcm, sampleRate: number): Uint8Array<ArrayBuffer> {
  const dataBytes = pcm.left.length * FRAME_BYTES;
  const bytes = new Uint8Array(HEADER_BYTES + dataBytes);
  const view = new DataView(bytes.buffer);
  const writeName = (at: number, name: string) => bytes.set(Buffer.from(name, 'latin1'), at);
  writeName(0, 'RIFF');
  view.setUint32(4, HEADER_BYTES - 8 + dataBytes, true);
  writeName(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // PCM
  view.setUint16(22, 2, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * FRAME_BYTES, true);
  view.setUint16(32, FRAME_BYTES, true);
  view.setUint16(34, 16, true);
  writeName(36, 'data');
  view.setUint32(40, dataBytes, true);
  for (let i = 0; i < pcm.left.length; i++) {
    const at = HEADER_BYTES + i * FRAME_BYTES;
    view.setInt16(at, quantize(pcm.left[i] ?? 0), true);
    view.setInt16(at + 2, quantize(pcm.right[i] ?? 0), true);
  }
  return bytes;
}

function quantize(sample: number): number {
  return Math.round(Math.min(1, Math.max(-1, sample)) * 32_767);
}
