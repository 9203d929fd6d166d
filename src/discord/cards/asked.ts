/** What was asked for, as the fields of an embed. */
import type { APIEmbedField } from 'discord-api-types/v10';
import type { Request } from '../../domain/request.ts';
import { words } from '../../words/words.ts';
import { formatDuration, formatLink, plain } from '../messages/text.ts';

/** The clip that a request works on, as a card names it. */
export interface ParentView {
  /** Empty = none, or hidden. */
  readonly title: string;
  /** Its title is not for those who read the card. */
  readonly isHidden?: boolean | undefined;
  /** Address of its card, if it has one that the reader may know. */
  readonly link?: string | undefined;
  /** The other one, where a request works on two. */
  readonly other?: ParentView | undefined;
}

const MAX_TEXT_LENGTH = 700;
const MAX_TAGS_LENGTH = 300;
const MAX_OPTIONS_LENGTH = 300;

/**
 * Prompt, lyrics, tags and options of a request; whatever was left out is not mentioned.
 *
 * @param sentModel - What MusicAPI was asked for: MusicAPI makes earlier models with later ones. @defaultValue as asked
 */
export function buildAskedFields(
  request: Request,
  parent: ParentView | undefined,
  sentModel?: string,
): APIEmbedField[] {
  const { prompt, lyrics, tags, describe } = request;
  const { fields: names } = words().cards;
  const fields = [
    { name: names.prompt, value: plain(prompt ?? '', MAX_TEXT_LENGTH, { lines: 'keep' }) },
    { name: names.lyrics, value: plain(lyrics ?? '', MAX_TEXT_LENGTH, { lines: 'keep' }) },
    { name: names.tags, value: plain(tags ?? '', MAX_TAGS_LENGTH) },
    { name: names.describe, value: plain(describe ?? '', MAX_TEXT_LENGTH) },
    { name: names.options, value: plain(listOptions(request, sentModel).join(', '), MAX_OPTIONS_LENGTH) },
    { name: names.parent, value: parent ? formatParent(parent) : '' },
  ];
  return fields.filter(({ value }) => value !== '');
}

/** The parent's title, as a link where it has one; both titles where there are two. */
export function formatParent(parent: ParentView): string {
  const { link, other } = parent;
  const shown = nameParent(parent);
  const named = link ? formatLink(shown, link) : plain(shown, 100) || words().answers.untitled;
  return other ? words().units.and({ parts: [named, formatParent(other)] }) : named;
}

/** The parent's title, or what is said in its place. */
export function nameParent({ title, isHidden }: Pick<ParentView, 'title' | 'isHidden'>): string {
  return isHidden ? words().cards.hiddenParent : title.trim() || words().answers.untitled;
}

/** The title that was asked for, if one was. */
export function askedTitle(request: Request): string | undefined {
  return request.title ?? request.name;
}

function listOptions(request: Request, sentModel: string | undefined): string[] {
  const { instrumental, vocals, durationSeconds, styleWeight, weirdness, atSeconds } = request;
  const { fromSeconds, toSeconds, lengthSeconds, strength, variation, model, avoid } = request;
  const { options: say } = words().cards;
  const options: (string | false | undefined)[] = [
    instrumental && say.instrumental,
    vocals && say.voices[vocals],
    timed(say.duration, durationSeconds),
    valued(say.styleWeight, styleWeight),
    valued(say.weirdness, weirdness),
    timed(say.from, atSeconds ?? fromSeconds),
    timed(say.to, toSeconds),
    timed(say.length, lengthSeconds),
    valued(say.strength, strength),
    variation && say.variations[variation],
    request.persona && say.singer({ name: request.persona.name }),
    request.file && say.file({ name: request.file.name }),
    request.format,
    model && describeModel(model, sentModel),
    avoid && say.avoid({ styles: avoid }),
  ];
  return options.filter((option): option is string => Boolean(option));
}

function describeModel(asked: string, sent = asked): string {
  if (asked.trim().toLowerCase() === sent.toLowerCase()) return sent;
  return words().cards.options.model({ asked: asked.trim(), sent });
}

function valued(say: (value: { value: number }) => string, value: number | undefined): string | undefined {
  return value === undefined ? undefined : say({ value });
}

function timed(say: (time: { time: string }) => string, seconds: number | undefined): string | undefined {
  return seconds === undefined ? undefined : say({ time: formatDuration(seconds) });
}
