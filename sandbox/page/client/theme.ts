import { css } from 'lit';

/** What the page looks like: by the system's wish, or by the person's. */
export type Theme = 'system' | 'dark' | 'light';

const KEY = 'encore-theme';
const DARK = '(prefers-color-scheme: dark)';
const SCHEMES: Readonly<Record<Theme, string>> = { system: 'light dark', dark: 'dark', light: 'light' };

/** Served with the page: no font comes from elsewhere. */
const fonts = [400, 500, 600, 700]
  .map(
    (weight) => `@font-face {
      font-family: Inter;
      font-weight: ${weight};
      font-display: swap;
      src: url('/modules/@fontsource/inter/files/inter-latin-${weight}-normal.woff2') format('woff2');
    }`,
  )
  .join('\n');

/** The colours of both themes, after Discord's; every pair of text and ground reaches 4.5:1. */
const tokens = css`
  :root {
    --ground-rail: light-dark(#e3e5e8, #1e1f22);
    --ground-side: light-dark(#f2f3f5, #2b2d31);
    --ground: light-dark(#ffffff, #313338);
    --ground-raised: light-dark(#f6f6f8, #2b2d31);
    --ground-input: light-dark(#ebedef, #383a40);
    --ground-hover: light-dark(#0000000d, #0000001f);
    --ground-private: light-dark(#5865f20f, #5865f214);
    --ground-ping: light-dark(#f0b13226, #f0b1321a);
    --line: light-dark(#d5d7dc, #44464d);
    --line-strong: light-dark(#80848e, #949ba4);
    --text: light-dark(#2e3035, #dbdee1);
    --text-strong: light-dark(#060607, #f2f3f5);
    --text-muted: light-dark(#595b63, #b0b4bb);
    --text-link: light-dark(#0059bb, #4db8ff);
    --text-danger: light-dark(#b3212c, #ff9a9c);
    --text-success: light-dark(#17693a, #6fd394);
    --text-warning: light-dark(#7a4b00, #f5c451);
    --accent: #5865f2;
    --accent-hover: #4752c4;
    --accent-text: light-dark(#4450d8, #b3bcff);
    --accent-soft: light-dark(#5865f224, #5865f24d);
    --success: #248046;
    --success-hover: #1a6334;
    --danger: #d2323a;
    --danger-hover: #a12828;
    --neutral: light-dark(#dfe1e6, #4e5058);
    --neutral-hover: light-dark(#cdd0d7, #6d6f78);
    --neutral-text: light-dark(#1e1f22, #ffffff);
    --focus: light-dark(#0059bb, #7cc4ff);
    --shadow: 0 8px 24px light-dark(#0000002e, #0000007a);
    --font: Inter, 'gg sans', 'Noto Sans', system-ui, 'Helvetica Neue', Arial, sans-serif;
    --font-mono: ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, monospace;
    --radius: 8px;
    color-scheme: light dark;
    scrollbar-color: var(--line-strong) transparent;
  }
  body {
    margin: 0;
    background: var(--ground);
    color: var(--text);
    font: 16px / 1.375 var(--font);
  }
`;

/** The theme that was chosen in this browser. */
function chosenTheme(): Theme {
  const stored = localStorage.getItem(KEY);
  return stored === 'dark' || stored === 'light' ? stored : 'system';
}

/** Shows the page in a theme, and remembers it. */
export function chooseTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme);
  document.documentElement.style.colorScheme = SCHEMES[theme];
}

/** Gives the page its colours. Call it once. */
export function installTheme(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(fonts + tokens.cssText);
  document.adoptedStyleSheets.push(sheet);
  document.documentElement.style.colorScheme = SCHEMES[chosenTheme()];
}

/** Calls back whenever the system changes its theme. */
export function onSystemTheme(listener: () => void): void {
  matchMedia(DARK).addEventListener('change', listener);
}

/** Whether the page is dark now. */
export function isDark(): boolean {
  const theme = chosenTheme();
  return theme === 'system' ? matchMedia(DARK).matches : theme === 'dark';
}
