/**
 * Custom ids of buttons and forms: everything that a press needs stands in the id itself, so buttons work for
 * ever and without a look-up. Format `1:<action>:…`, at most 100 characters (Discord: Component Reference).
 */
import { CLIP_ID_PATTERN } from '../../domain/clip.ts';
import {
  type ClipReference,
  type ClipSource,
  DOWNLOAD_FORMATS,
  type DownloadFormat,
  ENGINES,
  OPERATION_IDS,
  type OperationId,
} from '../../domain/request.ts';
import { type LibraryPage, readLibraryPage, writeLibraryPage } from './library-ids.ts';
import {
  PICK_OPERATIONS,
  type PickedTimes,
  type PickOperation,
  type PickState,
  readPickedTimes,
  readPickState,
  writePickedTimes,
  writePickState,
} from './pick-ids.ts';
import {
  type Control,
  MY_SECTIONS,
  type MySection,
  readControl,
  SERVER_SECTIONS,
  type ServerSection,
  writeControl,
} from './settings-ids.ts';

/** Actions that name a clip and nothing else. */
const CLIP_ACTIONS = [
  'extend',
  'cover',
  'stems',
  'heart',
  'stems-basic',
  'stems-full',
  'library-show',
  'fetch',
  'pick',
] as const;

/** Actions that name a clip and what to do with it: the press of a menu, and the sent form. */
const OPERATION_ACTIONS = ['do', 'form'] as const;

/** Actions of the private menu of lines: a clip, and how far picking has come. */
const PICK_ACTIONS = ['pick-page', 'pick-line'] as const;

/** Actions of the private More menu: a clip, and the message with its card (in the same channel). */
const MENU_ACTIONS = ['menu-again', 'menu-lyrics', 'menu-id', 'menu-delete'] as const;

/** Actions that name one of our tasks; a voice goes by the task that made it. */
const TASK_ACTIONS = [
  'edit-form',
  'cancel',
  'stop',
  'retry',
  'edit',
  'compose-1',
  'compose-2',
  'create-with',
  'sing',
  'forget',
  'show',
] as const;

/**
 * Actions that name what a person typed, or a file that they pointed at, by the interaction in which they did it.
 */
const DRAFT_ACTIONS = [
  'draft-edit',
  'draft-send',
  'draft-form',
  'audio-pick',
  'audio-extend',
  'audio-cover',
  'audio-sample',
  'audio-upload',
  'audio-create',
] as const;

/** Actions that name one of our deliveries. */
const DELIVERY_ACTIONS = ['repost', 'there'] as const;

/** Actions that open or use a panel, without naming anything in it. */
const PANEL_ACTIONS = ['members', 'members-pick', 'server-show', 'my-show'] as const;

/** Actions that name a member of the server, or whoever wants to be deleted. */
const MEMBER_ACTIONS = [
  'privacy-delete',
  'privacy-keep',
  'member-grant',
  'member-reset',
  'member-block',
  'member-unblock',
  'member-grant-form',
] as const;

/** Actions of controls in the panels of settings: they change something, open its form, or are that form. */
const SERVER_CONTROLS = ['server-set', 'server-ask', 'server-typed'] as const;
const MY_CONTROLS = ['my-set', 'my-ask', 'my-typed'] as const;

/** The private More menu's own actions. */
type MenuAction = (typeof MENU_ACTIONS)[number];

/** What a pressed button or a sent form means. */
export type CustomId =
  | { readonly action: (typeof CLIP_ACTIONS)[number]; readonly clip: ClipReference }
  | {
      readonly action: 'more';
      readonly clip: ClipReference;
      /** The delivery that posted the message, by which a delivery that was cut off finds it again. */
      readonly deliveryId?: string | undefined;
      /** Which message of the delivery it is; only together with `deliveryId`. */
      readonly part?: number | undefined;
    }
  | {
      readonly action: MenuAction;
      readonly clip: ClipReference;
      readonly messageId?: string | undefined;
    }
  | {
      readonly action: (typeof OPERATION_ACTIONS)[number];
      readonly operation: OperationId;
      readonly clip: ClipReference;
      /** Of the file that is wanted, where the operation makes several. */
      readonly format?: DownloadFormat | undefined;
    }
  | { readonly action: (typeof PICK_ACTIONS)[number]; readonly clip: ClipReference; readonly pick: PickState }
  | {
      readonly action: 'pick-do';
      readonly operation: PickOperation;
      readonly clip: ClipReference;
      readonly times: PickedTimes;
    }
  | { readonly action: (typeof TASK_ACTIONS)[number]; readonly taskId: string }
  | { readonly action: (typeof DRAFT_ACTIONS)[number]; readonly draftId: string }
  | { readonly action: (typeof DELIVERY_ACTIONS)[number]; readonly deliveryId: string }
  | { readonly action: (typeof PANEL_ACTIONS)[number] }
  | { readonly action: 'library'; readonly page: LibraryPage }
  | { readonly action: (typeof SERVER_CONTROLS)[number]; readonly control: Control<ServerSection> }
  | { readonly action: (typeof MY_CONTROLS)[number]; readonly control: Control<MySection> }
  | { readonly action: (typeof MEMBER_ACTIONS)[number]; readonly memberId: string };

const VERSION = '1';
const MAX_LENGTH = 100;
const ULID_PATTERN = /^[0-9A-HJKMNP-TV-Z]{26}$/;
const SNOWFLAKE_PATTERN = /^\d{15,20}$/;
const PART_PATTERN = /^(?:0|[1-9]\d{0,2})$/;

/**
 * Writes a custom id.
 * @throws RangeError when a part of it is not of its form, which would make a button that nobody can press.
 */
export function encodeId(id: CustomId): string {
  const text = [VERSION, id.action, ...payloadOf(id)].join(':');
  if (text.length > MAX_LENGTH || decodeId(text) === undefined) {
    throw new RangeError(`not a custom id: ${text}`);
  }
  return text;
}

/** Reads a custom id; undefined for another version, an unknown action or a wrong shape. */
export function decodeId(text: string): CustomId | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const [version, action = '', ...rest] = text.split(':');
  if (version !== VERSION) return undefined;
  if (isOneOf(TASK_ACTIONS, action)) {
    const taskId = onlyOne(rest, ULID_PATTERN);
    return taskId === undefined ? undefined : { action, taskId };
  }
  if (isOneOf(DELIVERY_ACTIONS, action)) {
    const deliveryId = onlyOne(rest, ULID_PATTERN);
    return deliveryId === undefined ? undefined : { action, deliveryId };
  }
  if (isOneOf(DRAFT_ACTIONS, action)) {
    const draftId = onlyOne(rest, SNOWFLAKE_PATTERN);
    return draftId === undefined ? undefined : { action, draftId };
  }
  if (isOneOf(OPERATION_ACTIONS, action)) {
    const [operation = '', ...named] = rest;
    const [format] = named.splice(3);
    const about = named.length === 3 && rest.length <= 5 ? readClip(named) : undefined;
    if (!about || !isOneOf(OPERATION_IDS, operation)) return undefined;
    if (format === undefined) return { action, operation, clip: about };
    return isOneOf(DOWNLOAD_FORMATS, format) ? { action, operation, clip: about, format } : undefined;
  }
  if (action === 'pick-do') {
    const [operation = '', ...named] = rest;
    const about = readClip(named.slice(0, 3));
    const times = readPickedTimes(named.slice(3));
    if (!about || !times || !isOneOf(PICK_OPERATIONS, operation)) return undefined;
    return { action, operation, clip: about, times };
  }
  if (isOneOf(PANEL_ACTIONS, action)) return rest.length === 0 ? { action } : undefined;
  if (isOneOf(MEMBER_ACTIONS, action)) {
    const memberId = onlyOne(rest, SNOWFLAKE_PATTERN);
    return memberId === undefined ? undefined : { action, memberId };
  }
  if (action === 'library') {
    const page = readLibraryPage(rest);
    return page && { action, page };
  }
  if (isOneOf(SERVER_CONTROLS, action)) {
    const control = readControl(SERVER_SECTIONS, rest);
    return control && { action, control };
  }
  if (isOneOf(MY_CONTROLS, action)) {
    const control = readControl(MY_SECTIONS, rest);
    return control && { action, control };
  }
  const clip = readClip(rest.slice(0, 3));
  const tail = rest.slice(3);
  if (!clip) return undefined;
  if (isOneOf(CLIP_ACTIONS, action)) return tail.length === 0 ? { action, clip } : undefined;
  if (isOneOf(PICK_ACTIONS, action)) {
    const pick = readPickState(tail);
    return pick && { action, clip, pick };
  }
  if (isOneOf(MENU_ACTIONS, action)) {
    if (tail.length === 0) return { action, clip };
    const messageId = onlyOne(tail, SNOWFLAKE_PATTERN);
    return messageId === undefined ? undefined : { action, clip, messageId };
  }
  return action === 'more' ? readMore(clip, tail) : undefined;
}

function payloadOf(id: CustomId): string[] {
  if ('taskId' in id) return [id.taskId];
  if ('memberId' in id) return [id.memberId];
  if ('draftId' in id) return [id.draftId];
  if ('page' in id) return writeLibraryPage(id.page);
  if ('control' in id) return writeControl(id.control);
  if (!('clip' in id)) return 'deliveryId' in id ? [id.deliveryId] : [];
  const clip = [id.clip.engine, id.clip.source === 'uploaded' ? 'u' : 'g', id.clip.clipId];
  if (id.action === 'pick-do') return [id.operation, ...clip, ...writePickedTimes(id.times)];
  if ('pick' in id) return [...clip, ...writePickState(id.pick)];
  if ('operation' in id) return [id.operation, ...clip, ...(id.format ? [id.format] : [])];
  if (id.action === 'more') {
    if (id.deliveryId === undefined) return clip;
    return [...clip, id.deliveryId, ...(id.part === undefined ? [] : [String(id.part)])];
  }
  if ('messageId' in id && id.messageId !== undefined) return [...clip, id.messageId];
  return clip;
}

function readClip([engine = '', source = '', clipId = '']: readonly string[]): ClipReference | undefined {
  if (!isOneOf(ENGINES, engine) || !CLIP_ID_PATTERN.test(clipId)) return undefined;
  const sources: Record<string, ClipSource | undefined> = { g: 'generated', u: 'uploaded' };
  const known = Object.hasOwn(sources, source) ? sources[source] : undefined;
  return known && { clipId, engine, source: known };
}

function readMore(clip: ClipReference, tail: readonly string[]): CustomId | undefined {
  const [deliveryId, part] = tail;
  if (deliveryId === undefined) return { action: 'more', clip };
  if (tail.length > 2 || !ULID_PATTERN.test(deliveryId)) return undefined;
  if (part === undefined) return { action: 'more', clip, deliveryId };
  return PART_PATTERN.test(part) ? { action: 'more', clip, deliveryId, part: Number(part) } : undefined;
}

function onlyOne(parts: readonly string[], pattern: RegExp): string | undefined {
  const [only = ''] = parts;
  return parts.length === 1 && pattern.test(only) ? only : undefined;
}

function isOneOf<const T extends string>(list: readonly T[], text: string): text is T {
  return list.some((entry) => entry === text);
}
