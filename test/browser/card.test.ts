import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { cards, makeSong, messages, useCommand } from './acts.ts';
import { type BrowserWorld, startBrowserWorld } from './browser-world.ts';
import { isFocused } from './elements.ts';

let world: BrowserWorld;
beforeAll(async () => {
  world = await startBrowserWorld();
});
afterEach(async () => expect(await world.leave()).toEqual([]));
afterAll(() => world.close());

describe('a card', () => {
  it('extends its song by a modal: what is too long or makes no sense keeps what was typed, and then it is taken', async () => {
    const page = await world.open();
    const song = await makeSong(page, 'Night Sea');
    await song.getByRole('button', { name: 'Extend' }).click();
    const modal = page.getByRole('dialog', { name: 'Extend: Night Sea' });
    const from = modal.getByRole('textbox', { name: 'From' });
    const title = modal.getByRole('textbox', { name: 'Title' });
    await expect.poll(() => from.evaluate(isFocused)).toBe(true);

    await from.fill('9:99');
    await title.fill('Longer '.repeat(20));
    await page.keyboard.press('Enter');
    // Discord's client would not send this.
    await modal.getByText('This takes at most 80 characters; there are 140.').waitFor();
    await expect.poll(() => title.evaluate(isFocused)).toBe(true);
    await title.fill('Longer Sea');
    await modal.getByRole('button', { name: 'Submit' }).click();
    await modal.waitFor({ state: 'hidden' });

    // The bot does not take this, and keeps it.
    const refusal = messages(page, '"9:99" is no time for From.');
    await refusal.getByRole('button', { name: 'Edit' }).click();
    const again = page.getByRole('dialog', { name: 'Edit: Longer Sea' });
    expect(await again.getByRole('textbox', { name: 'From' }).inputValue()).toBe('9:99');
    expect(await again.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('Longer Sea');
    expect(await again.getByRole('textbox', { name: 'Lyrics' }).inputValue()).toContain('[Verse]');
    await again.getByRole('textbox', { name: 'From' }).fill('0:02');
    await again.getByRole('button', { name: 'Submit' }).click();
    await cards(page).filter({ hasText: 'Longer Sea' }).nth(1).waitFor();
  });

  it('does not let go of what was filled in without asking', async () => {
    const page = await world.open();
    await cards(page).first().getByRole('button', { name: 'Cover' }).click();
    const modal = page.getByRole('dialog');
    const title = modal.getByRole('textbox', { name: 'Title' });
    await title.fill('Precious');
    await page.keyboard.press('Escape');
    await modal.getByText('Discard what you filled in?').waitFor();
    await page.keyboard.press('Enter');
    await modal.getByRole('button', { name: 'Submit' }).waitFor();
    expect(await title.inputValue()).toBe('Precious');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await modal.waitFor({ state: 'hidden' });
  });

  it('asks what it is to do in a message that nobody else sees', async () => {
    const [anna, ben] = [await world.open(), await world.open({ as: 'Ben' })];
    await cards(ben).first().getByRole('button', { name: 'Stems' }).click();
    const question = messages(ben, 'Which stems of Night Sea?');
    await question.getByText('Only you can see this').waitFor();
    await question.getByRole('button', { name: 'Basic' }).waitFor();
    // Whatever came later than the question is there, and the question is not.
    await useCommand(ben, 'clip show', { clip: { pick: 'Night Sea' } });
    await messages(anna, 'Ben').last().waitFor();
    expect(await messages(anna, 'Which stems').count()).toBe(0);

    await question.getByRole('button', { name: 'Dismiss message' }).click();
    await question.waitFor({ state: 'detached' });
  });

  it('keeps the focus when it is edited under it', async () => {
    const [anna, ben] = [await world.open(), await world.open({ as: 'Ben' })];
    const heart = cards(anna).first().getByRole('button', { name: '❤️' });
    await heart.focus();
    await cards(ben).first().getByRole('button', { name: '❤️' }).click();
    await expect.poll(() => heart.innerText()).toContain('1');
    expect(await heart.evaluate(isFocused)).toBe(true);
  });

  it('is found again in the library, and shown', async () => {
    const page = await world.open({ as: 'Ben' });
    await useCommand(page, 'library', { search: 'longer' });
    const library = messages(page, 'Search: longer');
    await library.getByRole('link', { name: 'Longer Sea' }).first().waitFor();
    await library.getByRole('button', { name: '1️⃣ Show' }).click();
    const shown = cards(page).filter({ hasText: 'Only you can see this' });
    await shown.getByText('Longer Sea').first().waitFor();
    await shown.getByRole('button', { name: '❤️ 0' }).click();
    await shown.getByRole('button', { name: '❤️ 1' }).waitFor();
  });
});
