import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type PageServer, startPageServer } from '../../sandbox/page/server.ts';
import { cards, messageBox, messages, openCommand, optionField, useCommand } from './acts.ts';
import { type BrowserWorld, startBrowserWorld } from './browser-world.ts';

/** Longer than the sandbox's songs take in reality. */
const SONG_MS = 130_000;
/** Longer than an answer may take here. */
const LATE_MS = 16_000;

let world: BrowserWorld;
beforeAll(async () => {
  world = await startBrowserWorld();
});
afterEach(async () => expect(await world.leave()).toEqual([]));
afterAll(() => world.close());

/** Turns a switch of the panel, and waits until it is turned. */
async function turn(page: Page, name: string, on: boolean): Promise<void> {
  await page.getByRole('switch', { name, checked: !on }).click();
  await page.getByRole('switch', { name, checked: on }).waitFor();
}

describe('when MusicAPI has a bad day', () => {
  it('a song that fails is explained, and Edit opens the form with everything that was typed', async () => {
    const page = await world.open();
    await turn(page, 'The next task fails', true);
    await useCommand(page, 'create', { prompt: 'a doomed song', tags: 'sad, slow', title: 'Doomed' });
    const failed = messages(page, 'Doomed').first();
    await failed.getByText('Nothing was spent').waitFor();
    await page.getByRole('switch', { name: 'The next task fails', checked: false }).waitFor();

    await failed.getByRole('button', { name: 'Edit' }).click();
    const modal = page.getByRole('dialog', { name: 'Edit: Doomed' });
    expect(await modal.getByRole('textbox', { name: 'Prompt' }).inputValue()).toBe('a doomed song');
    expect(await modal.getByRole('textbox', { name: 'Tags' }).inputValue()).toBe('sad, slow');
    await modal.getByRole('textbox', { name: 'Title' }).fill('Saved');
    await modal.getByRole('button', { name: 'Submit' }).click();
    await cards(page).filter({ hasText: 'Saved' }).nth(1).waitFor();
  });

  it('a lost answer is told as one, and nothing is sent again by itself', async () => {
    const page = await world.open();
    await turn(page, 'The next answer is lost after MusicAPI accepted', true);
    const before = world.stage.musicApi.credits();
    await useCommand(page, 'create', { prompt: 'nobody knows', title: 'Lost' });
    const card = messages(page, 'Create: Lost');
    await card.getByText('it is not known whether MusicAPI took it').waitFor();
    await card.getByRole('button', { name: 'Try again' }).waitFor();
    await page.getByText('No fault is armed.').waitFor();
    expect(before.credits - world.stage.musicApi.credits().credits).toBe(20);
  });
});

describe('when the bot has a bad day', () => {
  it('a song goes on after the bot was killed in the middle of it', async () => {
    const page = await world.open();
    await page.getByRole('combobox', { name: 'Songs take' }).selectOption('Minutes, as in reality');
    await useCommand(page, 'create', { prompt: 'a long one', title: 'Survivor' });
    const card = messages(page, 'Create: Survivor');
    await card.getByText('Being made').waitFor();
    await page.getByRole('button', { name: 'Kill the bot and start it again' }).click();
    await page.getByText('Kill the bot and start it again: done.').waitFor();
    world.stage.musicApi.advance(SONG_MS);
    await cards(page).filter({ hasText: 'Survivor' }).nth(1).waitFor();
    await page.getByRole('combobox', { name: 'Songs take' }).selectOption('Seconds');
  });

  it('whoever is not answered is told so, and nothing typed is lost', async () => {
    const page = await world.open();
    await turn(page, 'The bot runs', false);
    await openCommand(page, 'create');
    await page.keyboard.type('is anybody there');
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: 'Sending' }).waitFor();
    world.stage.discord.advance(LATE_MS);
    await page.getByRole('alert').filter({ hasText: 'The application did not respond' }).waitFor();
    await turn(page, 'The bot runs', true);
    await openCommand(page, 'create');
    expect(await optionField(page, 'prompt').inputValue()).toBe('is anybody there');
    await page.keyboard.press('Escape');
    await messageBox(page).waitFor();
  });
});

describe('when the sandbox goes away', () => {
  let second: PageServer | undefined;
  afterAll(() => second?.close());

  it('the page says so, and goes on by itself with what it missed', async () => {
    const page = await world.open();
    const { url, close } = world.page;
    await close();
    await page.getByRole('alert').filter({ hasText: 'The sandbox does not answer' }).waitFor();
    const { ben, channel } = world.stage;
    ben.say(channel, 'Did you miss this?');

    second = await startPageServer(world.stage, world.cast, Number(new URL(url).port));
    expect(second.url).toBe(url);
    await messages(page, 'Did you miss this?').waitFor();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    // While nobody was there, the browser said so for every attempt.
    const trouble = await world.leave();
    expect(trouble.filter((one) => !one.includes('net::ERR_'))).toEqual([]);
  });
});
