const HUES = [235, 275, 330, 8, 28, 150, 185, 205] as const;

/** A picture for somebody without one: the initial on a colour that depends on the name alone. */
export function avatarUrl(name: string): string {
  const hue = HUES[hashOf(name) % HUES.length] ?? HUES[0];
  const [initial = '?'] = name.toUpperCase();
  return toUrl(`hsl(${hue} 60% 52%)`, `hsl(${hue + 30} 62% 38%)`, letter(initial));
}

/** The picture of the bot: a note within the arrow of an encore. */
export function botAvatarUrl(): string {
  const arrow =
    '<path d="M57 29a24 24 0 1 1-34 0" fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round"/><path d="M52 17l8 12-14 3z" fill="#fff"/>';
  const note =
    '<ellipse cx="37" cy="54" rx="6.5" ry="5" fill="#fff"/><path d="M42 54V33l10 5" fill="none" stroke="#fff" stroke-width="4"/>';
  return toUrl('#6d5df6', '#c2378f', arrow + note);
}

function letter(initial: string): string {
  const escaped = /[\w]/.test(initial) ? initial : '#';
  return `<text x="40" y="53" text-anchor="middle" font-family="sans-serif" font-size="36" font-weight="600" fill="#fff">${escaped}</text>`;
}

function toUrl(from: string, to: string, drawing: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80"><defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient></defs><rect width="80" height="80" fill="url(#g)"/>${drawing}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** A number that neighbouring names do not share. */
function hashOf(name: string): number {
  return [...name].reduce((hash, one) => (hash * 37 + (one.codePointAt(0) ?? 0)) % 65_521, 7);
}
