import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { cards, goTo, makeSong, messageBox, openCommand } from './acts.ts';
import { type BrowserWorld, startBrowserWorld } from './browser-world.ts';
import { groundOf, isFocused, sidewaysOf } from './elements.ts';

const PHONE = { width: 360, height: 740 } as const;

let world: BrowserWorld;
beforeAll(async () => {
  world = await startBrowserWorld();
});
afterEach(async () => expect(await world.leave()).toEqual([]));
afterAll(() => world.close());

describe('on a phone', () => {
  it('nothing scrolls sideways, neither cards nor forms nor the list of commands', async () => {
    const page = await world.open({ size: PHONE });
    const expectNarrow = async () => {
      for (const part of [page.locator('html'), page.getByRole('log')]) {
        expect(await part.evaluate(sidewaysOf)).toBe(0);
      }
    };
    const song = await makeSong(page, 'A title that is longer than any phone is wide, and then goes on');
    await expectNarrow();
    await song.getByRole('button', { name: 'Cover' }).click();
    const modal = page.getByRole('dialog');
    await modal.waitFor();
    await expectNarrow();
    const box = await modal.boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(PHONE.width);
    await page.keyboard.press('Escape');
    await modal.waitFor({ state: 'hidden' });
    await openCommand(page, 'create');
    await expectNarrow();
    await page.keyboard.press('Escape');
  });

  it('channels and controls are drawers, which take the focus and give it back', async () => {
    const page = await world.open({ size: PHONE });
    const channels = page.getByRole('navigation', { name: 'Channels' });
    expect(await channels.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Channels' }).click();
    await goTo(page, 'late-night');
    await channels.waitFor({ state: 'hidden' });
    await expect.poll(() => page.getByRole('button', { name: 'Channels' }).evaluate(isFocused)).toBe(true);

    await page.getByRole('button', { name: 'Controls and members' }).click();
    const outage = page.getByRole('switch', { name: 'MusicAPI cannot be reached' });
    await outage.click();
    await page.getByRole('switch', { name: 'MusicAPI cannot be reached', checked: true }).click();
    await page.getByText('No fault is armed.').waitFor();
    await page.keyboard.press('Escape');
    await outage.waitFor({ state: 'hidden' });
    await expect
      .poll(() => page.getByRole('button', { name: 'Controls and members' }).evaluate(isFocused))
      .toBe(true);
  });
});

describe('the theme', () => {
  it('is that of the system until somebody chooses one, which a reload keeps', async () => {
    const page = await world.open({ theme: 'light' });
    const button = page.getByRole('button', { name: 'Dark theme' });
    expect(await button.getAttribute('aria-pressed')).toBe('false');
    const light = await page.locator('body').evaluate(groundOf);
    await button.click();
    await expect.poll(() => page.locator('body').evaluate(groundOf)).not.toBe(light);
    await page.reload();
    await messageBox(page).waitFor();
    expect(await button.getAttribute('aria-pressed')).toBe('true');
    const dark = await world.open({ theme: 'dark' });
    expect(await dark.locator('body').evaluate(groundOf)).toBe(await page.locator('body').evaluate(groundOf));
  });
});

describe('the end of the messages', () => {
  it('stays in sight while they come, and not when somebody reads further up', async () => {
    const page = await world.open();
    await makeSong(page, 'First');
    await makeSong(page, 'Last');
    await expect
      .poll(() => cards(page).last().getByRole('button', { name: 'Extend' }).isVisible())
      .toBe(true);
    await page.getByRole('log').hover();
    await page.mouse.wheel(0, -2_000);
    await page.getByRole('button', { name: 'To the newest' }).click();
    await page.getByRole('button', { name: 'To the newest' }).waitFor({ state: 'detached' });
  });
});
