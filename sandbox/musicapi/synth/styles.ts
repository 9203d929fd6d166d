import type { PartName } from './parts.ts';
import { createRandom, pick } from './random.ts';
import type { BassFigure, DrumFigure } from './rhythm.ts';
import type { TimbreName } from './timbres.ts';

/** How a family of music is played here. */
export interface Style {
  readonly name: string;
  /** Words in tags or descriptions that call for this style. */
  readonly words: readonly string[];
  /** Beats per minute, from and to. */
  readonly tempo: readonly [number, number];
  /** How likely a minor key is, 0 to 1. */
  readonly minor: number;
  /** Delay of every second eighth as a share of an eighth. */
  readonly swing: number;
  readonly drums: DrumFigure;
  readonly bass: BassFigure;
  readonly timbres: Readonly<Record<'bass' | 'keys' | 'synth' | 'strings' | 'brass' | 'winds', TimbreName>>;
  /** Loudness of parts that differ from the default of 1. */
  readonly levels: Readonly<Partial<Record<PartName, number>>>;
}

const BAND = {
  bass: 'finger',
  keys: 'piano',
  synth: 'square',
  strings: 'strings',
  brass: 'brass',
  winds: 'flute',
} as const;

const POP: Style = {
  name: 'pop',
  words: ['pop', 'summer', 'happy', 'upbeat', 'radio', 'indie'],
  tempo: [100, 122],
  minor: 0.3,
  swing: 0,
  drums: 'backbeat',
  bass: 'eighths',
  timbres: BAND,
  levels: { Brass: 0.5 },
};

const STYLES: readonly [Style, ...Style[]] = [
  POP,
  {
    name: 'rock',
    words: ['rock', 'punk', 'grunge', 'metal', 'guitar', 'garage'],
    tempo: [116, 144],
    minor: 0.5,
    swing: 0,
    drums: 'rock',
    bass: 'eighths',
    timbres: { ...BAND, bass: 'growl', keys: 'organ' },
    levels: { Guitar: 1.7, Strings: 0.4, Woodwinds: 0.3, Synth: 0.4 },
  },
  {
    name: 'lo-fi',
    words: ['lofi', 'lo-fi', 'chill', 'study', 'mellow', 'relax', 'sleep', 'rain'],
    tempo: [72, 86],
    minor: 0.5,
    swing: 0.28,
    drums: 'lazy',
    bass: 'halves',
    timbres: { ...BAND, keys: 'epiano', synth: 'bell', bass: 'sub' },
    levels: { Keyboard: 1.4, Brass: 0.2, Synth: 0.6, Drums: 0.8, Strings: 0.7 },
  },
  {
    name: 'electronic',
    words: [
      'edm',
      'house',
      'techno',
      'electronic',
      'dance',
      'trance',
      'synthwave',
      'synth',
      'disco',
      'club',
      'future',
    ],
    tempo: [118, 130],
    minor: 0.6,
    swing: 0,
    drums: 'four',
    bass: 'offbeat',
    timbres: { ...BAND, bass: 'growl', keys: 'epiano', synth: 'saw', strings: 'pad', brass: 'saw' },
    levels: { Synth: 1.6, Guitar: 0.4, Woodwinds: 0.3, Brass: 0.5 },
  },
  {
    name: 'hip-hop',
    words: ['hip-hop', 'hip hop', 'rap', 'trap', 'drill', 'beats', 'boom bap', 'r&b', 'soul'],
    tempo: [80, 98],
    minor: 0.7,
    swing: 0.16,
    drums: 'boombap',
    bass: 'halves',
    timbres: { ...BAND, bass: 'sub', keys: 'epiano', synth: 'bell' },
    levels: { Bass: 1.3, Drums: 1.2, Guitar: 0.4, Brass: 0.6 },
  },
  {
    name: 'jazz',
    words: ['jazz', 'swing', 'blues', 'bossa', 'lounge', 'smooth', 'sax'],
    tempo: [104, 138],
    minor: 0.4,
    swing: 0.33,
    drums: 'ride',
    bass: 'walking',
    timbres: { ...BAND, bass: 'finger', synth: 'bell', winds: 'reed' },
    levels: { Brass: 1.3, Woodwinds: 1.4, Synth: 0.3, Strings: 0.4, Guitar: 0.8 },
  },
  {
    name: 'folk',
    words: ['folk', 'acoustic', 'country', 'singer-songwriter', 'ballad', 'campfire', 'celtic'],
    tempo: [88, 112],
    minor: 0.35,
    swing: 0.08,
    drums: 'soft',
    bass: 'halves',
    timbres: BAND,
    levels: { Guitar: 1.7, Synth: 0.2, Brass: 0.2, Drums: 0.6, FX: 0.4 },
  },
  {
    name: 'cinematic',
    words: [
      'cinematic',
      'epic',
      'orchestral',
      'classical',
      'score',
      'film',
      'trailer',
      'combat',
      'battle',
      'piano',
    ],
    tempo: [78, 104],
    minor: 0.7,
    swing: 0,
    drums: 'march',
    bass: 'halves',
    timbres: { ...BAND, bass: 'strings', synth: 'pad' },
    levels: { Strings: 1.7, Brass: 1.4, Guitar: 0.3, Synth: 0.4, Woodwinds: 1.2 },
  },
  {
    name: 'ambient',
    words: ['ambient', 'dream', 'dreamy', 'drone', 'space', 'meditation', 'peaceful', 'calm'],
    tempo: [64, 78],
    minor: 0.4,
    swing: 0,
    drums: 'soft',
    bass: 'halves',
    timbres: { ...BAND, bass: 'sub', keys: 'bell', synth: 'pad', strings: 'pad' },
    levels: { Synth: 1.3, Strings: 1.4, Drums: 0.4, Guitar: 0.5, Brass: 0.2, FX: 1.3 },
  },
  {
    name: 'latin',
    words: ['latin', 'reggae', 'reggaeton', 'salsa', 'samba', 'cumbia', 'tropical', 'afro', 'beach'],
    tempo: [92, 108],
    minor: 0.5,
    swing: 0,
    drums: 'dembow',
    bass: 'offbeat',
    timbres: { ...BAND, keys: 'organ', synth: 'bell' },
    levels: { Percussion: 1.7, Brass: 1.2, Strings: 0.4 },
  },
];

/** The style whose words occur most often in the text; with none of them, one by chance of the seed. */
export function chooseStyle(text: string, seed: string): Style {
  const lower = text.toLowerCase();
  let best: Style | undefined;
  let bestCount = 0;
  for (const style of STYLES) {
    const count = style.words.filter((word) => lower.includes(word)).length;
    if (count > bestCount) {
      best = style;
      bestCount = count;
    }
  }
  return best ?? pick(createRandom(`${seed}:style`), STYLES);
}
