/** The public answer of `/clip tree`: a family as an indented list. */
import { EmbedBuilder } from '@discordjs/builders';
import type { Clip } from '../../domain/clip.ts';
import { operationWords } from '../../words/operation-words.ts';
import { words } from '../../words/words.ts';
import { titleOf } from '../messages/clip-title.ts';
import { buildMessage, type CardMessage, COLOURS } from '../messages/message.ts';
import { formatLink, plain } from '../messages/text.ts';
import type { Reading } from './card-links.ts';
import type { Family, FamilyMember } from './family.ts';

const MAX_LINES = 30;
/** An embed takes 4,096 characters (Discord: Embed Limits); the rest is for what is said of further lines. */
const MAX_LENGTH = 3_900;
const MAX_TITLE_LENGTH = 60;
/** Generations further down are not moved further in: telephones are narrow. */
const MAX_INDENT = 6;
const INDENT = '\u2003';

/** Builds the list; the clip that was named is marked. */
export function buildFamilyTree(family: Family, named: Clip, reading: Reading): CardMessage {
  const say = words().library.tree;
  const lines = family.hasUnknownParent ? [say.unknown] : [];
  const start = lines.length;
  let namedAt = 0;
  const walk = (member: FamilyMember, depth: number) => {
    if (member.relative.clipId === named.clipId) namedAt = lines.length;
    lines.push(indent(depth) + formatMember(member, family, named, reading));
    for (const child of member.children) walk(child, depth + 1);
  };
  walk(family.root, start);
  const isAlone = lines.length === 1;
  const title = plain(titleOf(named), 200) || words().answers.untitled;
  const embed = new EmbedBuilder()
    .setColor(COLOURS.working)
    .setTitle(say.title({ title }))
    .setDescription([...cutAround(lines, namedAt), ...(isAlone ? ['', say.alone] : [])].join('\n'));
  return buildMessage({ embed });
}

function indent(depth: number): string {
  return depth === 0 ? '' : `${INDENT.repeat(Math.min(depth, MAX_INDENT) - 1)}└ `;
}

function formatMember(
  { relative, clip, count }: FamilyMember,
  { cards }: Family,
  named: Clip,
  reading: Reading,
): string {
  const say = words().library.tree;
  const { clipId, engine, operation, isDeleted } = relative;
  const made = operation ? operationWords({ engine, id: operation }).label : engine;
  const link = isDeleted ? undefined : cards.link(clipId, reading);
  const nameAs = (text: string) =>
    link ? formatLink(text, link, MAX_TITLE_LENGTH) : plain(text, MAX_TITLE_LENGTH);
  if (count !== undefined) return say.stems({ name: nameAs(made), count });
  if (!clip) return say.hidden;
  const name = nameAs(titleOf(clip)) || words().answers.untitled;
  const line = say.member({ name, made, take: clip.take });
  return clipId === named.clipId ? say.named({ line }) : line;
}

/** As many lines around the one that was asked about as a message takes. */
function cutAround(lines: readonly string[], at: number): readonly string[] {
  const from = Math.max(0, Math.min(at - Math.floor(MAX_LINES / 2), lines.length - MAX_LINES));
  const kept: string[] = [];
  let length = 0;
  for (const line of lines.slice(from, from + MAX_LINES)) {
    length += line.length + 1;
    if (length > MAX_LENGTH) break;
    kept.push(line);
  }
  const left = lines.length - kept.length;
  if (left === 0) return kept;
  const more = words().library.tree.more({ count: left });
  return [...(from > 0 ? ['…'] : []), ...kept, more];
}
