import { z } from 'zod';
import { NuroError } from './errors.ts';
import { NO_OBJECT, parseBody, WEBHOOK_FIELDS } from './fields.ts';

const GENRES = [
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
];
const MOODS = [
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
];
const TIMBRES = [
  'Warm',
  'Bright',
  'Husky',
  'Electrified voice',
  'Sweet_AUDIO_TIMBRE',
  'Cute_AUDIO_TIMBRE',
  'Loud and sonorous',
  'Powerful',
  'Sexy/Lazy',
];

const oneOf = (name: string, values: readonly string[]) =>
  z.enum(values, { error: `${name} should be one of: ${values.join(', ')}` }).optional();

/** A number of seconds in bounds. @param of - what it belongs to */
function seconds(low: number, high: number, of: string) {
  const error = `Duration must be between ${low} and ${high} seconds for ${of}`;
  return z.number({ error }).min(low, { error }).max(high, { error });
}

const LYRICS = 'Lyrics must be between 300 and 2000 characters';
const vocalSchema = z.object(
  {
    lyrics: z.string({ error: 'Lyrics are required for vocal songs' }).refine(
      (lyrics) => {
        const { length } = [...lyrics];
        return length >= 300 && length <= 2000;
      },
      { error: LYRICS },
    ),
    gender: oneOf('Gender', ['Female', 'Male']),
    genre: oneOf('Genre', GENRES),
    mood: oneOf('Mood', MOODS),
    timbre: oneOf('Timbre', TIMBRES),
    duration: seconds(30, 240, 'vocal songs').optional(),
    ...WEBHOOK_FIELDS,
  },
  NO_OBJECT,
);

/** The values of these lists stand on the page of the endpoint, which is not at hand: any word is taken. */
const words = (name: string) => {
  const error = `${name} should be an array of at most 5 values`;
  return z.array(z.string({ error }), { error }).max(5, { error }).optional();
};

const DESCRIPTION = { error: 'Description is required for background music' };
const description = z.string(DESCRIPTION).refine((text) => text.trim() !== '', DESCRIPTION);

const bgmFields = {
  genre: words('Genre'),
  mood: words('Mood'),
  instrument: words('Instrument'),
  theme: words('Theme'),
  ...WEBHOOK_FIELDS,
};
const bgmSchema = z.object(
  { ...bgmFields, description, duration: seconds(1, 60, 'background music').default(60) },
  NO_OBJECT,
);

const SEGMENT = {
  error: 'Segments need a name (intro, verse, chorus, inst, bridge or outro) and a duration',
};
const bgm2Schema = z.object(
  {
    ...bgmFields,
    description: description.refine((text) => [...text].length < 200, {
      error: 'Description must be shorter than 200 characters',
    }),
    duration: seconds(30, 120, 'background music v2.0').optional(),
    segments: z
      .array(
        z.object(
          {
            name: z.enum(['intro', 'verse', 'chorus', 'inst', 'bridge', 'outro'], SEGMENT),
            duration: seconds(5, 120, 'a segment'),
          },
          SEGMENT,
        ),
        SEGMENT,
      )
      .min(1, SEGMENT)
      .optional(),
  },
  NO_OBJECT,
);

/** A body of `POST /nuro/create` that is in order. */
export interface NuroRequest {
  readonly type: 'vocal' | 'bgm';
  /** What is sung; empty for background music. */
  readonly lyrics: string;
  /** Words for the sound. */
  readonly style: string;
  readonly gender: string;
  readonly genre: string;
  readonly mood: string;
  readonly timbre: string;
  /** Seconds that were wished for. */
  readonly durationS: number | undefined;
}

/**
 * Reads a body of `POST /nuro/create` (docs.musicapi.ai/create-nuro-music and /create-nuro-bgm; the least length of lyrics, segments and the length of
 * a v2.0 description: documentation of the sister service).
 *
 * @throws NuroError 400 `bad_request` with the first thing that is wrong; most wordings are ours
 */
export function parseNuroRequest(body: unknown): NuroRequest {
  const type = typeof body === 'object' && body !== null && 'type' in body ? body.type : undefined;
  if (type === 'vocal') return readVocal(parseBody(vocalSchema, body));
  if (type !== 'bgm') throw badNuroRequest("Type must be 'vocal' or 'bgm'");
  const version = typeof body === 'object' && body !== null && 'version' in body ? body.version : 'v1.0';
  if (version === 'v1.0') return readBgm(parseBody(bgmSchema, body));
  if (version !== 'v2.0') throw badNuroRequest("Version must be 'v1.0' or 'v2.0'");
  const { segments, ...rest } = parseBody(bgm2Schema, body);
  if (segments === undefined) return readBgm(rest);
  const total = segments.reduce((sum, segment) => sum + segment.duration, 0);
  if (total < 30 || total > 120)
    throw badNuroRequest('Segments must last between 30 and 120 seconds together');
  return readBgm({ ...rest, duration: total });
}

/** 400 as nuro words it. */
function badNuroRequest(message: string): NuroError {
  return new NuroError(400, 'bad_request', message, false);
}

function readVocal(body: z.output<typeof vocalSchema>): NuroRequest {
  const { duration, gender = 'Female', genre = 'Pop', lyrics, mood = 'Happy', timbre = 'Warm' } = body;
  const style = `${genre}, ${mood}, ${timbre}`;
  return { type: 'vocal', lyrics, style, gender, genre, mood, timbre, durationS: duration };
}

function readBgm(body: z.output<typeof bgm2Schema>): NuroRequest {
  const list = (values: readonly string[] | undefined) => values?.join(', ') ?? '';
  const style = [
    body.description,
    list(body.genre),
    list(body.mood),
    list(body.instrument),
    list(body.theme),
  ];
  return {
    type: 'bgm',
    lyrics: '',
    style: style.filter((text) => text !== '').join(', '),
    gender: '',
    genre: list(body.genre),
    mood: list(body.mood),
    timbre: '',
    durationS: body.duration,
  };
}
