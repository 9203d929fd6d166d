/** What a status card says about the deliveries of a task that succeeded. */
import type { Clip } from '../../domain/clip.ts';
import type { Delivery, PostedPart } from '../../domain/delivery.ts';
import { words } from '../../words/words.ts';
import { titleOf } from '../messages/clip-title.ts';
import { type ButtonRow, buildButton, buildRow, formatNumberKey, MAX_ROWS } from '../messages/message.ts';
import { formatLink, messageLink, oneLine, plain } from '../messages/text.ts';

interface DeliveriesView {
  readonly deliveries: readonly Delivery[];
  readonly clips: readonly Clip[];
  /** The server in which the request was made. */
  readonly guildId: string | undefined;
  /** Title of the piece that was taken apart, for stems. */
  readonly parentTitle: string | undefined;
}

const MAX_TITLE_LENGTH = 60;

/** Ten links with the longest titles fit into the 2,000 characters of a message, ten lines into an embed. */
const MAX_LISTED = 10;

/** Whether every result is where the person can see it. */
export function isAllDelivered(deliveries: readonly Delivery[]): boolean {
  return deliveries.every(({ state }) => state === 'delivered');
}

/** One line with a link to every message of the results. */
export function formatDelivered(view: DeliveriesView): string {
  const links = view.deliveries.flatMap((delivery) =>
    delivery.posted.map((part) => formatPartLink(view, delivery, part)),
  );
  const say = words().delivery;
  if (links.length === 0) return say.done;
  const shown = links.slice(0, MAX_LISTED);
  const more = links.length - shown.length;
  return more > 0 ? say.doneAtMore({ links: shown, more }) : say.doneAt({ links: shown });
}

/** One line for every delivery, with the reason where one is held up. */
export function listDeliveryLines(view: DeliveriesView): string[] {
  return view.deliveries.slice(0, MAX_LISTED).map((delivery) => {
    const name = plain(nameOf(view, delivery), MAX_TITLE_LENGTH);
    const links = delivery.posted.map((part) => formatPartLink(view, delivery, part));
    if (delivery.state === 'delivered' && links.length > 0) return links.join(', ');
    const line = describeState(delivery, name);
    return links.length > 0 ? words().delivery.states.soFar({ line, links }) : line;
  });
}

/** For every delivery of which nobody knows whether it was posted: the two answers. */
export function listDeliveryRows(deliveries: readonly Delivery[]): ButtonRow[] {
  const undecided = deliveries.filter(({ state }) => state === 'undecided').slice(0, MAX_ROWS);
  const labels = words().delivery.buttons;
  return undecided.map(({ id }, index) => {
    const emoji = undecided.length > 1 ? formatNumberKey(index) : undefined;
    return buildRow(
      buildButton(labels.repost, { action: 'repost', deliveryId: id }, { emoji }),
      buildButton(labels.there, { action: 'there', deliveryId: id }, { emoji }),
    );
  });
}

function describeState(delivery: Delivery, name: string): string {
  const say = words().delivery.states;
  switch (delivery.state) {
    case 'delivered':
      return say.posted({ name });
    case 'undecided':
      return say.undecided({ name });
    case 'undeliverable':
      return say.undeliverable({ name, why: describeSetback(delivery) });
    case 'pending':
    case 'delivering':
      return delivery.setback === undefined ? say.posting({ name }) : describeWait(delivery, name);
    default:
      return delivery.state satisfies never;
  }
}

function describeWait(delivery: Delivery, name: string): string {
  const { setback, dueAt } = delivery;
  const say = words().delivery.states;
  const why = describeSetback(delivery);
  if (setback === 'no-route') return say.noRoute({ name, why });
  if (setback === 'unlisted-host') return say.forHost({ name, why });
  return dueAt === undefined ? say.waiting({ name, why }) : say.trying({ name, why });
}

/** Why a delivery has not happened, as the end of a sentence. */
export function describeSetback({ setback, detail }: Delivery): string {
  const say = words().delivery.setbacks;
  if (setback === undefined) return say.unnamed;
  if (setback !== 'unlisted-host') return say[setback];
  const host = plain(detail ?? '', 100);
  return host ? say.host({ host }) : say.unnamedHost;
}

function nameOf({ clips, parentTitle, deliveries }: DeliveriesView, delivery: Delivery): string {
  const say = words().delivery.names;
  const clip = clips.find(({ clipId }) => delivery.clipIds.includes(clipId));
  if (delivery.kind === 'stems')
    return parentTitle === undefined
      ? say.stemsOfSong
      : say.stems({ title: parentTitle || words().answers.untitled });
  if (!clip) return say.unknown({ take: deliveries.indexOf(delivery) + 1 });
  const take = say.take({ take: clip.take });
  return oneLine(titleOf(clip), MAX_TITLE_LENGTH - take.length) + take;
}

function formatPartLink(view: DeliveriesView, delivery: Delivery, posted: PostedPart): string {
  const place = posted.route === 'direct-message' ? undefined : view.guildId;
  const part = words().delivery.files.part({ part: posted.part + 1 });
  const name = posted.part === 0 ? nameOf(view, delivery) : part;
  if (!posted.messageId) return plain(name, MAX_TITLE_LENGTH);
  return formatLink(name, messageLink(place, posted.channelId, posted.messageId), MAX_TITLE_LENGTH);
}
