import { describe, expect, it } from 'vitest';
import type { Request } from '../../src/domain/request.ts';
import { UserError } from '../../src/errors.ts';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';
import { parseCatalogueOverrides } from '../../src/musicapi/catalogue-overrides.ts';
import { clip, producerClip } from './requests.ts';

const create: Request = { operation: 'create', engine: 'sonic', prompt: 'a song about rain' };
const extend: Request = { operation: 'extend', engine: 'sonic', clip, atSeconds: 30 };
const catalogue = createCatalogue();

/** Id, address, price and kind of result of what an engine does. */
function factsOf(engine: Request['engine']) {
  return catalogue
    .list()
    .filter((operation) => operation.engine === engine)
    .map(({ id, path, price, result }) => [id, path, price, result]);
}

describe('createCatalogue', () => {
  it('knows address, price and kind of result of every sonic operation', () => {
    expect(factsOf('sonic')).toEqual([
      ['create', '/sonic/create', 20, 'clips'],
      ['extend', '/sonic/create', 15, 'clips'],
      ['cover', '/sonic/create', 15, 'clips'],
      ['concat', '/sonic/create', 2, 'clips'],
      ['remaster', '/sonic/create', 15, 'clips'],
      ['replace', '/sonic/replace-section', 20, 'clips'],
      ['add-vocals', '/sonic/create', 15, 'clips'],
      ['add-instrumental', '/sonic/create', 15, 'clips'],
      ['mashup', '/sonic/mashup', 14, 'clips'],
      ['sample', '/sonic/sample', 14, 'clips'],
      ['persona-song', '/sonic/create', 15, 'clips'],
      ['stems-basic', '/sonic/stems/basic', 30, 'stems'],
      ['stems-full', '/sonic/stems/full', 75, 'stems'],
      ['upload', '/sonic/upload', 2, 'clips'],
      ['upload-extend', '/sonic/upload-extend', 15, 'clips'],
      ['upload-cover', '/sonic/upload-cover', 15, 'clips'],
      ['persona', '/sonic/persona', 1, 'persona'],
      ['voice', '/sonic/create-voice', 4, 'persona'],
      ['lyrics', '/sonic/lyrics', 2, 'lyrics'],
      ['tags', '/sonic/upsample-tags', 1, 'tags'],
      ['wav', '/sonic/wav', 2, 'files'],
      ['download', '/sonic/download', 2, 'files'],
      ['midi', '/sonic/midi', 1, 'midi'],
      ['timeline', '/sonic/aligned-lyrics', 1, 'timeline'],
      ['bpm', '/sonic/bpm', 1, 'tempo'],
      ['vox', '/sonic/vox', 1, 'vocals'],
    ]);
  });

  it('knows those of producer and nuro', () => {
    expect(factsOf('producer')).toEqual([
      ['create', '/producer/create', 12, 'clips'],
      ['extend', '/producer/create', 12, 'clips'],
      ['replace', '/producer/create', 12, 'clips'],
      ['cover', '/producer/create', 12, 'clips'],
      ['upload', '/producer/upload', 2, 'clips'],
      ['download', '/producer/download', 2, 'files'],
    ]);
    expect(factsOf('nuro')).toEqual([['create', '/nuro/create', 10, 'clips']]);
  });

  it('lets only what answers with a task count against the create rate', () => {
    const direct = catalogue.list().filter(({ answersWithTask }) => !answersWithTask);
    expect(direct.map(({ engine, id }) => `${engine} ${id}`)).toEqual(
      ['upload', 'persona', 'lyrics', 'tags', 'wav', 'download', 'midi', 'timeline', 'bpm', 'vox'].map(
        (id) => `sonic ${id}`,
      ),
    );
    expect(direct.filter(({ takesWebhook }) => takesWebhook)).toEqual([]);
  });

  it('gives the price of a request', () => {
    expect(catalogue.price(create)).toBe(20);
    expect(catalogue.price({ ...create, engine: 'nuro' })).toBe(10);
    expect(catalogue.price({ operation: 'stems-full', engine: 'sonic', clip })).toBe(75);
  });

  it('says for people which engine offers what another one does not', () => {
    expect(() => catalogue.get('producer', 'remaster')).toThrow(UserError);
    expect(() => catalogue.get('nuro', 'extend')).toThrow(
      'The engine nuro does not offer "Extend"; sonic and producer do.',
    );
    expect(catalogue.find('nuro', 'extend')).toBeUndefined();
    expect(catalogue.check({ operation: 'remaster', engine: 'producer', clip: producerClip })).toEqual([
      { field: 'engine', message: 'The engine producer does not offer "Remaster"; sonic does.' },
    ]);
  });

  it.each([
    ['riffusion', 'MusicAPI has retired the engine riffusion. Use sonic instead.'],
    [' Studio ', 'The engine studio is not available at MusicAPI any more. Use sonic instead.'],
    ['sonic', undefined],
    ['constructor', undefined],
    ['', undefined],
  ])('says of the engine %j: %s', (name, sentence) => {
    expect(catalogue.explainRetired(name)).toBe(sentence);
  });
});

describe('the models', () => {
  it('are today’s, with the default in place of none and of a retired one', () => {
    expect(catalogue.models('sonic').map(({ id }) => id)).toEqual([
      'sonic-v6',
      'sonic-v6-wild',
      'sonic-v6-mini',
    ]);
    expect(catalogue.resolveModel('sonic')).toBe('sonic-v6');
    expect(catalogue.resolveModel('sonic', 'sonic-v4-5-plus')).toBe('sonic-v6');
    expect(catalogue.resolveModel('sonic', ' Sonic-v6-Mini ')).toBe('sonic-v6-mini');
    expect(catalogue.resolveModel('producer', 'FUZZ-2.0 Pro')).toBe('lyria-3-pro');
  });

  it('that do not exist are refused with those to choose from', () => {
    expect(catalogue.check({ ...create, model: 'sonic-v99' })).toEqual([
      {
        field: 'model',
        message:
          'The engine sonic has no model "sonic-v99". Choose one of: sonic-v6, sonic-v6-wild, sonic-v6-mini.',
      },
    ]);
    expect(catalogue.check({ ...create, engine: 'nuro', model: 'sonic-v6' })).toMatchObject([
      { field: 'model' },
    ]);
  });
});

describe('a price that the balance showed', () => {
  it('holds for its operation alone, and says that it was learnt', () => {
    const learning = createCatalogue();
    learning.learn('sonic', 'create', 25);
    expect(learning.price(create)).toBe(25);
    expect(learning.get('sonic', 'create').isLearnt).toBe(true);
    expect(learning.list().filter(({ isLearnt }) => isLearnt)).toHaveLength(1);
    expect(learning.price({ ...create, engine: 'producer' })).toBe(12);
  });

  it('may be nothing', () => {
    const learning = createCatalogue();
    learning.learn('sonic', 'lyrics', 0);
    expect(learning.price({ operation: 'lyrics', engine: 'sonic', prompt: 'rain' })).toBe(0);
  });

  it('is forgotten when it is the stated one again', () => {
    const learning = createCatalogue({ sonic: { prices: { create: 30 } } });
    learning.learn('sonic', 'create', 25);
    learning.learn('sonic', 'create', 30);
    expect(learning.get('sonic', 'create')).toMatchObject({ price: 30 });
    expect(learning.get('sonic', 'create')).not.toHaveProperty('isLearnt');
  });
});

describe('Catalogue.checkAhead', () => {
  it('finds what no clip would make right', () => {
    const wrong = {
      operation: 'extend',
      atSeconds: 0,
      lyrics: 'la',
      prompt: 'soft',
      title: 't'.repeat(81),
    } as const;
    expect(catalogue.checkAhead(wrong).map(({ field }) => field)).toEqual(['title', 'at', 'lyrics']);
    const cover = { operation: 'cover', tags: 'g'.repeat(1_001), strength: 2 } as const;
    expect(catalogue.checkAhead(cover).map(({ field }) => field)).toEqual(['tags', 'strength']);
  });

  it('finds nothing in a request that a clip of some engine could take', () => {
    expect(catalogue.checkAhead({ operation: 'extend', atSeconds: 30 })).toEqual([]);
    expect(catalogue.checkAhead({ operation: 'extend', atSeconds: 30, lengthSeconds: 20 })).toEqual([]);
    expect(catalogue.checkAhead({ operation: 'cover', prompt: 'softer', strength: 0.5 })).toEqual([]);
    const part = { operation: 'replace', fromSeconds: 1, toSeconds: 2 } as const;
    expect(catalogue.checkAhead({ ...part, lyrics: 'la' })).toEqual([]);
    expect(catalogue.checkAhead(part).map(({ field }) => field)).toEqual(['lyrics']);
  });
});

describe('parseCatalogueOverrides', () => {
  it('replaces prices and models', () => {
    const overrides = parseCatalogueOverrides({
      sonic: { models: ['sonic-v7', { id: 'sonic-v7-mini', label: 'Small' }], prices: { create: 25 } },
    });
    const changed = createCatalogue(overrides);
    expect(changed.price(create)).toBe(25);
    expect(changed.price(extend)).toBe(15);
    expect(changed.models('sonic')).toEqual([
      { id: 'sonic-v7', label: 'sonic-v7' },
      { id: 'sonic-v7-mini', label: 'Small' },
    ]);
    expect(changed.defaultModel('sonic')).toBe('sonic-v7');
    expect(changed.resolveModel('sonic', 'sonic-v6')).toBe('sonic-v7');
    expect(changed.check({ ...create, model: 'sonic-v5' })).toEqual([]);
  });

  it('replaces those of producer and nuro, each by itself', () => {
    const overrides = parseCatalogueOverrides({
      producer: { models: ['lyria-4'], prices: { create: 14, download: 0 } },
      nuro: { prices: { create: 9 } },
    });
    const changed = createCatalogue(overrides);
    expect(changed.price({ ...create, engine: 'producer' })).toBe(14);
    expect(changed.get('producer', 'download').price).toBe(0);
    expect(changed.get('producer', 'extend').price).toBe(12);
    expect(changed.price({ ...create, engine: 'nuro' })).toBe(9);
    expect(changed.price(create)).toBe(20);
    expect(changed.resolveModel('producer', 'lyria-3-pro')).toBe('lyria-4');
    expect(changed.defaultModel('nuro')).toBe('nuro');
  });

  it('keeps everything when the file is empty', () => {
    expect(createCatalogue(parseCatalogueOverrides({})).list()).toEqual(catalogue.list());
  });

  it('names every finding with its place', () => {
    const wrong = { sonic: { prices: { create: -1, sing: 3 }, models: [] }, sonik: {} };
    expect(() => parseCatalogueOverrides(wrong)).toThrow(/sonic\.models: [\s\S]*sonic\.prices\.create: /);
    expect(() => parseCatalogueOverrides(wrong)).toThrow(/sonik/);
    expect(() => parseCatalogueOverrides(7)).toThrow(/The catalogue file cannot be used:\n- \(the file\): /);
  });

  it('refuses a default model that is not offered', () => {
    expect(() => createCatalogue({ sonic: { defaultModel: 'sonic-v7' } })).toThrow(
      'sonic.defaultModel: "sonic-v7" is not one of the models',
    );
  });
});
