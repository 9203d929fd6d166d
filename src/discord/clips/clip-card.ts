/** The message that shows one finished clip, with everything that can be done next. */
import { EmbedBuilder } from '@discordjs/builders';
import type { APIEmbed, APIEmbedField } from 'discord-api-types/v10';
import { type Clip, referenceOf } from '../../domain/clip.ts';
import type { Request } from '../../domain/request.ts';
import type { Words } from '../../words/en.ts';
import { LANGUAGES, words, wordsOf } from '../../words/words.ts';
import { formatParent, type ParentView } from '../cards/asked.ts';
import { type ChildrenView, formatChildren } from '../library/children-field.ts';
import { titleOf } from '../messages/clip-title.ts';
import {
  type ButtonRow,
  buildButton,
  buildMessage,
  buildRow,
  type CardMessage,
  COLOURS,
  parseWebUrl,
} from '../messages/message.ts';
import { formatCredits, formatDuration, parsePlain, parseTime, plain } from '../messages/text.ts';

/** A clip, and what has to be known around it to show it. */
export interface ClipCardView {
  readonly clip: Clip;
  /** How many takes its task has. */
  readonly takes: number;
  /** The task that made it, where it is known. */
  readonly task?:
    | {
        readonly request: Request;
        readonly price: number;
        readonly requesterId: string;
        readonly label: string;
      }
    | undefined;
  readonly parent?: ParentView | undefined;
  /** Cover picture: a web address, or `attachment://` and the name of a file of the same message. */
  readonly imageUrl?: string | undefined;
  /** Its waveform, as a file of the same message. */
  readonly waveformUrl?: `attachment://${string}` | undefined;
  readonly hearts: number;
  /** What came of it, each as a link. */
  readonly children?: ChildrenView | undefined;
  /** The delivery that posts it; a card that somebody asked for belongs to none. */
  readonly deliveryId?: string | undefined;
  /** Which message of the delivery it is, where that has several. */
  readonly part?: number | undefined;
  /** Pings the requester. */
  readonly mention: boolean;
  /** A sentence about this very file, e.g. that it was made smaller and why. */
  readonly note?: string | undefined;
}

/** What a pressed card tells about its clip, for forms when the database does not know it. */
export interface CardFacts {
  readonly title?: string | undefined;
  readonly tags?: string | undefined;
  readonly durationSeconds?: number | undefined;
}

const MAX_TITLE_LENGTH = 200;
const MAX_TAGS_LENGTH = 1_000;
const MAX_NOTE_LENGTH = 500;

/** Builds the message of one clip. */
export function buildClipCard(view: ClipCardView): CardMessage {
  const { clip, takes, task, mention, note } = view;
  const requesterId = task?.requesterId ?? clip.ownerId;
  const { answers, clips } = words();
  const title = plain(titleOf(clip), MAX_TITLE_LENGTH) || answers.untitled;
  const what = takes > 1 ? clips.card.takeOf({ title, take: clip.take, takes }) : clips.card.named({ title });
  const embed = new EmbedBuilder().setColor(COLOURS.good).setTitle(title).addFields(fieldsOf(view));
  const description = plain(note ?? '', MAX_NOTE_LENGTH);
  if (description) embed.setDescription(description);
  const picture = pictureOf(view.imageUrl);
  if (picture) embed.setThumbnail(picture);
  if (view.waveformUrl) embed.setImage(view.waveformUrl);
  return buildMessage({
    content: mention ? clips.card.news({ member: `<@${requesterId}>`, news: newsOf(task), what }) : what,
    embed,
    rows: [buildClipRow(view)],
    pings: mention ? requesterId : undefined,
  });
}

/** Nobody made what somebody brought along, or took to another engine. */
function newsOf(task: ClipCardView['task']): string {
  const { ready, copied, uploaded } = words().clips.card;
  if (task?.request.operation !== 'upload') return ready;
  return task.request.clip ? copied : uploaded;
}

/** Reads back what a clip card shows, in whatever language; what was cut off there is left out. */
export function parseClipCard(embeds: readonly APIEmbed[]): CardFacts {
  const [embed] = embeds;
  if (!isClipCard(embed)) return {};
  const length = findField(embed, 'length');
  return {
    title: uncut(embed?.title),
    tags: uncut(findField(embed, 'tags')),
    durationSeconds: length === undefined ? undefined : parseTime(length),
  };
}

/**
 * The part of a clip card that `parseClipCard` reads, to be carried on by a message that offers more for a clip
 * which the database does not know. Undefined for other messages.
 */
export function quoteClipCard(embeds: readonly APIEmbed[]): EmbedBuilder | undefined {
  const [embed] = embeds;
  if (!isClipCard(embed) || !embed?.title) return undefined;
  const { fields } = words().clips.card;
  const quoted = (embed.fields ?? []).flatMap(({ name, ...field }) => {
    const meant = QUOTED_FIELDS.find((one) => isNamed(one, name));
    return meant ? [{ ...field, name: fields[meant] }] : [];
  });
  return new EmbedBuilder().setTitle(embed.title).addFields(quoted);
}

/** Whom a clip card names as the person that it is for; undefined when it does not. */
export function requesterOnCard([embed]: readonly APIEmbed[]): string | undefined {
  return /^<@(\d+)>$/.exec(findField(embed, 'requester') ?? '')?.[1];
}

type CardField = keyof Words['clips']['card']['fields'];

const QUOTED_FIELDS: readonly CardField[] = ['tags', 'engine', 'length'];

/** Cards stay as they are when the language of their server changes. */
function isNamed(field: CardField, name: string): boolean {
  return LANGUAGES.some((language) => wordsOf(language).clips.card.fields[field] === name);
}

function findField(embed: APIEmbed | undefined, field: CardField): string | undefined {
  return embed?.fields?.find(({ name }) => isNamed(field, name))?.value;
}

/** Messages of stems have embeds too, but with the title of something else. */
function isClipCard(embed: APIEmbed | undefined): boolean {
  return findField(embed, 'engine') !== undefined;
}

function buildClipRow({ clip, hearts, deliveryId, part }: ClipCardView): ButtonRow {
  const reference = referenceOf(clip);
  const { buttons } = words().clips.card;
  return buildRow(
    buildButton(buttons.extend, { action: 'extend', clip: reference }),
    buildButton(buttons.cover, { action: 'cover', clip: reference }),
    buildButton(buttons.stems, { action: 'stems', clip: reference }),
    buildButton(buttons.more, { action: 'more', clip: reference, deliveryId, part }),
    buildButton(String(hearts), { action: 'heart', clip: reference }, { emoji: '❤️' }),
  );
}

function fieldsOf({ clip, takes, task, parent, children }: ClipCardView): APIEmbedField[] {
  const { fields: names, priceOf } = words().clips.card;
  const price = task && formatCredits(task.price);
  const fields = [
    { name: names.tags, value: plain(clip.tags ?? '', MAX_TAGS_LENGTH) },
    {
      name: names.engine,
      value: clip.model ? `${clip.engine}, ${plain(clip.model, 60)}` : clip.engine,
      inline: true,
    },
    {
      name: names.length,
      value: clip.durationSeconds === undefined ? '' : formatDuration(clip.durationSeconds),
      inline: true,
    },
    { name: names.madeWith, value: plain(task?.label ?? '', 60), inline: true },
    { name: names.from, value: parent ? formatParent(parent) : '', inline: true },
    {
      name: names.price,
      value: price && takes > 1 ? priceOf({ price, takes }) : (price ?? ''),
      inline: true,
    },
    { name: names.requester, value: `<@${task?.requesterId ?? clip.ownerId}>`, inline: true },
    { name: words().library.children.field, value: children ? formatChildren(children) : '' },
  ];
  return fields.filter(({ value }) => value !== '');
}

function pictureOf(url: string | undefined): string | undefined {
  return url?.startsWith('attachment://') ? url : parseWebUrl(url);
}

function uncut(shown: string | undefined): string | undefined {
  return shown === undefined || shown.endsWith('…') ? undefined : parsePlain(shown);
}
