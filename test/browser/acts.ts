/** What people do on the page, found as a screen reader finds it. Everything waits for what it needs. */
import type { Locator, Page } from 'playwright-core';

/** What is filled into an option: typed as it is, or typed and then taken from the list of offers. */
export type Filling = string | { readonly pick: string };

/** The message box of the open channel. */
export function messageBox(page: Page): Locator {
  return page.getByRole('textbox', { name: /^Message / });
}

/** Messages of the open channel that somebody would find by this text. */
export function messages(page: Page, text: string | RegExp): Locator {
  return page.getByRole('article').filter({ hasText: text });
}

/** The messages with a song in them. */
export function cards(page: Page): Locator {
  return page.getByRole('article').filter({ has: page.getByRole('button', { name: 'Extend', exact: true }) });
}

/** Types a command with its options and sends it, by keyboard alone. */
export async function useCommand(
  page: Page,
  command: string,
  options: Readonly<Record<string, Filling>> = {},
) {
  await openCommand(page, command);
  for (const [option, filling] of Object.entries(options)) await fillOption(page, option, filling);
  await page.keyboard.press('Enter');
  // What is refused stays in the box, and the test fails here.
  await messageBox(page).waitFor();
}

/** Types the beginning of a command and takes it from the list. */
export async function openCommand(page: Page, command: string): Promise<void> {
  await messageBox(page).focus();
  await page.keyboard.type(`/${command}`);
  await page.getByRole('option', { name: new RegExp(`^/${command} `), selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('group', { name: `/${command}` }).waitFor();
}

/** Goes to the field of an option, which is added where it is not there yet, and fills it in. */
export async function fillOption(page: Page, option: string, filling: Filling): Promise<void> {
  const field = optionField(page, option);
  if (!(await field.isVisible())) {
    await page.getByRole('combobox', { name: /^Add one of / }).focus();
    await page.keyboard.type(option);
    await page.getByRole('option', { name: new RegExp(`^${option} `), selected: true }).waitFor();
    await page.keyboard.press('Enter');
  }
  await field.focus();
  if (typeof filling === 'string') return await page.keyboard.type(filling);
  await page.keyboard.type(filling.pick);
  await page.getByText('Asking for suggestions').last().waitFor({ state: 'hidden' });
  const offer = page.getByRole('option', { name: filling.pick }).first();
  await offer.waitFor();
  while ((await offer.getAttribute('aria-selected')) !== 'true') await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}

/** The field of an option that is being filled in. */
export function optionField(page: Page, option: string): Locator {
  const named = { name: option, exact: true };
  return page.getByRole('textbox', named).or(page.getByRole('combobox', named));
}

/** Makes songs and waits for their cards. @returns the first of them */
export async function makeSong(page: Page, title: string): Promise<Locator> {
  await useCommand(page, 'create', { prompt: `a song called ${title}`, title });
  const song = cards(page).filter({ hasText: title });
  await song.nth(1).waitFor();
  return song.first();
}

/** Becomes somebody else, in the same window. */
export async function become(page: Page, name: string): Promise<void> {
  await page.getByRole('combobox', { name: 'You are' }).click();
  await page.getByRole('option', { name }).click();
}

/** Opens a channel, which may be in a drawer. */
export async function goTo(page: Page, channel: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Channels' }).getByRole('button', { name: channel }).click();
  await page.getByRole('heading', { level: 1, name: channel }).waitFor();
}
