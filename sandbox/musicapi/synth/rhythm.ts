/** The drum sounds that a figure may ask for. */
export type DrumName =
  | 'kick'
  | 'snare'
  | 'hat'
  | 'open'
  | 'rim'
  | 'clap'
  | 'tom'
  | 'crash'
  | 'shaker'
  | 'conga';

/** One bar for each voice in sixteenths: a digit is a stroke (its loudness), a dot is a rest. */
type Figure = Readonly<Partial<Record<DrumName, string>>>;

const DRUM_FIGURES = {
  backbeat: { kick: '9.....6.9.7.....', snare: '....9.......9...', hat: '7.4.7.4.7.4.7.5.' },
  rock: { kick: '9.....9.9.9.....', snare: '....9.......9..3', open: '8...6...8...6...' },
  lazy: { kick: '9......7..8.....', snare: '....7..2....7...', hat: '6.3.5.3.6.3.5.34' },
  four: {
    kick: '9...9...9...9...',
    clap: '....8.......8...',
    open: '..7...7...7...7.',
    hat: '3.3.3.3.3.3.3.33',
  },
  boombap: { kick: '9.9....7.79.....', snare: '....9.......9..2', hat: '7.5.7.5.7.5.7.55' },
  ride: {
    kick: '6.......4.......',
    rim: '....6.......6.4.',
    hat: '....5.......5...',
    open: '5...5.3.5...5.3.',
  },
  soft: { kick: '7.......5.......', rim: '....5.......5...' },
  march: { kick: '9...5...8...5.5.', tom: '9.......7...6666', snare: '....3.33....4.44' },
  dembow: { kick: '9...7...9...7...', snare: '...8..8....8..8.', hat: '5.5.5.5.5.5.5.5.' },
} as const satisfies Record<string, Figure>;

/** The name of a drum figure. */
export type DrumFigure = keyof typeof DRUM_FIGURES;

/** How the bass moves within a bar. */
export type BassFigure = 'eighths' | 'halves' | 'offbeat' | 'walking';

const PERCUSSION_FIGURES: readonly [Figure, ...Figure[]] = [
  { shaker: '5.3.5.3.5.3.5.3.', clap: '............5...' },
  { shaker: '4343434343434343', conga: '......6..5....6.' },
  { conga: '6..4..5...6.5...', shaker: '..4...4...4...4.' },
];

const FILL: Figure = { tom: '............7788', snare: '........5.5.....' };

/** One stroke: which drum, at which sixteenth of the bar, how loud (0 to 1). */
export interface Stroke {
  readonly drum: DrumName;
  readonly sixteenth: number;
  readonly velocity: number;
}

function listStrokes(figure: Figure): Stroke[] {
  const strokes: Stroke[] = [];
  for (const [drum, line] of Object.entries(figure) as [DrumName, string][]) {
    for (let sixteenth = 0; sixteenth < line.length; sixteenth++) {
      const velocity = Number(line[sixteenth]);
      if (velocity > 0) strokes.push({ drum, sixteenth, velocity: velocity / 9 });
    }
  }
  return strokes;
}

/** The drum kit in one bar; a bar that ends a section gets a fill, one that begins a section a cymbal. */
export function listDrumStrokes(figure: DrumFigure, begins: boolean, ends: boolean): Stroke[] {
  const strokes = listStrokes(DRUM_FIGURES[figure]);
  if (begins) strokes.push({ drum: 'crash', sixteenth: 0, velocity: 0.55 });
  return ends ? [...strokes.filter((stroke) => stroke.sixteenth < 12), ...listStrokes(FILL)] : strokes;
}

/** The hand percussion in one bar. @param choice - number in [0, 1) that picks the figure */
export function listPercussionStrokes(choice: number): Stroke[] {
  const index = Math.floor(choice * PERCUSSION_FIGURES.length);
  return listStrokes(PERCUSSION_FIGURES[index] ?? PERCUSSION_FIGURES[0]);
}
