/** `npm run screenshots`: plays a short story on the page and takes the pictures of the README. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { become, cards, messageBox, useCommand } from './acts.ts';
import { addBrowser, type BrowserWorld } from './browser-world.ts';

const FOLDER = join(import.meta.dirname, '../../docs/pictures');
/** Sharp on any screen. */
const SCALE = 2;
const WINDOW = { width: 1_280, height: 838 } as const;
const PHONE = { width: 360, height: 718 } as const;
/** Pictures that are taken again show the same hour of the same day. */
const HOUR = '8:15 PM';
const DAY = 'November 20, 2026';

const world = await addBrowser({
  port: 0,
  // On a busy machine the story is slower, and no other one.
  discord: { ackMs: 15_000 },
  musicApi: {
    seed: 'screenshots',
    timeline: { notReadyMs: 50, firstMs: 500, lastMs: 1_000 },
    createIntervalMs: 0,
  },
  env: { POLL_INTERVAL_MS: '200', SUBMIT_INTERVAL_MS: '0' },
});
try {
  await mkdir(FOLDER, { recursive: true });
  await playStory(world);
  await takeDark(world);
  await takeLight(world);
  await takePhone(world);
  await takeModal(world);
  const trouble = await world.leave();
  if (trouble.length > 0) throw new Error(`The page was in trouble: ${trouble.join('\n')}`);
} finally {
  await world.close();
}

/** A song that people like, and a second one. */
async function playStory({ open }: BrowserWorld): Promise<void> {
  const page = await open();
  const sea = { prompt: 'a song about the sea at night', tags: 'shanty, accordion, female voice' };
  await useCommand(page, 'create', { ...sea, title: 'Night Sea', engine: { pick: 'producer' } });
  await cards(page).filter({ hasText: 'Night Sea' }).waitFor();
  for (const name of ['Ben', 'Cleo']) {
    await become(page, name);
    await heartOf(page).click();
    await heartOf(page)
      .filter({ hasText: name === 'Ben' ? '1' : '2' })
      .waitFor();
  }
}

async function takeDark({ open }: BrowserWorld): Promise<void> {
  const page = await open({ scale: SCALE, size: WINDOW, as: 'Ben' });
  await cards(page).waitFor();
  await take(page, 'page-dark.png');
}

async function takeLight({ open }: BrowserWorld): Promise<void> {
  const page = await open({ scale: SCALE, size: WINDOW, theme: 'light' });
  await cards(page).waitFor();
  await messageBox(page).focus();
  await page.keyboard.type('/');
  await page.getByRole('listbox', { name: 'Commands' }).waitFor();
  await take(page, 'page-light.png');
}

async function takePhone({ open }: BrowserWorld): Promise<void> {
  const page = await open({ scale: SCALE, size: PHONE, as: 'Ben' });
  await cards(page).waitFor();
  await take(page, 'page-phone.png');
}

async function takeModal({ open }: BrowserWorld): Promise<void> {
  const page = await open({ scale: SCALE, size: WINDOW });
  await cards(page).first().getByRole('button', { name: 'Extend' }).click();
  const modal = page.getByRole('dialog');
  await modal
    .getByRole('textbox', { name: 'Instruction' })
    .fill('Harbour bells, slower, then only the waves');
  await modal.getByRole('textbox', { name: 'From' }).focus();
  await take(page, 'page-modal.png', modal);
}

function heartOf(page: Page): Locator {
  return cards(page).last().getByRole('button', { name: '❤️' });
}

/** @param part - what is in the picture; all of the window without it */
async function take(page: Page, name: string, part?: Locator): Promise<void> {
  await page.evaluate('document.fonts.ready');
  await page.locator('discord-message').evaluateAll(setHour, HOUR);
  await page.getByRole('log').locator('.day').evaluate(setText, DAY);
  const options = { path: join(FOLDER, name), animations: 'disabled', caret: 'hide' } as const;
  await (part ? part.screenshot(options) : page.screenshot(options));
  process.stdout.write(`docs/pictures/${name}\n`);
}

function setHour(all: readonly { setAttribute(name: string, value: string): void }[], hour: string): void {
  for (const message of all) message.setAttribute('timestamp', hour);
}

function setText(element: { textContent: string }, text: string): void {
  element.textContent = text;
}
