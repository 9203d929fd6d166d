import { describe, expect, it } from 'vitest';
import { placeSections } from '../../src/media/sections.ts';
import { drawWaveform } from '../../src/media/waveform-svg.ts';

/** A song of so many seconds that is quiet at first and loud in its second half. */
const peaksOf = (durationSeconds: number) => ({
  bins: Float32Array.from({ length: Math.ceil(durationSeconds * 50) }, (_, index) =>
    index < durationSeconds * 25 ? 0.1 : 0.8,
  ),
  durationSeconds,
});
const partsOf = (...names: readonly string[]) => ({
  kind: 'shares' as const,
  parts: names.map((name) => ({ name, share: 1 })),
});
const textsOf = (seconds: number, ...names: readonly string[]) =>
  drawWaveform(peaksOf(seconds), placeSections(partsOf(...names), seconds)).texts;

/** Every text with where it begins and ends, if its letters are as wide as in Inter. */
function listBoxes(svg: string) {
  return [...svg.matchAll(/<text x="([\d.]+)" y="(\d+)" font-size="(\d+)"[^>]*anchor="(\w+)">([^<]*)</g)].map(
    ([, x, y, size, anchor, text = '']) => {
      const width = [...text].length * Number(size) * 0.55;
      const left = Number(x) - (anchor === 'end' ? width : anchor === 'middle' ? width / 2 : 0);
      return { text, row: Number(y), left, right: left + width };
    },
  );
}

describe('drawWaveform', () => {
  it.each([
    [8, ['0:00', '0:01', '0:02', '0:03', '0:04', '0:05', '0:06', '0:07', '0:08']],
    [61, ['0:00', '0:10', '0:20', '0:30', '0:40', '0:50', '1:01']],
    [240.04, ['0:00', '0:30', '1:00', '1:30', '2:00', '2:30', '3:00', '3:30', '4:00']],
    [480, ['0:00', '1:00', '2:00', '3:00', '4:00', '5:00', '6:00', '7:00', '8:00']],
    [0.2, ['0:00', '0:00']],
  ])('marks the time of %d seconds in steps that people count in, and its end', (seconds, marks) => {
    expect(drawWaveform(peaksOf(seconds), undefined).texts).toEqual(marks);
  });

  it('draws loud moments higher than quiet ones', () => {
    const { svg } = drawWaveform(peaksOf(60), undefined);
    const heights = [...svg.matchAll(/M[\d.]+ ([\d.]+)V([\d.]+)/g)].map(
      ([, from, to]) => Number(to) - Number(from),
    );
    const bars = heights.filter((height) => height > 0);
    expect(bars.length).toBeGreaterThan(150);
    expect(Math.max(...bars.slice(0, 80))).toBeLessThan(Math.min(...bars.slice(-80)) / 4);
  });

  it('marks parts that were placed by their lyrics as approximate, in signs and lines', () => {
    const plan = partsOf('Verse', 'Chorus');
    const about = drawWaveform(peaksOf(60), placeSections(plan, 60));
    expect(about.texts.slice(0, 2)).toEqual(['~ Verse', '~ Chorus']);
    expect(about.svg).toContain('stroke-dasharray');
    const starts = [{ name: 'Verse', startSeconds: 4 }];
    const exact = drawWaveform(peaksOf(60), placeSections({ kind: 'timed', starts }, 60));
    expect(exact.texts[0]).toBe('Verse');
    expect(exact.svg).not.toContain('stroke-dasharray');
  });

  it('shortens names that have no room, and leaves out those that would say nothing', () => {
    const names = [
      'Pre-Chorus 2',
      'A very long name of a part that nobody reads',
      ...Array(12).fill('Bridge'),
    ];
    const shown = textsOf(60, ...names).filter((text) => !text.includes(':'));
    expect(shown[0]).toBe('Pre2');
    expect(shown[1]).toMatch(/^A \w*…$/);
    expect(textsOf(60, ...Array(60).fill('Bridge')).filter((text) => !text.includes(':'))).toEqual([]);
  });

  it('writes numbers for names in letters that it cannot draw', () => {
    expect(textsOf(60, 'Куплет', 'サビ', '😀').slice(0, 3)).toEqual(['~ Куплет', '~ 2', '~ 3']);
  });

  it.each([
    [
      'a song of many parts',
      240,
      ['Intro', 'Verse 1', 'Pre-Chorus', 'Chorus', 'Verse 2', 'Chorus', 'Bridge', 'Outro'],
    ],
    ['wide letters', 200, Array(9).fill('WWWWWWWWWWWW')],
    ['a short song', 8, ['Verse', 'Chorus', 'Outro']],
    ['one part', 480, ['x'.repeat(200)]],
  ])('lets no two texts overlap: %s', (_, seconds, names) => {
    const boxes = listBoxes(drawWaveform(peaksOf(seconds), placeSections(partsOf(...names), seconds)).svg);
    for (const [index, box] of boxes.entries()) {
      expect(box.left).toBeGreaterThanOrEqual(0);
      expect(box.right).toBeLessThanOrEqual(1_100);
      for (const other of boxes.slice(index + 1)) {
        const isApart = box.row !== other.row || box.right < other.left || other.right < box.left;
        expect(isApart, `${box.text} / ${other.text}`).toBe(true);
      }
    }
  });

  it('stays a picture whatever names hold', () => {
    const { svg } = drawWaveform(peaksOf(60), placeSections(partsOf('<script>&"\'', ']]>'), 60));
    expect(svg).not.toMatch(/<script|]]>/);
  });
});
