import { words } from '../../words/words.ts';
import { buildCardEmbed } from '../cards/card-frame.ts';
import type { StatusView } from '../cards/status-card.ts';
import type { Freight } from '../delivery/freight.ts';
import { listFiles } from '../delivery/freight.ts';
import { explainFreight } from '../delivery/freight-words.ts';
import { buildMessage, buildRow, type CardMessage, COLOURS, parseWebUrl } from '../messages/message.ts';
import { formatLink, plain } from '../messages/text.ts';
import { buildAgain, priceOfAgain } from './again.ts';
import type { FetchedTool } from './tool-card.ts';

/** What became of fetching the files of a result. */
export type FetchOutcome =
  | { readonly kind: 'loaded'; readonly freight: Freight }
  /** Not now. */
  | { readonly kind: 'held'; readonly reason: 'unlisted-host' | 'unavailable'; readonly host?: string };

const MAX_INSTRUMENTS = 20;
const MAX_NAME_LENGTH = 60;

/** Files of a song that were asked for: attached, smaller, as a link, or the reason why not. */
export function buildFilesCard(view: StatusView, tool: FetchedTool, outcome: FetchOutcome): CardMessage {
  const parts = tool.kind === 'midi' ? listInstruments(tool) : [];
  if (outcome.kind === 'held') {
    const embed = buildCardEmbed(view, COLOURS.doubtful);
    return buildMessage({ embed: embed.setDescription([describeHeld(outcome), ...parts].join('\n')) });
  }
  const { freight } = outcome;
  const say = words().tools.files;
  const links = linksOf(freight);
  const isThere = listFiles(freight).length > 0;
  const isWhole = isThere && freight.clips.every(({ missing }) => missing === undefined);
  const lines = [
    isThere ? say.attached : freight.clips.length === 0 ? say.none : words().cards.ends.made,
    plain(explainFreight(freight)?.reason ?? '', 500),
    ...links.map(({ name, url }) => words().delivery.links.download({ link: formatLink(name, url) })),
    links.length > 0 ? words().delivery.links.ends : '',
    isWhole ? '' : say.again({ price: priceOfAgain(view) }),
    ...parts,
  ];
  const embed = buildCardEmbed(view, isWhole ? COLOURS.good : COLOURS.doubtful);
  return buildMessage({
    embed: embed.setDescription(lines.filter(Boolean).join('\n')),
    rows: isWhole || view.retried ? [] : [buildRow(buildAgain(view))],
  });
}

function describeHeld({ reason, host }: Extract<FetchOutcome, { kind: 'held' }>): string {
  const say = words().tools.files;
  if (reason === 'unavailable') return say.unavailable;
  return host ? say.unlisted({ host: plain(host, 100) }) : say.unlistedUnnamed;
}

function linksOf(freight: Freight) {
  return (explainFreight(freight)?.links ?? []).flatMap(({ name, url }) => {
    const address = parseWebUrl(url);
    return address ? [{ name, url: address }] : [];
  });
}

function listInstruments({ instruments }: Extract<FetchedTool, { kind: 'midi' }>): string[] {
  const say = words().tools.files;
  const lines = instruments
    .slice(0, MAX_INSTRUMENTS)
    .map(({ name, notes }) => say.instrument({ name: plain(name, MAX_NAME_LENGTH) || say.part, notes }));
  const rest = instruments.length - lines.length;
  return rest > 0 ? [...lines, say.moreParts({ parts: rest })] : lines;
}
