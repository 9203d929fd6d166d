import type { Page } from 'playwright-core';

/** What Discord's client would not do is answered with this status, and shown to whoever asked: no trouble. */
const REFUSED = 422;

/** Chromium repeats in the console every answer that is no success. These are looked at one by one. */
const ECHO = /^Failed to load resource: the server responded with a status of/;

/** Tells of everything that must not happen in a window: errors, and requests to anywhere but its own origin. */
export function watchForTrouble(page: Page, origin: string, tell: (what: string) => void): void {
  page.on('console', (line) => {
    if (line.type() === 'error' && !ECHO.test(line.text())) tell(`console: ${line.text()}`);
  });
  page.on('pageerror', (error) => tell(`error in the page: ${error.stack ?? error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    const isOwn = url.startsWith(`${origin}/`) || url.startsWith('data:') || url.startsWith('blob:');
    if (!isOwn) tell(`request to elsewhere: ${url}`);
  });
  page.on('response', (response) => {
    const status = response.status();
    if (status >= 400 && status !== REFUSED)
      tell(`${status} for ${response.request().method()} ${response.url()}`);
  });
}
