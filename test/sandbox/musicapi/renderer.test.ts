import { fileTypeFromBuffer } from 'file-type';
import { describe, expect, it } from 'vitest';
import type { ClipAudio } from '../../../sandbox/musicapi/clips.ts';
import { Renderer } from '../../../sandbox/musicapi/media/renderer.ts';

const buildAudio = (seed: string, lengthS = 1): ClipAudio => ({
  selection: 'mix',
  song: {
    scoreSeed: seed,
    scoreStyle: 'pop',
    melodySeed: seed,
    soundSeed: seed,
    soundStyle: 'pop',
    startS: 0,
    lengthS,
    instrumental: false,
    voice: 'f',
    lyrics: 'la',
  },
});

describe('Renderer', () => {
  it('renders a song once, and to the same bytes as another renderer', async () => {
    const [first, second] = [new Renderer(), new Renderer()];
    const file = await first.render(buildAudio('one'));
    expect((await fileTypeFromBuffer(file))?.ext).toBe('mp3');
    expect(await first.render(buildAudio('one'))).toBe(file);
    expect((await second.render(buildAudio('one'))).equals(file)).toBe(true);
    await Promise.all([first.close(), second.close()]);
  });

  it('goes on when another one is closed in the middle of its work', async () => {
    const [closed, open] = [new Renderer(), new Renderer()];
    const lost = expect(closed.render(buildAudio('lost'))).rejects.toThrow('the renderer was closed');
    const file = open.render(buildAudio('kept'));
    await closed.close();
    await lost;
    expect((await fileTypeFromBuffer(await file))?.ext).toBe('mp3');
    await open.close();
  });

  it('ends what nobody waits for any more, and renders again for the next', async () => {
    const closed = new Renderer();
    // Minutes of work, which the next one would have to wait for.
    const lost = Promise.allSettled(
      Array.from({ length: 500 }, (_, i) => closed.render(buildAudio(`lost ${i}`, 3))),
    );
    await closed.close();
    expect((await lost).every(({ status }) => status === 'rejected')).toBe(true);
    const next = new Renderer();
    expect((await fileTypeFromBuffer(await next.render(buildAudio('next'))))?.ext).toBe('mp3');
    await next.close();
  });

  it('reports what cannot be rendered and goes on', async () => {
    const renderer = new Renderer();
    const text = Buffer.from('these are not the sounds you are looking for');
    await expect(renderer.convert('text', text, 'mp3')).rejects.toThrow();
    expect((await renderer.render(buildAudio('after'))).length).toBeGreaterThan(1_000);
    await renderer.close();
  });

  it('refuses everything once it is closed', async () => {
    const renderer = new Renderer();
    await renderer.close();
    await expect(renderer.render(buildAudio('late'))).rejects.toThrow('the renderer was closed');
  });
});
