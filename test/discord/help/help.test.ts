import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../commands/index.ts';
import { buildHelp } from '../../../src/discord/help/help.ts';
import { createCatalogue } from '../../../src/musicapi/catalogue.ts';
import { speak } from '../../../src/words/words.ts';
import { expectWithinLimits, textOf } from '../support/limits.ts';

describe('buildHelp', () => {
  const bodies = COMMANDS.map((command) => command.data.toJSON());
  const operations = createCatalogue().list();
  const ENGLISH = { locale: 'en-GB', cardLanguage: 'en' } as const;

  it('has one line for every registered command, under what one wants to do', () => {
    const message = buildHelp(bodies, operations, ENGLISH);
    for (const { name } of bodies) {
      expect(textOf(message).split(`\`/${name}\``), name).toHaveLength(2);
    }
    expect(message.embeds[0]?.fields?.map(({ name }) => name)).not.toContain('Everything else');
    expectWithinLimits(message);
  });

  it('names the subcommands and what things cost', () => {
    const text = textOf(buildHelp(bodies, operations, ENGLISH));
    expect(text).toContain('`/create`: Make a new song from a description (10 to 20 credits)');
    expect(text).toContain('`/add` vocals, instrumental: ');
    expect(text).toContain('`/stems`: The separate tracks of a song (30 to 75 credits)');
    expect(text).toMatch(/`\/help`: The commands, by what you want to do$/m);
  });

  it('puts a command of which it knows nothing at the end', () => {
    const body = { name: 'dance', description: 'Dance' };
    const message = buildHelp([...bodies, body], operations, ENGLISH);
    expect(message.embeds[0]?.fields?.at(-1)).toEqual({ name: 'Everything else', value: '`/dance`: Dance' });
  });

  it('shows a German reader the commands as Discord does, with everything said in German', () => {
    const message = speak('de', () => buildHelp(bodies, operations, { locale: 'de', cardLanguage: 'de' }));
    const text = textOf(message);
    expect(text).toContain('`/erstellen`: Mach einen neuen Song nach einer Beschreibung (10 bis 20 Credits)');
    expect(text).toContain('`/hinzufügen` gesang, instrumental: ');
    expect(text).toMatch(/`\/serie`: .+ \(je 10 bis 20 Credits\)/);
    expect(text).toMatch(/`\/hilfe`: Die Befehle, geordnet nach dem, was du tun möchtest$/m);
    expect(text).toContain('die Knöpfe Verlängern, Cover, Stems und Mehr');
    expect(text).toContain('(Apps): **Dieses Audio verwenden** geht von ihrer Datei aus');
    expect(message.embeds[0]?.fields?.map(({ name }) => name)).toContain('Einen Song machen');
    expectWithinLimits(message);
  });

  it('keeps the names that client and cards show where another language is spoken', () => {
    const text = textOf(
      speak('de', () => buildHelp(bodies, operations, { locale: 'fr', cardLanguage: 'en' })),
    );
    expect(text).toContain('`/create`: Mach einen neuen Song nach einer Beschreibung (10 bis 20 Credits)');
    expect(text).toContain('die Knöpfe Extend, Cover, Stems und More; More führt');
    expect(text).toContain('(Apps): **Use this audio** geht von ihrer Datei aus, **Song from this** macht');
  });
});
