import { svg, type TemplateResult } from 'lit';

const icon = (path: string): TemplateResult => svg`
  <svg width="22" height="22" viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor"
    stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d=${path}></path></svg>`;

/** Pictures on buttons; the button has the name. */
export const ICONS = {
  menu: icon('M4 6h16M4 12h16M4 18h16'),
  controls: icon('M4 7h9M17 7h3M4 17h3M11 17h9M15 4v6M9 14v6'),
  sun: icon(
    'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6L19 19M5 19l1.4-1.4M17.6 6.4L19 5',
  ),
  moon: icon('M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z'),
  close: icon('M6 6l12 12M18 6L6 18'),
  down: icon('M12 5v14M6 13l6 6 6-6'),
} as const;
