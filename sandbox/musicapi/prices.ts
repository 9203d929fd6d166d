/**
 * Credits per operation, as the provider's price list gave them in October 2026 (cover, persona song and those of uploads: as in July,
 * not re-read since). They change about twice a year, so they are an option of the server too.
 */
export const PRICES = {
  create_music: 20,
  extend_music: 15,
  cover_music: 15,
  concat_music: 2,
  persona_music: 15,
  remaster: 15,
  add_vocals: 15,
  add_instrumental: 15,
  extend_upload_music: 15,
  cover_upload_music: 15,
  // Not documented at all; taken for that of the extension or cover of an upload.
  'upload-extend': 15,
  'upload-cover': 15,
  // Not documented; the sister service's figures.
  sample: 14,
  mashup: 14,
  // "The same as a generation", says its page.
  'replace-section': 20,
  'producer/create_music': 12,
  'producer/extend_music': 12,
  'producer/replace_music': 12,
  'producer/cover_music': 12,
  // Not documented; the sister service's figures.
  'producer/upload': 2,
  'producer/download': 2,
  'nuro/vocal': 10,
  'nuro/bgm': 10,
  'stems/basic': 30,
  'stems/full': 75,
  // Tools. upload, bpm and vox are known from notes of April 2026, wav from October; the price of create-voice stands on its page.
  upload: 2,
  wav: 2,
  bpm: 1,
  vox: 1,
  /** The first time for a clip; then free. */
  'aligned-lyrics': 1,
  'create-voice': 4,
  // Not documented by the provider: these are the prices of its sister service (docs.aimusicapi.ai).
  /** Per call, for any number of formats; answers that it is still preparing are free. */
  download: 2,
  midi: 1,
  'upsample-tags': 1,
  /** Older pages say 10 "lyrics credits", others that it is free. */
  lyrics: 2,
  persona: 1,
} as const;

/** An operation that costs credits. */
export type Operation = keyof typeof PRICES;

/** What every operation costs here. */
export type PriceTable = Readonly<Record<Operation, number>>;
