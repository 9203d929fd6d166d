import { svg, type TemplateResult } from 'lit';

const icon = (path: string, size = 22): TemplateResult => svg`
  <svg width=${size} height=${size} viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor"
    stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d=${path}></path></svg>`;

/** Pictures on buttons; the button has the name. */
export const ICONS = {
  menu: icon('M4 6h16M4 12h16M4 18h16'),
  controls: icon('M4 7h9M17 7h3M4 17h3M11 17h9M15 4v6M9 14v6'),
  sun: icon(
    'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6L19 19M5 19l1.4-1.4M17.6 6.4L19 5',
  ),
  moon: icon('M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z'),
  lock: icon('M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3', 16),
  eye: icon(
    'M2 12s3.5-6.5 10-6.5S22 12 22 12s-3.5 6.5-10 6.5S2 12 2 12zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5',
    14,
  ),
  file: icon('M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6'),
  note: icon(
    'M9 18V6l10-2v12M9 18a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0M19 16a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0',
  ),
  close: icon('M6 6l12 12M18 6L6 18'),
  down: icon('M12 5v14M6 13l6 6 6-6'),
} as const;
