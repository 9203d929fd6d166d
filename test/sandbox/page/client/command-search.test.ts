import { describe, expect, it } from 'vitest';
import { findCommands, findTyped, groupCommands } from '../../../../sandbox/page/client/command-search.ts';
import { COMMANDS, command } from './command-fixtures.ts';

const namesOf = (typed: string) => findCommands(COMMANDS, typed).map(({ name }) => name);

describe('findCommands', () => {
  it('lists every slash command for a slash alone, by name', () => {
    expect(namesOf('/')).toEqual(['create', 'extend', 'library', 'persona create', 'persona list', 'upload']);
  });

  it('puts what begins with the text before what has a word that does, and both before descriptions', () => {
    expect(namesOf('/create')).toEqual(['create', 'persona create']);
    expect(namesOf('/voice')).toEqual(['persona create', 'persona list']);
  });

  it('finds sub-commands by their whole name, whatever the case and the spaces', () => {
    expect(namesOf('/Persona  L')).toEqual(['persona list']);
  });

  it('finds nothing for what no command has', () => {
    expect(namesOf('/shrug')).toEqual([]);
  });
});

describe('findTyped', () => {
  it('takes a command when a space follows its whole name', () => {
    expect(findTyped(COMMANDS, '/create ')?.name).toBe('create');
    expect(findTyped(COMMANDS, '/persona list ')?.name).toBe('persona list');
  });

  it('waits while the name goes on, and does not take entries of menus', () => {
    expect(findTyped(COMMANDS, '/create')).toBeUndefined();
    expect(findTyped(COMMANDS, '/persona ')).toBeUndefined();
    expect(findTyped(COMMANDS, '/Use this audio ')).toBeUndefined();
  });
});

describe('groupCommands', () => {
  const groupsOf = (...names: readonly string[]) =>
    groupCommands(names.map((name) => command(name))).map(({ name, commands }) => [name, commands.length]);

  it('puts sub-commands together', () => {
    expect(groupsOf('clip show', 'clip tree', 'compose')).toEqual([
      ['clip', 2],
      ['compose', 1],
    ]);
  });

  it('keeps the order, in which the best ones come first', () => {
    expect(groupsOf('persona list', 'voice create', 'persona sing')).toEqual([
      ['persona', 1],
      ['voice', 1],
      ['persona', 1],
    ]);
  });
});
