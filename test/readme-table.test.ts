import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../commands/index.ts';
import { commandsOf } from '../src/discord/help/asking.ts';
import { createCatalogue } from '../src/musicapi/catalogue.ts';
import {
  buildCommandTable,
  buildOperationTable,
  buildSettingsTable,
  describeButtons,
  listTyped,
  renewTables,
} from './support/readme-tables.ts';

const README = fileURLToPath(new URL('../README.md', import.meta.url));
const catalogue = createCatalogue();
const bodies = COMMANDS.map((command) => command.data.toJSON());

describe('README.md', () => {
  it('lists the commands, operations and settings that there are (`npx vitest run test/readme-table.test.ts -u` renews it)', async () => {
    const renewed = renewTables(await readFile(README, 'utf8'), {
      'table of commands': buildCommandTable(bodies),
      'table of operations': buildOperationTable(catalogue),
      'table of settings': buildSettingsTable(),
    });
    await expect(renewed).toMatchFileSnapshot(README);
  });

  it('leads to every operation by a registered command or a button', () => {
    const typed = listTyped(bodies).map(({ name }) => name);
    for (const operation of catalogue.list()) {
      const commands = commandsOf(operation);
      for (const command of commands) expect(typed, operation.id).toContain(command);
      const ways = [...commands, describeButtons(operation, catalogue)].filter(Boolean);
      expect(ways, `${operation.engine} ${operation.id}`).not.toEqual([]);
    }
  });

  it('knows a button for everything that is done with a song', () => {
    for (const operation of catalogue.list()) {
      if (!operation.clip) continue;
      expect(describeButtons(operation, catalogue), `${operation.engine} ${operation.id}`).not.toBe('');
    }
  });
});
