import type { Engine, OperationId } from '../../domain/request.ts';

/** What an operation is called, and what it does: that goes on after the name. */
export interface OperationWords {
  readonly label: string;
  readonly does: string;
}

/** By operation; where an engine does something else by the same name, also by engine and operation. */
type OperationTable = Readonly<Record<OperationId, OperationWords>> & {
  readonly [key in `${Engine} ${OperationId}`]?: OperationWords;
};

/** The operations of the catalogue, and what belongs to them. */
export const operations = {
  of: {
    create: { label: 'Create', does: 'a new song, from a description or from your own lyrics' },
    'nuro create': {
      label: 'Create',
      does: 'a song from your own lyrics, or background music from a description',
    },
    extend: { label: 'Extend', does: 'go on from a moment of the song' },
    cover: { label: 'Cover', does: 'the same song, another way' },
    concat: { label: 'Whole song', does: 'an extension joined to what it extends' },
    remaster: { label: 'Remaster', does: 'the same recording with better sound' },
    replace: { label: 'Replace', does: 'a part of the song sung or played anew' },
    'producer replace': { label: 'Replace', does: 'a part of the song played anew' },
    'add-vocals': { label: 'Add vocals', does: 'a voice for an uploaded instrumental' },
    'add-instrumental': { label: 'Add instrumental', does: 'instruments for an uploaded voice' },
    mashup: { label: 'Mashup', does: 'two songs mixed into a new one' },
    sample: { label: 'Sample', does: 'a whole song from a short piece of audio' },
    'persona-song': { label: 'Sing', does: 'a new song with a voice of yours' },
    'stems-basic': { label: 'Stems (basic)', does: 'the main tracks, separately' },
    'stems-full': { label: 'Stems (full)', does: 'every track that can be told apart' },
    upload: { label: 'Upload', does: 'a recording of yours as a clip' },
    'producer upload': { label: 'To producer', does: 'this audio as a clip of the producer engine' },
    'upload-extend': { label: 'Upload and extend', does: 'a recording of yours, continued' },
    'upload-cover': { label: 'Upload and cover', does: 'a recording of yours, another way' },
    persona: { label: 'Persona', does: 'the voice of a song, for new songs' },
    voice: { label: 'Voice', does: 'your own voice from a recording, for new songs' },
    lyrics: { label: 'Lyrics', does: 'two drafts of lyrics' },
    tags: { label: 'Tags', does: 'richer tags from a few words' },
    wav: { label: 'WAV', does: 'the song as an uncompressed file' },
    download: { label: 'Download', does: 'the song as a file of another format' },
    midi: { label: 'MIDI', does: 'the notes of the song' },
    timeline: { label: 'Timeline', does: 'when each word is sung' },
    bpm: { label: 'Tempo', does: 'beats per minute' },
    vox: { label: 'Voice range', does: 'where somebody sings' },
  } satisfies OperationTable,

  /** Fields of forms that an operation calls something else. */
  fields: {
    about: 'About',
    instruction: 'Instruction',
  },

  /** What sets a model apart from the others. */
  models: {
    experimental: ({ model }: { model: string }) => `${model} (more experimental)`,
    light: ({ model }: { model: string }) => `${model} (lighter and faster)`,
  },
};
