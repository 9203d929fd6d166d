import type {
  ChannelView,
  Control,
  ModalView,
  Named,
  PersonView,
  PlacesView,
  ServerView,
  ShownMessage,
  StreamEvents,
  WorldView,
} from '../protocol.ts';
import { compareIds, dropMessage, type Messages, putMessage } from './message-map.ts';

/** Something that went wrong with an interaction and that only this person sees. */
export interface Notice {
  readonly id: number;
  readonly channelId: string;
  /** The message whose button or menu it was; undefined for a command. */
  readonly messageId: string | undefined;
  /** What the person did: "/create", "Extend". */
  readonly what: string;
  readonly sentence: string;
}

/** Everything that the page shows; replaced as a whole by every change. */
export interface PageState {
  readonly connection: 'connecting' | 'open' | 'lost';
  readonly world: WorldView | undefined;
  /** Who sits in front of the page. */
  readonly person: PersonView | undefined;
  readonly places: PlacesView | undefined;
  /** The open channel. */
  readonly channelId: string | undefined;
  readonly messages: Messages;
  readonly controls: readonly Control[];
  /** Grows when the commands are to be asked for again. */
  readonly commandsVersion: number;
  /** The last message read, by person and channel, see {@link unreadIn}. */
  readonly lastRead: ReadonlyMap<string, string>;
  /** Private messages that were put away. */
  readonly dismissed: ReadonlySet<string>;
  readonly notices: readonly Notice[];
  /** The modal that waits to be filled in. */
  readonly modal: ModalView | undefined;
}

type StreamEvent = {
  [Name in keyof StreamEvents]: { readonly type: Name; readonly data: StreamEvents[Name] };
}[keyof StreamEvents];

/** What changes the state. */
export type PageEvent =
  | StreamEvent
  | { readonly type: 'connection'; readonly connection: PageState['connection'] }
  | { readonly type: 'world'; readonly world: WorldView }
  | { readonly type: 'become'; readonly person: PersonView }
  | { readonly type: 'open'; readonly channelId: string }
  | { readonly type: 'dismiss'; readonly messageId: string }
  | { readonly type: 'notice'; readonly notice: Omit<Notice, 'id'> }
  | { readonly type: 'dismiss-notice'; readonly id: number }
  | { readonly type: 'modal'; readonly modal: ModalView | undefined }
  /** What came of something that a person did: it means nothing to somebody else, whom one may be by now. */
  | { readonly type: 'outcome'; readonly personId: string | undefined; readonly event: PageEvent };

/** Before anything is known. */
export const INITIAL_STATE: PageState = {
  connection: 'connecting',
  world: undefined,
  person: undefined,
  places: undefined,
  channelId: undefined,
  messages: new Map(),
  controls: [],
  commandsVersion: 0,
  lastRead: new Map(),
  dismissed: new Set(),
  notices: [],
  modal: undefined,
};

/** The state after an event. */
export function reduce(state: PageState, event: PageEvent): PageState {
  switch (event.type) {
    case 'connection':
      return { ...state, connection: event.connection };
    case 'world':
      return { ...state, world: event.world };
    case 'become':
      return {
        ...state,
        person: event.person,
        places: undefined,
        messages: new Map(),
        notices: [],
        modal: undefined,
      };
    case 'open':
      return markRead({ ...state, channelId: event.channelId });
    case 'state':
      return takeState(state, event.data);
    case 'places':
      return keepChannel({ ...state, places: namePlaces(state, event.data) });
    case 'message':
      return markRead({ ...state, messages: putMessage(state.messages, event.data) });
    case 'gone':
      return { ...state, messages: dropMessage(state.messages, event.data) };
    case 'controls':
      return { ...state, controls: event.data };
    case 'commands':
      return { ...state, commandsVersion: state.commandsVersion + 1 };
    case 'dismiss':
      return { ...state, dismissed: new Set([...state.dismissed, event.messageId]) };
    case 'notice': {
      const id = (state.notices.at(-1)?.id ?? 0) + 1;
      const others = state.notices.filter(
        ({ messageId }) => messageId === undefined || messageId !== event.notice.messageId,
      );
      return { ...state, notices: [...others, { ...event.notice, id }] };
    }
    case 'dismiss-notice':
      return { ...state, notices: state.notices.filter(({ id }) => id !== event.id) };
    case 'modal':
      return { ...state, modal: event.modal };
    case 'outcome':
      return state.person?.id === event.personId ? reduce(state, event.event) : state;
    default:
      return event satisfies never;
  }
}

/** The open channel, as far as this person sees it. */
export function openChannel(state: PageState): ChannelView | undefined {
  return findChannel(state, state.channelId);
}

/** A channel or thread that this person sees. */
export function findChannel({ places }: PageState, id: string | undefined): ChannelView | undefined {
  return listChannels(places).find((channel) => channel.id === id);
}

/** The server of the open channel; undefined in direct messages. */
export function openServer(state: PageState): ServerView | undefined {
  return state.places?.servers.find(({ channels }) => channels.some(({ id }) => id === state.channelId));
}

/** What stands in the open channel, oldest first, without what was put away. */
export function shownMessages(state: PageState): readonly ShownMessage[] {
  const all = state.messages.get(state.channelId ?? '') ?? [];
  return all.filter(({ message }) => !state.dismissed.has(message.id));
}

/** A message that this person sees, wherever it is. */
export function findMessage(state: PageState, id: string | undefined): ShownMessage['message'] | undefined {
  return [...state.messages.values()].flat().find(({ message }) => message.id === id)?.message;
}

/** How many messages of others wait in a channel, and how many of them called this person. */
export function unreadIn(state: PageState, channelId: string): { count: number; pings: number } {
  const last = state.lastRead.get(readKey(state, channelId)) ?? '0';
  const unread = (state.messages.get(channelId) ?? []).filter(
    ({ message }) => compareIds(message.id, last) > 0 && message.author.id !== state.person?.id,
  );
  return { count: unread.length, pings: unread.filter(({ pinged }) => pinged).length };
}

/** The name of a person, role or channel as mentions show it; the id where there is none. */
export function nameOf(state: PageState, id: string): string {
  const { world, places } = state;
  const known: readonly Named[] = [
    ...(world ? [world.bot, ...world.people] : []),
    ...(places?.servers.flatMap(({ members, roles }) => [...members, ...roles]) ?? []),
    ...listChannels(places),
  ];
  return known.find((one) => one.id === id)?.name ?? id;
}

/** All channels of a person: those of the servers, then the direct messages. */
function listChannels(places: PlacesView | undefined): readonly ChannelView[] {
  return places ? [...places.servers.flatMap(({ channels }) => channels), places.dm] : [];
}

function takeState(state: PageState, { messages, controls, ...places }: StreamEvents['state']): PageState {
  const byChannel = Map.groupBy(messages, ({ message }) => message.channel_id);
  const next = keepChannel({ ...state, places: namePlaces(state, places), messages: byChannel, controls });
  // What was there before the page was opened is not news.
  const isFirst = state.lastRead.size === 0;
  return markRead(next, isFirst ? [...byChannel.keys()] : undefined);
}

/** Clients name direct messages after the other one. */
function namePlaces({ world }: PageState, { servers, dm }: PlacesView): PlacesView {
  return { servers, dm: { ...dm, name: world?.bot.name ?? dm.name } };
}

/** Stays in the open channel while there is one, else goes to the first. */
function keepChannel(state: PageState): PageState {
  const channels = listChannels(state.places);
  if (channels.some(({ id }) => id === state.channelId)) return state;
  return { ...state, channelId: channels[0]?.id };
}

function markRead(state: PageState, channelIds = state.channelId ? [state.channelId] : []): PageState {
  const lastRead = new Map(state.lastRead);
  for (const id of channelIds) {
    const last = state.messages.get(id)?.at(-1);
    if (last) lastRead.set(readKey(state, id), last.message.id);
  }
  return { ...state, lastRead };
}

function readKey({ person }: PageState, channelId: string): string {
  return `${person?.id}/${channelId}`;
}
