import { describe, expect, it } from 'vitest';
import { OPERATION_IDS } from '../../src/domain/request.ts';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';
import { parseCatalogueOverrides } from '../../src/musicapi/catalogue-overrides.ts';
import { modelLabel, operationWords } from '../../src/words/operation-words.ts';
import { shownCommand, shownOption } from '../../src/words/shown-names.ts';
import { speak, wordsOf } from '../../src/words/words.ts';

const catalogue = createCatalogue();

describe('operationWords', () => {
  it('are those of the engine where it does something else by the same name', () => {
    expect(operationWords({ engine: 'sonic', id: 'upload' }).label).toBe('Upload');
    expect(operationWords({ engine: 'producer', id: 'upload' }).label).toBe('To producer');
    expect(speak('de', () => operationWords({ engine: 'producer', id: 'upload' }).label)).toBe('Zu producer');
    expect(operationWords({ engine: 'producer', id: 'cover' })).toEqual(
      operationWords({ engine: 'sonic', id: 'cover' }),
    );
  });

  it('are there for nothing that no engine offers', () => {
    const offered = catalogue.list().flatMap(({ engine, id }) => [id, `${engine} ${id}`]);
    const named = Object.keys(wordsOf('en').operations.of);
    expect(named.filter((key) => !offered.some((one) => one === key))).toEqual([]);
    expect(named).toEqual(expect.arrayContaining([...OPERATION_IDS]));
  });
});

describe('modelLabel', () => {
  it('says what sets a model apart, in the language that is spoken', () => {
    const labels = () => catalogue.models('sonic').map(modelLabel);
    expect(labels()).toEqual([
      'Sonic v6',
      'Sonic v6 wild (more experimental)',
      'Sonic v6 mini (lighter and faster)',
    ]);
    expect(speak('de', labels)).toContain('Sonic v6 wild (experimenteller)');
  });

  it('adds nothing to the models of an operator', () => {
    const models = [{ id: 'sonic-v6-wild', label: 'Wild one' }];
    const own = createCatalogue(parseCatalogueOverrides({ sonic: { models } }));
    expect(own.models('sonic').map(modelLabel)).toEqual(['Wild one']);
  });
});

describe('names that clients show', () => {
  it('are those of the language that is spoken', () => {
    expect([shownCommand('/persona sing'), shownOption('at')]).toEqual(['/persona sing', 'at']);
    speak('de', () => {
      expect([shownCommand('/persona sing'), shownOption('at')]).toEqual(['/persona singen', 'ab']);
      expect(shownOption('nonsense')).toBe('nonsense');
    });
  });
});
