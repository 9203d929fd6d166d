import { findChromium } from './find-chromium.ts';

/** Without a browser nothing is run, and nothing passes. */
export function setup(): void {
  findChromium(process.env);
}
