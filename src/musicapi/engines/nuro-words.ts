/** The words that nuro knows for the sound of its music (docs.musicapi.ai/create-nuro-music, create-nuro-bgm). */

/** Of songs with lyrics: one of each. */
export const NURO_GENRES = [
  'Folk',
  'Pop',
  'Rock',
  'Chinese Style',
  'Hip Hop/Rap',
  'R&B/Soul',
  'Punk',
  'Electronic',
  'Jazz',
  'Reggae',
  'DJ',
  'Pop Punk',
  'Disco',
  'Future Bass',
  'Pop Rap',
  'Trap Rap',
  'R&B Rap',
  'Chinoiserie Electronic',
  'GuFeng Music',
  'Pop Rock',
  'Jazz Pop',
  'Bossa Nova',
  'Contemporary R&B',
] as const;

const NURO_MOODS = [
  'Happy',
  'Dynamic/Energetic',
  'Sentimental/Melancholic/Lonely',
  'Inspirational/Hopeful',
  'Nostalgic/Memory',
  'Excited',
  'Sorrow/Sad',
  'Chill',
  'Romantic',
  'Miss',
  'Groovy/Funky',
  'Dreamy/Ethereal',
  'Calm/Relaxing',
] as const;

const NURO_TIMBRES = [
  'Warm',
  'Bright',
  'Husky',
  'Electrified voice',
  'Sweet_AUDIO_TIMBRE',
  'Cute_AUDIO_TIMBRE',
  'Loud and sonorous',
  'Powerful',
  'Sexy/Lazy',
] as const;

/** Of background music, as far as its page shows them in use. */
const BGM = {
  genre: ['video game', 'electronic', 'epic', 'cinematic'],
  mood: ['powerful', 'energetic', 'intense', 'aggressive'],
  instrument: ['drums', 'synth', 'brass', 'strings'],
  theme: ['achievement', 'fantasy', 'drama'],
} as const;

/** Most words of one kind for background music. */
const MAX_OF_A_KIND = 5;

/** What tags say of a song with lyrics, in nuro's words. */
export interface NuroVocalWords {
  readonly genre?: string | undefined;
  readonly mood?: string | undefined;
  readonly timbre?: string | undefined;
}

/** The first genre, mood and timbre that the tags name. nuro has no field for any other word. */
export function findVocalWords(tags: string | undefined): NuroVocalWords {
  const words = split(tags);
  const find = (list: readonly string[]) =>
    words.flatMap((word) => list.find((entry) => namesOf(entry).includes(word)) ?? [])[0];
  return { genre: find(NURO_GENRES), mood: find(NURO_MOODS), timbre: find(NURO_TIMBRES) };
}

/** The tags that have a field of their own for background music (v1). */
export function findBgmWords(
  tags: string | undefined,
): Readonly<Record<keyof typeof BGM, readonly string[]>> {
  const words = split(tags);
  const find = (list: readonly string[]) =>
    list.filter((entry) => words.includes(normalise(entry))).slice(0, MAX_OF_A_KIND);
  return {
    genre: find(BGM.genre),
    mood: find(BGM.mood),
    instrument: find(BGM.instrument),
    theme: find(BGM.theme),
  };
}

/** A word of nuro as people read it: `Sweet_AUDIO_TIMBRE` is `Sweet`. */
export function readableWord(word: string): string {
  return word.replace(/_AUDIO_TIMBRE$/, '');
}

/** An entry such as `Sorrow/Sad` is meant by its whole and by each of its parts. */
function namesOf(entry: string): readonly string[] {
  const readable = readableWord(entry);
  return [readable, ...readable.split('/')].map(normalise);
}

function split(tags = ''): readonly string[] {
  return tags.split(/[,;\n]/).flatMap((tag) => normalise(tag) || []);
}

function normalise(word: string): string {
  return word.toLowerCase().replace(/[\s\-_]+/g, '');
}
