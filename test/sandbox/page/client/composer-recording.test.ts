import { parseBuffer } from 'music-metadata';
import { describe, expect, it } from 'vitest';
import {
  createRecording,
  playTune,
  RECORDING_SECONDS,
} from '../../../../sandbox/page/client/composer-recording.ts';

describe('createRecording', () => {
  it('makes a WAV file of a few seconds that programs for music can read', async () => {
    const file = createRecording();
    const { format } = await parseBuffer(await file.bytes(), { mimeType: file.type });
    expect(format).toMatchObject({ container: 'WAVE', codec: 'PCM', numberOfChannels: 1, bitsPerSample: 16 });
    expect(format.duration).toBeCloseTo(RECORDING_SECONDS, 2);
  });
});

describe('playTune', () => {
  it('can be heard and never clips', () => {
    const peak = playTune().reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(peak).toBeGreaterThan(0.3);
    expect(peak).toBeLessThan(1);
  });
});
