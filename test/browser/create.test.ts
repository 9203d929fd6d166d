import { parseBuffer } from 'music-metadata';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { cards, fillOption, makeSong, messageBox, openCommand, optionField } from './acts.ts';
import { type BrowserWorld, startBrowserWorld } from './browser-world.ts';
import { isFocused, type Player } from './elements.ts';

let world: BrowserWorld;
beforeAll(async () => {
  world = await startBrowserWorld();
});
afterEach(async () => expect(await world.leave()).toEqual([]));
afterAll(() => world.close());

describe('a song', () => {
  it('is made with the keyboard alone, from the list of commands to the cards', async () => {
    const page = await world.open();
    // One key leads past everything else to the message box.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.type('/');
    const commands = page.getByRole('listbox', { name: 'Commands' });
    await commands.getByRole('option', { name: /^\/help/ }).waitFor();
    await page.keyboard.type('cre');
    await commands.getByRole('option', { name: /^\/create prompt/, selected: true }).waitFor();
    await page.keyboard.press('Enter');

    await optionField(page, 'prompt').waitFor();
    await page.keyboard.type('a song about the sea at night');
    await page.keyboard.press('Tab');
    await page.keyboard.type('tit');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Night Sea');
    await fillOption(page, 'model', { pick: 'Sonic v6 mini' });
    await page.keyboard.press('Enter');

    await cards(page).nth(1).waitFor();
    expect(await cards(page).allInnerTexts()).toEqual([
      expect.stringContaining('Night Sea'),
      expect.stringContaining('Night Sea'),
    ]);
    await expect
      .poll(() => page.getByRole('article').first().innerText())
      .toContain('Done: Night Sea, take 1');
    // One can go on typing at once.
    await expect.poll(() => messageBox(page).evaluate(isFocused)).toBe(true);
  });

  it('is not sent while something is missing, and the field says what', async () => {
    const page = await world.open();
    await openCommand(page, 'create');
    await page.keyboard.press('Enter');
    const prompt = optionField(page, 'prompt');
    await expect.poll(() => prompt.getAttribute('aria-invalid')).toBe('true');
    await expect.poll(() => prompt.evaluate(isFocused)).toBe(true);
    await page.keyboard.press('Escape');
    await messageBox(page).waitFor();
  });

  it('can be heard: its player knows how long it is, goes to any place, and plays', async () => {
    const page = await world.open();
    const song = await makeSong(page, 'Heard');
    const player = song.locator('audio');
    const src = await player.evaluate((audio: Player) => audio.src);
    const response = await page.request.get(src);
    const { format } = await parseBuffer(await response.body());
    await expect
      .poll(() => player.evaluate((audio: Player) => audio.duration))
      .toBeCloseTo(format.duration ?? 0, 1);

    const half = (format.duration ?? 0) / 2;
    await player.evaluate((audio: Player, seconds) => {
      audio.currentTime = seconds;
    }, half);
    await expect.poll(() => player.evaluate((audio: Player) => !audio.seeking)).toBe(true);
    expect(await player.evaluate((audio: Player) => audio.currentTime)).toBeCloseTo(half, 1);

    await player.focus();
    await page.keyboard.press('Space');
    await expect
      .poll(() => player.evaluate((audio: Player) => audio.currentTime))
      .toBeGreaterThan(half + 0.2);
    expect(await player.getAttribute('aria-label')).toBe('Player: Heard - take 1.mp3');
  });

  it('is fetched in parts, so that a player need not load all of it', async () => {
    const page = await world.open();
    const src = await cards(page)
      .first()
      .locator('audio')
      .evaluate((audio: Player) => audio.src);
    const part = await page.request.get(src, { headers: { range: 'bytes=100-199' } });
    expect(part.status()).toBe(206);
    expect((await part.body()).length).toBe(100);
    expect(part.headers()['content-range']).toMatch(/^bytes 100-199\/\d+$/);
  });
});
