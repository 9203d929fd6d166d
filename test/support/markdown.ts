/** What a text of Markdown refers to. */

/** From a line that begins with three backticks, indented or not, to the next such line. */
const BLOCK = /^ *```.*\n([\s\S]*?)^ *```$/gm;
const SPAN = /`([^`\n]+)`/g;
const LINK = /!?\[[^\]]*\]\(([^)\s]+)\)/g;

/** Everything that is set as code: blocks and words in a line. */
export function listCode(text: string): readonly string[] {
  const blocks = [...text.matchAll(BLOCK)].map(([, code = '']) => code);
  const spans = [...text.replace(BLOCK, '').matchAll(SPAN)].map(([, code = '']) => code);
  return [...blocks, ...spans];
}

/** Where links and pictures lead to. */
export function listLinks(text: string): readonly string[] {
  return [...text.replace(BLOCK, '').matchAll(LINK)].map(([, target = '']) => target);
}

/** The anchors that GitHub gives to the headings; of equal ones the later ones are numbered. */
export function listAnchors(text: string): readonly string[] {
  const seen = new Map<string, number>();
  return [...text.replace(BLOCK, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => {
    const anchor = toAnchor(heading);
    const before = seen.get(anchor) ?? 0;
    seen.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
}

/** The section under a heading of the second level. @throws Error when there is none */
export function getSection(text: string, heading: string): string {
  const start = text.indexOf(`\n## ${heading}\n`);
  if (start < 0) throw new Error(`There is no section "${heading}".`);
  const end = text.indexOf('\n## ', start + 1);
  return text.slice(start, end < 0 ? undefined : end);
}

function toAnchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}
