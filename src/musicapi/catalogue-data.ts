/**
 * What MusicAPI sells: prices, models and limits as data. Prices and models change without notice, so both can be
 * replaced by the JSON file that `MUSICAPI_CATALOGUE` names.
 */
import type { Engine } from '../domain/request.ts';
import type { EngineData, InputRules, Operation } from './operation.ts';

const DAY_MS = 24 * 60 * 60_000;
const SONG_MS = 120_000;
const TOOL_MS = 10_000;

/** Uploads may be up to eight minutes long (docs.musicapi.ai/special-scenarios). */
const UPLOAD = { maxSeconds: 480 } as const;

/** Midi, vox and persona want a clip of the last day (docs.musicapi.ai/get-midi, get-vox, create-persona). */
const YOUNG = { maxAgeMs: DAY_MS } as const;

const SHARE = { min: 0, max: 1 } as const;
/** A moment of a clip; none lasts a day. */
const SECONDS = { min: 0, max: DAY_MS / 1_000 } as const;

/** Limits of `POST /sonic/create` (docs.musicapi.ai/sonic-instructions; each one over was refused live). */
const PROMPT = { max: 400, briefMax: 5_000 } as const;
const LYRICS = { max: 5_000 } as const;
const TAGS = { max: 1_000 } as const;
const TITLE = { max: 80 } as const;
const SONG: InputRules = { prompt: PROMPT, lyrics: LYRICS, tags: TAGS, title: TITLE, model: {} };

/** No limit of `negative_tags` is documented; ours is that of `tags`. */
const TUNING: InputRules = { avoid: TAGS, styleWeight: SHARE, weirdness: SHARE };

/** What every operation has that makes music by `POST /sonic/create`. */
const SONIC_SONG = {
  engine: 'sonic',
  path: '/sonic/create',
  answersWithTask: true,
  takesWebhook: true,
  result: 'clips',
  typicalMs: SONG_MS,
} as const;

/** The fields of a webhook are documented for songs only. */
const SONIC_STEMS = {
  ...SONIC_SONG,
  result: 'stems',
  takesWebhook: false,
  command: '/stems',
  inputs: {},
  clip: {},
} as const;

const SONIC_TOOL = {
  engine: 'sonic',
  answersWithTask: false,
  takesWebhook: false,
  typicalMs: TOOL_MS,
} as const;

const SONIC_OPERATIONS: readonly Operation[] = [
  {
    ...SONIC_SONG,
    id: 'create',
    command: '/create',
    price: 20,
    inputs: {
      ...SONG,
      ...TUNING,
      instrumental: {},
      vocals: {},
      durationSeconds: { min: 10, max: 360 },
    },
    form: ['prompt', 'tags', 'title'],
  },
  {
    ...SONIC_SONG,
    id: 'extend',
    command: '/extend',
    price: 15,
    inputs: { ...SONG, atSeconds: { ...SECONDS, required: true } },
    clip: {},
    form: ['atSeconds', 'lyrics', 'tags', 'title'],
  },
  {
    ...SONIC_SONG,
    id: 'cover',
    command: '/cover',
    price: 15,
    inputs: { ...SONG, strength: SHARE },
    clip: {},
    form: ['tags', 'lyrics', 'strength', 'title'],
  },
  {
    ...SONIC_SONG,
    id: 'concat',
    command: '/concat',
    price: 2,
    inputs: {},
    clip: { source: 'generated', extensionOnly: true },
  },
  {
    ...SONIC_SONG,
    id: 'remaster',
    command: '/remaster',
    // 10 in a guide, 15 on the newer create page.
    price: 15,
    inputs: { variation: {}, model: {} },
    clip: { source: 'generated' },
    form: ['variation'],
  },
  {
    ...SONIC_SONG,
    id: 'replace',
    command: '/replace',
    path: '/sonic/replace-section',
    // "As a generation" (musicapi.ai/replace-section-api): no number is documented.
    price: 20,
    inputs: {
      fromSeconds: { ...SECONDS, required: true },
      toSeconds: { ...SECONDS, required: true },
      lyrics: LYRICS,
      prompt: { max: 5_000 },
      model: {},
    },
    clip: {},
    form: ['fromSeconds', 'toSeconds', 'lyrics', 'prompt'],
  },
  {
    ...SONIC_SONG,
    id: 'add-vocals',
    command: '/add vocals',
    price: 15,
    inputs: {
      lyrics: { ...LYRICS, required: true },
      tags: TAGS,
      fromSeconds: SECONDS,
      toSeconds: SECONDS,
      model: {},
    },
    clip: { source: 'uploaded' },
    form: ['lyrics', 'tags', 'fromSeconds', 'toSeconds'],
  },
  {
    ...SONIC_SONG,
    id: 'add-instrumental',
    command: '/add instrumental',
    price: 15,
    inputs: { tags: TAGS, fromSeconds: SECONDS, toSeconds: SECONDS, model: {} },
    clip: { source: 'uploaded' },
    form: ['tags', 'fromSeconds', 'toSeconds'],
  },
  {
    ...SONIC_SONG,
    id: 'mashup',
    command: '/mashup',
    path: '/sonic/mashup',
    // No number is documented; the figure of a service with the same pages.
    price: 14,
    inputs: { prompt: PROMPT, tags: TAGS, title: TITLE, model: {} },
    clip: {},
    secondClip: {},
    form: ['prompt', 'tags', 'title'],
  },
  {
    ...SONIC_SONG,
    id: 'sample',
    command: '/sample',
    path: '/sonic/sample',
    // As for mashups.
    price: 14,
    inputs: { prompt: PROMPT, tags: TAGS, fromSeconds: SECONDS, toSeconds: SECONDS, model: {} },
    clip: { optional: true },
    file: { ...UPLOAD, optional: true },
    form: ['fromSeconds', 'toSeconds', 'prompt', 'tags'],
  },
  {
    ...SONIC_SONG,
    id: 'persona-song',
    command: '/persona sing',
    price: 15,
    inputs: SONG,
    persona: true,
    form: ['prompt', 'lyrics', 'tags', 'title'],
  },
  {
    ...SONIC_STEMS,
    id: 'stems-basic',
    path: '/sonic/stems/basic',
    price: 30,
  },
  {
    ...SONIC_STEMS,
    id: 'stems-full',
    path: '/sonic/stems/full',
    price: 75,
  },
  {
    ...SONIC_TOOL,
    id: 'upload',
    command: '/upload',
    path: '/sonic/upload',
    price: 2,
    result: 'clips',
    typicalMs: 20_000,
    inputs: { title: TITLE },
    file: UPLOAD,
  },
  {
    ...SONIC_SONG,
    id: 'upload-extend',
    command: '/upload',
    path: '/sonic/upload-extend',
    // Not documented; that of an extension.
    price: 15,
    inputs: { ...SONG, atSeconds: SECONDS },
    file: UPLOAD,
    form: ['atSeconds', 'lyrics', 'tags', 'title'],
  },
  {
    ...SONIC_SONG,
    id: 'upload-cover',
    command: '/upload',
    path: '/sonic/upload-cover',
    // Not documented; that of a cover.
    price: 15,
    inputs: { ...SONG, strength: SHARE },
    file: UPLOAD,
    form: ['tags', 'lyrics', 'strength', 'title'],
  },
  {
    ...SONIC_TOOL,
    id: 'persona',
    command: '/persona create',
    path: '/sonic/persona',
    // Not documented; the figure of a service with the same pages.
    price: 1,
    result: 'persona',
    // "Under 80" (docs.musicapi.ai/error-handling).
    inputs: { name: { max: 79, required: true }, describe: { max: 200 } },
    clip: YOUNG,
    form: ['name', 'describe'],
  },
  {
    ...SONIC_SONG,
    id: 'voice',
    command: '/voice create',
    path: '/sonic/create-voice',
    price: 4,
    result: 'persona',
    takesWebhook: false,
    inputs: { name: { max: 79 } },
    // docs.musicapi.ai/create-voice: MP3 or WAV, longer than 10 s.
    file: { ...UPLOAD, minSeconds: 10, kinds: ['mp3', 'wav'] },
  },
  {
    ...SONIC_TOOL,
    id: 'lyrics',
    command: '/lyrics',
    path: '/sonic/lyrics',
    // Free in one place, 2 in another.
    price: 2,
    result: 'lyrics',
    inputs: { prompt: { max: 200, required: true, option: 'about', field: 'about' } },
    form: ['prompt'],
  },
  {
    ...SONIC_TOOL,
    id: 'tags',
    command: '/tags',
    path: '/sonic/upsample-tags',
    // Not documented; the figure of a service with the same pages.
    price: 1,
    result: 'tags',
    inputs: { tags: { ...TAGS, required: true } },
    form: ['tags'],
  },
  {
    ...SONIC_TOOL,
    id: 'wav',
    command: '/export',
    path: '/sonic/wav',
    price: 2,
    result: 'files',
    inputs: {},
    clip: {},
  },
  {
    ...SONIC_TOOL,
    id: 'download',
    command: '/export',
    path: '/sonic/download',
    price: 2,
    result: 'files',
    inputs: { format: { required: true } },
    clip: {},
  },
  {
    ...SONIC_TOOL,
    id: 'midi',
    command: '/export',
    path: '/sonic/midi',
    // Not documented; the figure of a service with the same pages.
    price: 1,
    result: 'midi',
    inputs: {},
    clip: YOUNG,
  },
  {
    ...SONIC_TOOL,
    id: 'timeline',
    command: '/export',
    path: '/sonic/aligned-lyrics',
    // The first time for a clip, then free (docs.musicapi.ai, lyric alignment guide).
    price: 1,
    isFreeAgain: true,
    result: 'timeline',
    inputs: {},
    clip: {},
  },
  {
    ...SONIC_TOOL,
    id: 'bpm',
    command: '/inspect',
    path: '/sonic/bpm',
    price: 1,
    result: 'tempo',
    inputs: {},
    clip: {},
  },
  {
    ...SONIC_TOOL,
    id: 'vox',
    command: '/inspect',
    path: '/sonic/vox',
    price: 1,
    result: 'vocals',
    inputs: { fromSeconds: SECONDS, toSeconds: SECONDS },
    clip: YOUNG,
  },
];

/** Models and prices as of October 2026 (the create and credits pages of docs.musicapi.ai). */
const SONIC: EngineData = {
  defaultModel: 'sonic-v6',
  models: [
    { id: 'sonic-v6', label: 'Sonic v6' },
    { id: 'sonic-v6-wild', label: 'Sonic v6 wild', trait: 'experimental' },
    { id: 'sonic-v6-mini', label: 'Sonic v6 mini', trait: 'light' },
  ],
  // Retired upstream in September 2026, when MusicAPI began to map them to v6.
  retiredModels: [
    'sonic-v5-5',
    'sonic-v5',
    'sonic-v4-5-plus',
    'sonic-v4-5-all',
    'sonic-v4-5',
    'sonic-v4',
    'sonic-v3-5',
  ],
  operations: SONIC_OPERATIONS,
};

/** What every operation of `POST /producer/create` has (docs.musicapi.ai/producer-api-overview). */
const PRODUCER_SONG = {
  engine: 'producer',
  path: '/producer/create',
  answersWithTask: true,
  takesWebhook: true,
  result: 'clips',
  typicalMs: 30_000,
  price: 12,
} as const;

/** Lengths are not documented: those of sonic, which people know. */
const INSTRUCTION = { max: 1_000, field: 'instruction' } as const;

const PRODUCER: EngineData = {
  defaultModel: 'lyria-3-pro',
  models: [{ id: 'lyria-3-pro', label: 'Lyria 3 Pro' }],
  // Accepted by MusicAPI and mapped to Lyria 3 Pro (migration notice of April 2026).
  retiredModels: [
    'fuzz-2.0',
    'fuzz-2.0 pro',
    'fuzz-2.0 raw',
    'fuzz-1.1 pro',
    'fuzz-1.0 pro',
    'fuzz-1.1',
    'fuzz-1.0',
    'fuzz-0.8',
    'fuzz-3-demo',
    'lyria 3 preview',
  ],
  operations: [
    {
      ...PRODUCER_SONG,
      id: 'create',
      command: '/create',
      inputs: {
        prompt: { max: 1_000 },
        lyrics: LYRICS,
        tags: TAGS,
        title: TITLE,
        instrumental: {},
        model: {},
      },
      form: ['prompt', 'tags', 'title'],
    },
    {
      ...PRODUCER_SONG,
      id: 'extend',
      command: '/extend',
      inputs: {
        atSeconds: { ...SECONDS, required: true },
        prompt: INSTRUCTION,
        lyrics: LYRICS,
        lengthSeconds: { min: 1, max: 360 },
      },
      clip: {},
      form: ['atSeconds', 'prompt', 'lyrics', 'lengthSeconds'],
    },
    {
      ...PRODUCER_SONG,
      id: 'replace',
      command: '/replace',
      inputs: {
        fromSeconds: { ...SECONDS, required: true },
        toSeconds: { ...SECONDS, required: true },
        prompt: { ...INSTRUCTION, required: true },
      },
      clip: {},
      form: ['fromSeconds', 'toSeconds', 'prompt'],
    },
    {
      ...PRODUCER_SONG,
      id: 'cover',
      command: '/cover',
      inputs: { prompt: INSTRUCTION, tags: TAGS, strength: SHARE },
      clip: {},
      form: ['prompt', 'strength'],
    },
    {
      ...PRODUCER_SONG,
      id: 'upload',
      command: '/upload',
      path: '/producer/upload',
      // Not documented; the figure of a service with the same pages.
      price: 2,
      takesWebhook: false,
      inputs: { title: TITLE },
      file: UPLOAD,
    },
    {
      ...PRODUCER_SONG,
      id: 'download',
      command: '/export',
      path: '/producer/download',
      // As for uploads.
      price: 2,
      takesWebhook: false,
      result: 'files',
      inputs: { format: { required: true } },
      clip: {},
    },
  ],
};

const NURO: EngineData = {
  defaultModel: 'nuro',
  models: [{ id: 'nuro', label: 'Nuro' }],
  retiredModels: [],
  operations: [
    {
      engine: 'nuro',
      id: 'create',
      command: '/create',
      path: '/nuro/create',
      price: 10,
      answersWithTask: true,
      takesWebhook: true,
      result: 'clips',
      typicalMs: 30_000,
      // Bounds of both kinds together; each has its own (docs.musicapi.ai/create-nuro-music, create-nuro-bgm).
      inputs: {
        // "Under 200" (create-nuro-bgm, v2.0).
        prompt: { max: 199 },
        lyrics: { min: 300, max: 2_000 },
        tags: TAGS,
        title: TITLE,
        instrumental: {},
        vocals: {},
        durationSeconds: { min: 1, max: 240 },
        model: {},
      },
      form: ['prompt', 'tags', 'title'],
    },
  ],
};

/** All that can be asked of MusicAPI. */
export const CATALOGUE: Readonly<Record<Engine, EngineData>> = {
  sonic: SONIC,
  producer: PRODUCER,
  nuro: NURO,
};

/** Engines that MusicAPI sold once. */
export const RETIRED_ENGINES = ['riffusion', 'studio'] as const;
