/** What came of a song, as a field of its card. */
import type { APIEmbed, APIEmbedField } from 'discord-api-types/v10';
import { LANGUAGES, words, wordsOf } from '../../words/words.ts';
import { formatLink } from '../messages/text.ts';

/** What came of a song. */
export interface ChildrenView {
  /** The newest first. */
  readonly shown: readonly { readonly title: string; readonly link: string }[];
  /** How many there are besides. */
  readonly more: number;
}

/** A field takes 1,024 characters (Discord: Embed Limits): five links of this length stay below. */
const MAX_TITLE_LENGTH = 60;

/** The value of the field. */
export function formatChildren({ shown, more }: ChildrenView): string {
  const links = shown.map(({ title, link }) => formatLink(title, link, MAX_TITLE_LENGTH));
  return [...links, ...(more > 0 ? [words().library.children.more({ count: more })] : [])].join('\n');
}

/** The same embed with the field, in the place of the one that it had. */
export function withChildren(embed: APIEmbed, children: ChildrenView): APIEmbed {
  const { field } = words().library.children;
  const names = LANGUAGES.map((language) => wordsOf(language).library.children.field);
  const others = (embed.fields ?? []).filter(({ name }) => !names.includes(name));
  const own: APIEmbedField = { name: field, value: formatChildren(children) };
  return { ...embed, fields: [...others, own] };
}
