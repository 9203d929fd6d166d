import { FONT_FAMILY, isDrawable } from './picture-font.ts';
import type { Section, Sections } from './sections.ts';
import type { Peaks } from './waveform-peaks.ts';

/** In px. Discord shows it about half as wide, so everything is twice as large as it has to be read. */
const WAVEFORM_WIDTH = 1_100;
const WAVEFORM_HEIGHT = 220;

/** Its own background makes it readable whatever is behind it. */
const COLOURS = {
  panel: '#1b1c20',
  edge: '#3a3c43',
  even: '#8c9bff',
  odd: '#56c8b4',
  divider: '#8b8f99',
  name: '#f2f3f5',
  time: '#c3c7ce',
} as const;

const MARGIN = 28;
const NAME_BASELINE = 40;
const NAME_PX = 25;
const WAVE_TOP = 58;
const WAVE_BOTTOM = 168;
const TIME_BASELINE = 204;
const TIME_PX = 23;
const BAR_WIDTH = 4;
const BAR_PITCH = 6;
const MIN_BAR_HEIGHT = 3;
const GAP = 8;
/** Louder moments stand out more than they would by their figures. */
const CONTRAST = 1.3;

/** Distances of time marks in seconds that people count in. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600];
const MAX_MARKS = 8;

/** A picture, and the texts in it, for which fonts are needed. */
export interface Drawing {
  readonly svg: string;
  readonly texts: readonly string[];
}

/** Draws a song: its loudness, time marks below it, its parts above it. */
export function drawWaveform({ bins, durationSeconds }: Peaks, sections: Sections | undefined): Drawing {
  const width = WAVEFORM_WIDTH - 2 * MARGIN;
  const xOf = (seconds: number) => MARGIN + (seconds / durationSeconds) * width;
  const list = sections?.list ?? [];
  const names = placeNames(list, xOf, sections?.isApproximate ?? false);
  const marks = placeMarks(durationSeconds, xOf);
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WAVEFORM_WIDTH}" height="${WAVEFORM_HEIGHT}" font-family="${FONT_FAMILY}" font-weight="500">`,
    `<rect x="1" y="1" width="${WAVEFORM_WIDTH - 2}" height="${WAVEFORM_HEIGHT - 2}" rx="18" fill="${COLOURS.panel}" stroke="${COLOURS.edge}" stroke-width="2"/>`,
    ...drawMarks(marks),
    ...drawBars(bins, list, durationSeconds, width),
    ...drawDividers(list, xOf, sections?.isApproximate ?? false),
    ...names.map(({ x, text }) => drawText(text, x, NAME_BASELINE, NAME_PX, COLOURS.name, 'start')),
    '</svg>',
  ].join('');
  return { svg, texts: [...names, ...marks].map(({ text }) => text) };
}

function drawBars(
  bins: Float32Array,
  sections: readonly Section[],
  durationSeconds: number,
  width: number,
): string[] {
  const count = Math.floor((width + BAR_PITCH - BAR_WIDTH) / BAR_PITCH);
  const means = Array.from({ length: count }, (_, index) => {
    const first = Math.floor((index / count) * bins.length);
    const last = Math.max(first + 1, Math.floor(((index + 1) / count) * bins.length));
    return bins.subarray(first, last).reduce((sum, bin) => sum + bin, 0) / (last - first);
  });
  const loudest = Math.max(...means, Number.MIN_VALUE);
  const middle = (WAVE_TOP + WAVE_BOTTOM) / 2;
  const paths = { even: '', odd: '' };
  for (const [index, mean] of means.entries()) {
    const height = Math.max(MIN_BAR_HEIGHT, (mean / loudest) ** CONTRAST * (WAVE_BOTTOM - WAVE_TOP));
    const seconds = ((index + 0.5) / count) * durationSeconds;
    const section = sections.findLastIndex(({ startSeconds }) => startSeconds <= seconds);
    const x = MARGIN + index * BAR_PITCH + BAR_WIDTH / 2;
    paths[section % 2 === 1 ? 'odd' : 'even'] +=
      `M${x} ${(middle - height / 2).toFixed(1)}V${(middle + height / 2).toFixed(1)}`;
  }
  return (['even', 'odd'] as const).flatMap((kind) =>
    paths[kind] === ''
      ? []
      : `<path d="${paths[kind]}" stroke="${COLOURS[kind]}" stroke-width="${BAR_WIDTH}" stroke-linecap="round"/>`,
  );
}

interface Placed {
  readonly x: number;
  readonly text: string;
}

function drawDividers(
  sections: readonly Section[],
  xOf: (seconds: number) => number,
  isApproximate: boolean,
) {
  return sections.map(({ startSeconds }) => {
    const x = Math.round(xOf(startSeconds)) - 1;
    const dashes = isApproximate ? ' stroke-dasharray="5 6"' : '';
    return `<path d="M${x} 18V${WAVE_BOTTOM}" stroke="${COLOURS.divider}" stroke-width="2"${dashes}/>`;
  });
}

/** Every name that has room, shortened if need be; one that cannot be drawn is the number of its part. */
function placeNames(
  sections: readonly Section[],
  xOf: (seconds: number) => number,
  isApproximate: boolean,
): Placed[] {
  return sections.flatMap(({ name, startSeconds, endSeconds }, index) => {
    if (name === '') return [];
    const x = xOf(startSeconds) + GAP;
    const width = xOf(endSeconds) - 4 - x;
    const text = fitName(isDrawable(name) ? name : String(index + 1), isApproximate, width);
    return text ? [{ x, text }] : [];
  });
}

/** Broken lines say "about" as well, so the sign for it gives way to the name. */
function fitName(name: string, isApproximate: boolean, width: number): string | undefined {
  const forms = [name, abbreviate(name)].flatMap((form) => (isApproximate ? [`~ ${form}`, form] : [form]));
  return forms.find((form) => widthOf(form, NAME_PX) <= width) ?? shorten(name, width);
}

/** As musicians write them. */
const ABBREVIATIONS: readonly (readonly [RegExp, string])[] = [
  [/pre-?\s?chorus/i, 'Pre'],
  [/chorus/i, 'Ch'],
  [/verse/i, 'V'],
  [/intro/i, 'In'],
  [/outro/i, 'Out'],
  [/bridge/i, 'Br'],
  [/solo/i, 'Solo'],
  [/instrumental/i, 'Inst'],
  [/break/i, 'Brk'],
];

function abbreviate(name: string): string {
  const short = ABBREVIATIONS.find(([pattern]) => pattern.test(name))?.[1];
  return short ? short + (/\d+/.exec(name)?.[0] ?? '') : name;
}

function placeMarks(durationSeconds: number, xOf: (seconds: number) => number): Placed[] {
  const step = STEPS.find((one) => Math.floor(durationSeconds / one) <= MAX_MARKS) ?? durationSeconds;
  const marks: Placed[] = [];
  for (let seconds = 0; seconds < durationSeconds; seconds += step) {
    marks.push({ x: xOf(seconds), text: formatTime(seconds) });
  }
  const end = { x: xOf(durationSeconds), text: formatTime(durationSeconds) };
  const isFree = ({ x, text }: Placed) =>
    x + widthOf(text, TIME_PX) / 2 + 2 * GAP < end.x - widthOf(end.text, TIME_PX);
  return [...marks.filter(isFree), end];
}

function drawMarks(marks: readonly Placed[]): string[] {
  return marks.flatMap(({ x, text }, index) => {
    const anchor = index === 0 ? 'start' : index === marks.length - 1 ? 'end' : 'middle';
    return [
      `<path d="M${x.toFixed(1)} ${WAVE_BOTTOM + 6}v6" stroke="${COLOURS.divider}" stroke-width="2"/>`,
      drawText(text, x, TIME_BASELINE, TIME_PX, COLOURS.time, anchor),
    ];
  });
}

function drawText(text: string, x: number, y: number, size: number, fill: string, anchor: string): string {
  return `<text x="${x.toFixed(1)}" y="${y}" font-size="${size}" fill="${fill}" text-anchor="${anchor}">${escapeXml(text)}</text>`;
}

/** `1:05`, as in the card. */
function formatTime(seconds: number): string {
  const total = Math.round(seconds);
  return `${Math.floor(total / 60)}:${String(total % 60).padStart(2, '0')}`;
}

const MIN_LETTERS = 3;

/** The beginning of a text; nothing where that would say nothing. */
function shorten(text: string, width: number): string | undefined {
  const letters = [...text];
  for (let length = letters.length - 1; length >= MIN_LETTERS; length -= 1) {
    const short = `${letters.slice(0, length).join('').trimEnd()}…`;
    if (widthOf(short, NAME_PX) <= width) return short;
  }
  return undefined;
}

/** About as wide as it will be, rather more than less. */
function widthOf(text: string, size: number): number {
  const units = [...text].map((letter) => {
    if (/[iljtfrI.,:;'!|() ]/.test(letter)) return 0.36;
    if (/[mwMW@%]/.test(letter)) return 0.92;
    return /\p{Lu}|…/u.test(letter) ? 0.74 : 0.62;
  });
  return units.reduce((sum, unit) => sum + unit, 0) * size;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
