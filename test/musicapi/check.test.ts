import { describe, expect, it } from 'vitest';
import type { Request } from '../../src/domain/request.ts';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';
import { clip, file, otherClip, persona, producerClip, REQUESTS, upload } from './requests.ts';

const create: Request = { operation: 'create', engine: 'sonic', prompt: 'a song about rain' };
const extend: Request = { operation: 'extend', engine: 'sonic', clip, atSeconds: 30 };
const replace: Request = {
  operation: 'replace',
  engine: 'sonic',
  clip,
  fromSeconds: 10,
  toSeconds: 20,
  prompt: 'louder',
};
const sample: Request = { operation: 'sample', engine: 'sonic', clip };
const song: Request = { operation: 'create', engine: 'nuro', lyrics: 'l'.repeat(300) };
const background: Request = { operation: 'create', engine: 'nuro', prompt: 'a quiet evening' };
const catalogue = createCatalogue();

/** The fields that the catalogue complains about. */
function fieldsOf(request: Request): string[] {
  return catalogue.check(request).map(({ field }) => field);
}

function messagesOf(request: Request): string[] {
  return catalogue.check(request).map(({ message }) => message);
}

describe('the texts of a request', () => {
  it('are named with limit, count and mode when a prompt alone is too long', () => {
    expect(catalogue.check({ ...create, prompt: 'x'.repeat(401) })).toEqual([
      {
        field: 'prompt',
        message:
          'With a prompt alone, MusicAPI takes at most 400 characters; yours has 401. Add tags or a title to use up to 5,000, or shorten it.',
      },
    ]);
    expect(fieldsOf({ ...create, prompt: 'x'.repeat(400) })).toEqual([]);
  });

  it('may be a brief of 5,000 characters beside tags or a title', () => {
    expect(fieldsOf({ ...create, prompt: 'x'.repeat(5_000), tags: 'jazz' })).toEqual([]);
    expect(fieldsOf({ ...create, prompt: 'x'.repeat(5_001), title: 'Rain' })).toEqual(['prompt']);
    expect(fieldsOf({ ...create, prompt: 'x'.repeat(401), tags: '  ' })).toEqual(['prompt']);
  });

  it('have the limit of 400 for an instrumental, even beside tags, without the advice to add some', () => {
    expect(messagesOf({ ...create, prompt: 'x'.repeat(401), tags: 'jazz', instrumental: true })).toEqual([
      'For an instrumental, MusicAPI takes at most 400 characters; yours has 401. Shorten it.',
    ]);
  });

  it('are counted in code points, not UTF-16 units', () => {
    expect(fieldsOf({ ...create, prompt: '🎵'.repeat(400) })).toEqual([]);
    expect(fieldsOf({ ...create, prompt: '🎵'.repeat(401) })).toEqual(['prompt']);
  });

  it('may not be blank where there has to be one', () => {
    expect(catalogue.check({ ...create, prompt: ' \n ' })).toEqual([
      { field: 'prompt', message: 'The prompt is empty. Say what the song should be about.' },
    ]);
    expect(fieldsOf({ operation: 'persona-song', engine: 'sonic', persona })).toEqual(['prompt']);
    expect(messagesOf({ operation: 'lyrics', engine: 'sonic', prompt: ' ' })).toEqual([
      'Give `about`: Lyrics needs it.',
    ]);
  });

  it('are lyrics or a prompt, not both, but an emptied field is none', () => {
    expect(fieldsOf({ ...extend, lyrics: 'la la', prompt: 'happier' })).toEqual(['lyrics']);
    expect(fieldsOf({ ...extend, lyrics: '', prompt: 'happier' })).toEqual([]);
  });

  it('have bounds on a follow-up, with the advice that fits what it takes', () => {
    expect(fieldsOf({ ...extend, lyrics: 'x'.repeat(5_000) })).toEqual([]);
    expect(fieldsOf({ ...extend, lyrics: 'x'.repeat(5_001) })).toEqual(['lyrics']);
    expect(messagesOf({ ...extend, prompt: 'x'.repeat(401) })).toEqual([
      'With a prompt and no lyrics, MusicAPI takes at most 400 characters; yours has 401. Give lyrics to use up to 5,000, or shorten it.',
    ]);
    expect(messagesOf({ ...sample, prompt: 'x'.repeat(401) })).toEqual([
      'For a prompt, MusicAPI takes at most 400 characters; yours has 401. Shorten it.',
    ]);
  });

  it('of an instrumental are no lyrics, whichever engine plays it', () => {
    const { prompt: _prompt, ...bare } = create;
    expect(fieldsOf({ ...bare, lyrics: 'la', instrumental: true })).toEqual(['instrumental']);
    expect(fieldsOf({ ...create, engine: 'producer', lyrics: 'la', instrumental: true })).toEqual([
      'instrumental',
    ]);
    expect(fieldsOf({ ...song, instrumental: true })).toEqual(['instrumental']);
  });
});

describe('a request', () => {
  it('hears all findings at once, by the names people know', () => {
    const request = {
      ...create,
      tags: 'x'.repeat(1_001),
      title: 'x'.repeat(81),
      avoid: 'x'.repeat(1_001),
      durationSeconds: 361,
      styleWeight: 1.01,
      weirdness: -0.01,
      model: 'sonic-v99',
    };
    expect(fieldsOf(request)).toEqual([
      'tags',
      'title',
      'avoid',
      'duration',
      'style-weight',
      'weirdness',
      'model',
    ]);
  });

  it('takes whole seconds from 10 to 360 as a duration', () => {
    for (const durationSeconds of [10, 360]) expect(fieldsOf({ ...create, durationSeconds })).toEqual([]);
    for (const durationSeconds of [9, 12.5, 361, Number.NaN]) {
      expect(fieldsOf({ ...create, durationSeconds })).toEqual(['duration']);
    }
  });

  it('is refused for times and strengths that are no numbers in range', () => {
    for (const atSeconds of [-1, 0, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(fieldsOf({ ...extend, atSeconds })).toEqual(['at']);
    }
    expect(fieldsOf({ ...extend, atSeconds: 0.1 })).toEqual([]);
    for (const strength of [1.2, -0.1, Number.NaN]) {
      expect(fieldsOf({ operation: 'cover', engine: 'sonic', clip, strength })).toEqual(['strength']);
    }
    expect(fieldsOf({ ...replace, toSeconds: Number.POSITIVE_INFINITY })).toEqual(['to']);
  });

  it('wants a part that ends after it begins', () => {
    expect(fieldsOf({ ...sample, toSeconds: 0 })).toEqual(['to']);
    expect(fieldsOf({ ...replace, fromSeconds: 20, toSeconds: 20 })).toEqual(['to']);
    expect(fieldsOf({ ...sample, fromSeconds: 20, toSeconds: 10 })).toEqual(['to']);
  });

  it.each<[string, Request, string[]]>([
    ['a follow-up without its clip', { operation: 'wav', engine: 'sonic' }, ['clip']],
    ['an extension without a time', { operation: 'extend', engine: 'sonic', clip }, ['at']],
    ['a clip of another engine', { ...extend, clip: producerClip }, ['clip']],
    [
      'vocals for what was not uploaded',
      { operation: 'add-vocals', engine: 'sonic', clip, lyrics: 'la' },
      ['clip'],
    ],
    ['vocals without words', { operation: 'add-vocals', engine: 'sonic', clip: upload }, ['lyrics']],
    [
      'instruments for what was not uploaded',
      { operation: 'add-instrumental', engine: 'sonic', clip },
      ['clip'],
    ],
    ['a remaster of an upload', { operation: 'remaster', engine: 'sonic', clip: upload }, ['clip']],
    ['the whole song of an upload', { operation: 'concat', engine: 'sonic', clip: upload }, ['clip']],
    ['a mashup of one song', { operation: 'mashup', engine: 'sonic', clip }, ['second']],
    [
      'a mashup of a song with itself',
      { operation: 'mashup', engine: 'sonic', clip, secondClip: clip },
      ['second'],
    ],
    [
      'a mashup over engines',
      { operation: 'mashup', engine: 'sonic', clip, secondClip: producerClip },
      ['clip'],
    ],
    ['a sample of nothing', { operation: 'sample', engine: 'sonic' }, ['clip']],
    ['a sample of two things', { ...sample, file }, ['clip']],
    ['an upload of nothing', { operation: 'upload', engine: 'sonic' }, ['file']],
    ['an upload to extend of nothing', { operation: 'upload-extend', engine: 'sonic' }, ['file']],
    ['a voice of nothing', { operation: 'voice', engine: 'sonic' }, ['file']],
    ['a song of nobody', { operation: 'persona-song', engine: 'sonic', prompt: 'rain' }, ['persona']],
    ['a persona without a name', { operation: 'persona', engine: 'sonic', clip }, ['name']],
    [
      'a persona with a long name',
      { operation: 'persona', engine: 'sonic', clip, name: 'n'.repeat(80) },
      ['name'],
    ],
    ['lyrics about too much', { operation: 'lyrics', engine: 'sonic', prompt: 'x'.repeat(201) }, ['about']],
    ['tags of nothing', { operation: 'tags', engine: 'sonic' }, ['tags']],
    ['a download without a format', { operation: 'download', engine: 'sonic', clip }, ['format']],
    ['what an operation does not take', { operation: 'wav', engine: 'sonic', clip, title: 'x' }, ['title']],
    [
      'a voice that is looked for too long',
      { operation: 'vox', engine: 'sonic', clip, fromSeconds: 0, toSeconds: 31 },
      ['to'],
    ],
  ])('is refused: %s', (_, request, fields) => {
    expect(fieldsOf(request)).toEqual(fields);
  });

  it('for a new part says what is to be in it', () => {
    const { prompt: _prompt, ...bare } = replace;
    expect(messagesOf(bare)).toEqual(['Give lyrics or a prompt: what is to be in this part of the song?']);
    expect(fieldsOf({ ...bare, lyrics: 'la' })).toEqual([]);
    expect(fieldsOf({ ...replace, lyrics: 'la' })).toEqual([]);
  });

  it('may mash a song with another one, or sample a file', () => {
    expect(fieldsOf({ operation: 'mashup', engine: 'sonic', clip, secondClip: otherClip })).toEqual([]);
    expect(fieldsOf({ operation: 'sample', engine: 'sonic', file })).toEqual([]);
  });
});

describe('a request to producer', () => {
  it('hears of what producer does not take, and by whom', () => {
    expect(messagesOf({ ...create, engine: 'producer', durationSeconds: 60 })).toEqual([
      'Create takes no `duration` with the engine producer. Leave it out.',
    ]);
    const cover: Request = { operation: 'cover', engine: 'producer', clip: producerClip };
    expect(fieldsOf({ ...cover, lyrics: 'la', title: 'x' })).toEqual(['lyrics', 'title']);
  });

  it('has one field for prompt and tags', () => {
    const long = { ...create, engine: 'producer', prompt: 'p'.repeat(500) } as const;
    expect(fieldsOf({ ...long, tags: 't'.repeat(498) })).toEqual([]);
    expect(messagesOf({ ...long, tags: 't'.repeat(499) })).toEqual([
      'Prompt and tags together may have 1,000 characters with the engine producer. Shorten one of them.',
    ]);
    expect(fieldsOf({ ...long, tags: 't'.repeat(498), instrumental: true })).toEqual(['tags']);
    expect(fieldsOf({ ...long, prompt: 'p'.repeat(1_001), tags: 'jazz' })).toEqual(['prompt']);
  });

  it('may have lyrics beside a prompt', () => {
    expect(fieldsOf({ ...create, engine: 'producer', lyrics: 'la' })).toEqual([]);
  });

  it('needs words for a new part', () => {
    const part: Request = { ...replace, engine: 'producer', clip: producerClip };
    expect(fieldsOf({ ...part, prompt: undefined })).toEqual(['prompt']);
    expect(fieldsOf({ ...part, prompt: 'p'.repeat(1_001) })).toEqual(['prompt']);
  });

  it('makes no m4a', () => {
    const download: Request = { operation: 'download', engine: 'producer', clip: producerClip };
    expect(fieldsOf({ ...download, format: 'm4a' })).toEqual(['format']);
    expect(fieldsOf({ ...download, format: 'wav' })).toEqual([]);
    expect(fieldsOf({ ...download, engine: 'sonic', clip, format: 'm4a' })).toEqual([]);
  });
});

describe('a request to nuro', () => {
  it('has lyrics of 300 to 2,000 characters and a length of 30 to 240 seconds for a song', () => {
    expect(fieldsOf({ ...song, durationSeconds: 240, tags: 'happy', vocals: 'male' })).toEqual([]);
    expect(messagesOf({ ...song, lyrics: 'l'.repeat(299) })).toEqual([
      'For lyrics, MusicAPI needs at least 300 characters; yours have 299. Write more.',
    ]);
    expect(fieldsOf({ ...song, lyrics: 'l'.repeat(2_001) })).toEqual(['lyrics']);
    expect(messagesOf({ ...song, durationSeconds: 29 })).toEqual([
      'A song of nuro lasts at least 30 seconds; yours would last 29.',
    ]);
    expect(fieldsOf({ ...song, durationSeconds: 241 })).toEqual(['duration']);
  });

  it('sings nothing that it was not given', () => {
    expect(fieldsOf({ ...background, vocals: 'female' })).toEqual(['vocals']);
    expect(fieldsOf({ ...song, prompt: 'rain' })).toEqual(['prompt']);
  });

  it('hears when a song has none of nuro’s words among its tags', () => {
    expect(fieldsOf({ ...song, tags: 'lofi, vinyl' })).toEqual(['tags']);
    expect(messagesOf({ ...song, tags: 'lofi' })[0]).toMatch(
      /^nuro knows none of these tags\. Use one of its genres \(Folk, Pop, .*Contemporary R&B\), moods/,
    );
    expect(fieldsOf({ ...song, tags: 'lofi, Lonely' })).toEqual([]);
  });

  it('has a description under 200 characters and at most 120 seconds for background music', () => {
    expect(fieldsOf({ ...background, durationSeconds: 120 })).toEqual([]);
    expect(fieldsOf({ ...background, durationSeconds: 1 })).toEqual([]);
    expect(fieldsOf({ ...background, durationSeconds: 121 })).toEqual(['duration']);
    expect(fieldsOf({ ...background, prompt: 'p'.repeat(199) })).toEqual([]);
    expect(fieldsOf({ ...background, prompt: 'p'.repeat(200) })).toEqual(['prompt']);
    expect(fieldsOf({ ...background, prompt: 'p'.repeat(100), tags: 't'.repeat(98) })).toEqual(['tags']);
  });
});

describe('the requests that MusicAPI documents', () => {
  it('are refused when their clip, file or singer is missing', () => {
    for (const request of Object.values(REQUESTS)) {
      const { clip: _clip, secondClip: _second, file: _file, persona: _persona, ...bare } = request;
      const needs = Object.keys(bare).length < Object.keys(request).length;
      expect(fieldsOf(bare).length > 0, `${request.engine} ${request.operation}`).toBe(needs);
    }
  });
});
