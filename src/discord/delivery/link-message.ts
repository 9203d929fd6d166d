/** The lower rungs of a delivery: the same message as with the file, with a link or with words instead of it. */
import { words } from '../../words/words.ts';
import { type CardMessage, parseWebUrl } from '../messages/message.ts';
import { formatLink, plain } from '../messages/text.ts';

/** Why a message has no file, and what it has instead. */
export interface LinkReason {
  /** One sentence for the person. */
  readonly reason: string;
  /** Where the audio can be had; none for the rung of words. */
  readonly links: readonly { readonly name: string; readonly url: string }[];
}

/** An embed takes 4,096 characters of description and 6,000 in all (Discord: Embed Limits). */
const MAX_DESCRIPTION_LENGTH = 3_000;

/** Turns the message of a clip or of stems into the one without its files; buttons and mention stay. */
export function buildLinkMessage(card: CardMessage, { reason, links }: LinkReason): CardMessage {
  const [embed = {}, ...others] = card.embeds;
  const say = words().delivery.links;
  const lines = links.flatMap(({ name, url }) => {
    const address = parseWebUrl(url);
    return address ? [say.download({ link: formatLink(name, address) })] : [];
  });
  const first = plain(reason, 500);
  const shown = listFitting(lines, MAX_DESCRIPTION_LENGTH - first.length);
  const last =
    lines.length === 0
      ? say.none
      : shown.length < lines.length
        ? say.more({ files: lines.length - shown.length })
        : say.ends;
  const description = [embed.description, first, ...shown, last].filter(Boolean).join('\n');
  return { ...card, embeds: [{ ...embed, description }, ...others] };
}

function listFitting(lines: readonly string[], maxLength: number): readonly string[] {
  let length = 0;
  return lines.filter((line) => {
    length += line.length + 1;
    return length <= maxLength;
  });
}
