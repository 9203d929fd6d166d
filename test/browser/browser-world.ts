import { type Browser, chromium, type Page } from 'playwright-core';
import { type PageStage, type PageStageOptions, startPageStage } from '../../sandbox/page/page-stage.ts';
import type { StageOptions } from '../../sandbox/stage.ts';
import { PATIENCE } from '../support/patience.ts';
import { findChromium } from './find-chromium.ts';
import { watchForTrouble } from './trouble.ts';

/** Discord's own page is used on screens like this. */
const DESKTOP = { width: 1_280, height: 800 } as const;

/** What somebody's window is like. */
export interface WindowOptions {
  /** Who they are when the page opens. @defaultValue the first of the cast, Anna */
  readonly as?: string;
  /** The name of the channel that is open. @defaultValue the first one */
  readonly channel?: string;
  /** @defaultValue 1280 x 800 */
  readonly size?: { readonly width: number; readonly height: number };
  /** What the system wishes. @defaultValue dark */
  readonly theme?: 'dark' | 'light';
  /** Pixels of the screen for each of the page's. @defaultValue 1 */
  readonly scale?: number;
}

/** The page with the real bot behind it, and a real browser. */
export interface BrowserWorld extends PageStage {
  /** Opens the page in a window of its own, which has nothing in common with the others. */
  open(options?: WindowOptions): Promise<Page>;
  /** Closes all windows. @returns what went wrong in any of them */
  leave(): Promise<readonly string[]>;
}

/** Starts everything; songs take a fraction of a second. */
export async function startBrowserWorld(options: StageOptions = {}): Promise<BrowserWorld> {
  return await addBrowser({
    port: 0,
    ...options,
    // How busy the machine is matters to no test: restarts follow each other fast, and late answers are answers.
    discord: {
      identifyWindowMs: 0,
      ackMs: 15_000,
      rateLimits: { 'interaction-webhook': { limit: 100, windowMs: 1_000 } },
      ...options.discord,
    },
    musicApi: {
      timeline: { notReadyMs: 50, firstMs: 200, lastMs: 300 },
      lengths: { songSeconds: [3, 4] },
      createIntervalMs: 0,
      seed: 'browser',
      ...options.musicApi,
    },
    env: { POLL_INTERVAL_MS: '100', SUBMIT_INTERVAL_MS: '0', ...options.env },
  });
}

/** Starts a stage as it is asked for, with a browser in front of it. */
export async function addBrowser(options: PageStageOptions): Promise<BrowserWorld> {
  const browser = await launchBrowser();
  const started = await startPageStage(options).catch(async (error: unknown) => {
    await browser.close();
    throw error;
  });
  const trouble: string[] = [];
  return {
    ...started,
    async open(window = {}) {
      const page = await openWindow(browser, window);
      watchForTrouble(page, started.page.url, (what) => trouble.push(what));
      await page.goto(addressOf(started, window));
      // The stream has come: the channel is there.
      await page
        .getByRole('heading', { level: 1, name: window.channel ?? started.stage.channel.name })
        .waitFor();
      return page;
    },
    async leave() {
      for (const context of browser.contexts()) await context.close();
      return trouble.splice(0);
    },
    async close() {
      await browser.close();
      await started.close();
    },
  };
}

async function launchBrowser(): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  return await chromium.launch({
    executablePath: findChromium(process.env),
    args: [
      // Chromium's sandbox refuses to work for root.
      ...(isRoot ? ['--no-sandbox'] : []),
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

async function openWindow(browser: Browser, window: WindowOptions): Promise<Page> {
  const context = await browser.newContext({
    viewport: window.size ?? DESKTOP,
    colorScheme: window.theme ?? 'dark',
    deviceScaleFactor: window.scale ?? 1,
    reducedMotion: 'reduce',
    locale: 'en-US',
    timezoneId: 'UTC',
  });
  context.setDefaultTimeout(PATIENCE.timeout);
  return await context.newPage();
}

/** The page keeps in its address who one is and where. */
function addressOf({ page, cast, stage }: PageStage, { as, channel }: WindowOptions): string {
  const [first] = cast;
  const found = as === undefined ? first : cast.find(({ person }) => person.user.name === as);
  const where =
    channel === undefined ? stage.channel : found?.person.channels.find(({ name }) => name === channel);
  if (!found || !where) throw new Error(`Nobody named ${as} sees a channel ${channel}`);
  return `${page.url}/#${found.person.user.id}/${where.id}`;
}
