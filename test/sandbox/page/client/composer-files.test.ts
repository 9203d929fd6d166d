import { describe, expect, it } from 'vitest';
import { explainRefusal } from '../../../../sandbox/page/client/api.ts';
import { toFileInput, toOptionInputs } from '../../../../sandbox/page/client/composer-files.ts';

describe('toFileInput', () => {
  it('carries every byte, also of files that are longer than one call takes', async () => {
    const bytes = Uint8Array.from({ length: 100_001 }, (_, index) => index % 256);
    const { name, base64 } = await toFileInput(new File([bytes], 'tune.wav'));
    expect(name).toBe('tune.wav');
    expect(Buffer.from(base64, 'base64').equals(bytes)).toBe(true);
  });

  it('says that a file has gone or changed since it was chosen', async () => {
    const file = new File(['la'], 'tune.wav');
    file.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'));
    await expect(toFileInput(file).catch(explainRefusal)).resolves.toBe(
      '“tune.wav” cannot be read any more: choose it again.',
    );
  });
});

describe('toOptionInputs', () => {
  it('reads the files and leaves the rest as it is', async () => {
    expect(await toOptionInputs({ file: new File(['la'], 'tune.wav'), strength: 0.5 })).toEqual({
      file: { name: 'tune.wav', base64: 'bGE=' },
      strength: 0.5,
    });
  });
});
