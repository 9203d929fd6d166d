/** The message that carries the separated tracks of a clip. */
import { EmbedBuilder } from '@discordjs/builders';
import type { ClipReference } from '../../domain/request.ts';
import { words } from '../../words/words.ts';
import { formatParent } from '../cards/asked.ts';
import { buildButton, buildMessage, buildRow, type CardMessage, COLOURS } from '../messages/message.ts';
import { formatCredits, plain } from '../messages/text.ts';

/** One message of stems, and what has to be known around it to show it. */
export interface StemsView {
  /** The piece that was taken apart. */
  readonly sourceClip: ClipReference & {
    readonly title?: string | undefined;
    readonly link?: string | undefined;
  };
  /** Names of the stems in this message, in the order of its files. */
  readonly titles: readonly string[];
  readonly deliveryId: string;
  /** Which message of the delivery it is, from 0. */
  readonly part: number;
  /** How many messages the delivery has, where that is known. */
  readonly parts?: number | undefined;
  /** Pings the requester. */
  readonly mention: boolean;
  readonly requesterId: string;
  readonly price: number;
  /** A sentence about these very files, e.g. that one was too large and why. */
  readonly note?: string | undefined;
}

const MAX_LISTED = 25;
const MAX_NAME_LENGTH = 60;
const MAX_NOTE_LENGTH = 500;

/** Builds one message of stems; its row leads back to the source clip. */
export function buildStemsMessage(view: StemsView): CardMessage {
  const { sourceClip, titles, deliveryId, part, mention, requesterId } = view;
  const { clipId, engine, source } = sourceClip;
  const say = words().delivery.stems;
  const { fields } = words().cards;
  const title = plain(sourceClip.title ?? '', 100) || words().answers.untitled;
  const names = titles.slice(0, MAX_LISTED).map((name) => `- ${plain(name, MAX_NAME_LENGTH) || say.stem}`);
  const rest = titles.length - names.length;
  const lines = [
    ...names,
    ...(rest > 0 ? [say.more({ stems: rest })] : []),
    plain(view.note ?? '', MAX_NOTE_LENGTH),
  ];
  const embed = new EmbedBuilder()
    .setColor(COLOURS.good)
    .setTitle(words().delivery.names.stems({ title }))
    .setDescription(lines.filter(Boolean).join('\n') || say.none)
    .addFields(
      {
        name: fields.parent,
        value: formatParent({ title: sourceClip.title ?? '', link: sourceClip.link }),
        inline: true,
      },
      { name: fields.price, value: formatCredits(view.price), inline: true },
      { name: fields.requester, value: `<@${requesterId}>`, inline: true },
    );
  const files = describeFiles(view);
  return buildMessage({
    content: mention ? say.ready({ who: `<@${requesterId}>`, title, files }) : say.here({ title, files }),
    embed,
    rows: [
      buildRow(
        buildButton(words().delivery.buttons.more, {
          action: 'more',
          clip: { clipId, engine, source },
          deliveryId,
          part,
        }),
      ),
    ],
    pings: mention ? requesterId : undefined,
  });
}

function describeFiles({ titles, part, parts }: StemsView): string {
  const say = words().delivery.stems;
  const files = titles.length;
  if (parts !== undefined && parts > 1) return say.filesInPartOf({ files, part: part + 1, parts });
  return parts === undefined && part > 0 ? say.filesInPart({ files, part: part + 1 }) : say.files({ files });
}
