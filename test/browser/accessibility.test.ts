import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { cards, makeSong, messageBox, messages, openCommand } from './acts.ts';
import { type BrowserWorld, startBrowserWorld, type WindowOptions } from './browser-world.ts';

let world: BrowserWorld;
beforeAll(async () => {
  world = await startBrowserWorld();
});
afterEach(async () => expect(await world.leave()).toEqual([]));
afterAll(() => world.close());

const WINDOWS: Readonly<Record<string, WindowOptions>> = {
  'in the dark': { theme: 'dark' },
  'in the light': { theme: 'light' },
  'on a phone': { size: { width: 360, height: 740 } },
};

describe.each(Object.entries(WINDOWS))('%s', (name, window) => {
  it('axe finds nothing serious in any state of the page', async () => {
    const page = await world.open({ ...window, channel: 'late-night' });
    expect(await findBarriers(page), 'an empty channel').toEqual([]);

    const song = await makeSong(page, `Sea ${name}`);
    await song.getByRole('button', { name: 'Stems' }).click();
    await messages(page, 'Only you can see this').last().waitFor();
    expect(await findBarriers(page), 'cards and a private message').toEqual([]);

    await cards(page).last().getByRole('button', { name: 'Extend' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'From' }).waitFor();
    expect(await findBarriers(page), 'a modal').toEqual([]);
    await page.getByRole('dialog').getByRole('textbox', { name: 'Title' }).fill('long '.repeat(20));
    await page.getByRole('dialog').getByRole('button', { name: 'Submit' }).click();
    await page.getByText('This takes at most 80 characters').waitFor();
    expect(await findBarriers(page), 'a modal with a mistake').toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByText('Discard what you filled in?').waitFor();
    expect(await findBarriers(page), 'the question before a modal is closed').toEqual([]);
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });

    await messageBox(page).focus();
    await page.keyboard.type('/');
    await page.getByRole('listbox', { name: 'Commands' }).waitFor();
    expect(await findBarriers(page), 'the list of commands').toEqual([]);
    await page.getByRole('combobox', { name: 'Command' }).fill('');
    await openCommand(page, 'create');
    await page.keyboard.press('Enter');
    expect(await findBarriers(page), 'a command with a mistake').toEqual([]);
    await page.keyboard.press('Escape');

    const drawer = page.getByRole('button', { name: 'Controls and members' });
    if (await drawer.isVisible()) await drawer.click();
    await page.getByRole('switch', { name: 'The next task fails' }).click();
    await page.getByText('Armed now:').waitFor();
    expect(await findBarriers(page), 'the controls').toEqual([]);
    await page.getByRole('switch', { name: 'The next task fails', checked: true }).click();
    await page.getByText('No fault is armed.').waitFor();
  });
});

/** What axe finds that keeps people out, each with the element. */
async function findBarriers(page: Page): Promise<readonly string[]> {
  // By the debugger, for which the page's policy does not hold.
  await page.evaluate(axe.source);
  const { violations }: AxeResults = await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] })`,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id} (${help}): ${html} ${failureSummary}`),
    );
}
