import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { recordTune } from '../../sandbox/stories/tune.ts';
import { become, cards, goTo, makeSong, messageBox, messages, openCommand, useCommand } from './acts.ts';
import { type BrowserWorld, startBrowserWorld } from './browser-world.ts';

/** A recording that MusicAPI takes. */
const RECORDING = recordTune('hummed.wav', 8);

let world: BrowserWorld;
let folder: string;
let recording: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'encore-recordings-'));
  recording = join(folder, RECORDING.name);
  await writeFile(recording, RECORDING.data);
  world = await startBrowserWorld();
});
afterEach(async () => expect(await world.leave()).toEqual([]));
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

describe('places', () => {
  it('a channel that is new to somebody says what to type', async () => {
    const page = await world.open();
    await page.getByText('Type /create below').waitFor();
  });

  it('songs come as direct messages to whoever asks there', async () => {
    const page = await world.open();
    await goTo(page, 'Encore');
    await makeSong(page, 'Between Us');
    await goTo(page, 'songs');
    expect(await cards(page).count()).toBe(0);
    await become(page, 'Ben');
    await goTo(page, 'Encore');
    expect(await cards(page).count()).toBe(0);
  });

  it('what happens in another channel is marked, and a member of one server sees nothing of the other', async () => {
    const [anna, ben] = [await world.open(), await world.open({ as: 'Ben', channel: 'rehearsal' })];
    await makeSong(ben, 'Kitchen Tune');
    const rehearsal = anna.getByRole('button', { name: /^# rehearsal|^rehearsal/ });
    await rehearsal.filter({ hasText: 'unread' }).waitFor();
    await goTo(anna, 'rehearsal');
    await cards(anna).nth(1).waitFor();
    expect(await rehearsal.innerText()).not.toContain('unread');
    await become(anna, 'Cleo');
    await anna.getByRole('heading', { level: 1, name: 'songs' }).waitFor();
    expect(await rehearsal.count()).toBe(0);
  });

  it('commands and answers are in the language of whoever reads', async () => {
    const page = await world.open({ as: 'Jonas' });
    await useCommand(page, 'hilfe');
    await messages(page, 'Einen Song machen').waitFor();
  });
});

describe('recordings', () => {
  it('are chosen as files of a command', async () => {
    const page = await world.open();
    await openCommand(page, 'upload');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'file: choose a file' }).click();
    await (await chooser).setFiles(recording);
    await page.getByRole('button', { name: 'file: hummed.wav' }).waitFor();
    await page.keyboard.press('Enter');
    await cards(page).filter({ hasText: 'hummed' }).first().waitFor();
  });

  it('are dropped onto the page, sent, and used by the menu of their message', async () => {
    const page = await world.open({ as: 'Ben' });
    await drop(page, recording);
    await page.getByRole('list', { name: 'Attached files' }).getByText('hummed.wav').waitFor();
    await messageBox(page).focus();
    await page.keyboard.type('listen to this');
    await page.keyboard.press('Enter');
    const message = messages(page, 'listen to this');
    await message.locator('audio').waitFor();

    await message.getByRole('button', { name: 'Apps for this message' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Use this audio' }).waitFor();
    await page.keyboard.press('Enter');
    const question = messages(page, 'Only you can see this').last();
    await question.getByRole('button').or(question.getByRole('combobox')).first().waitFor();
    await expect.poll(() => question.innerText()).toContain('hummed');
  });
});

/** Drops a file of this computer into the middle of the page. */
async function drop(page: Page, file: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 500, y: 300, data });
  }
}
