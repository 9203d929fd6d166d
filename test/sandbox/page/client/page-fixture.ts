import {
  INITIAL_STATE,
  type PageEvent,
  type PageState,
  reduce,
} from '../../../../sandbox/page/client/page-state.ts';
import type { ChannelView, PersonView, ShownMessage, StateView } from '../../../../sandbox/page/protocol.ts';

export const ANNA: PersonView = { id: '11', name: 'Anna', role: 'owns the server', locale: 'en-US' };
export const BEN: PersonView = { id: '12', name: 'Ben', role: 'member', locale: 'de' };
const BOT = { id: '10', name: 'Encore' };

/** A channel in which the bot may post. */
export function channelView(id: string, name: string): ChannelView {
  return { id, name, parentId: null, ageRestricted: false, botMayPost: true, uploadLimitBytes: 1 };
}

/** A server with the channels `songs` (1) and `talk` (2), direct messages (3), and these messages. */
export function stateView(messages: readonly ShownMessage[] = []): StateView {
  const channels = [channelView('1', 'songs'), channelView('2', 'talk')];
  const members = [BOT, ANNA, BEN].map(({ id, name }) => ({ id, name }));
  return {
    servers: [{ id: '5', name: 'Music Makers', channels, members, roles: [{ id: '6', name: 'Band' }] }],
    dm: channelView('3', 'DM with Anna'),
    messages,
    controls: [],
  };
}

/** A message of the bot in `songs`, or as told otherwise. */
export function shown(
  id: string,
  more: Partial<ShownMessage['message']> = {},
  marks: Partial<ShownMessage> = {},
): ShownMessage {
  return {
    message: {
      id,
      channel_id: '1',
      author: { id: BOT.id, username: 'encore', discriminator: '0001', global_name: null, avatar: null },
      content: `message ${id}`,
      timestamp: '2026-10-05T12:00:00.000Z',
      edited_timestamp: null,
      tts: false,
      mention_everyone: false,
      mentions: [],
      mention_roles: [],
      attachments: [],
      embeds: [],
      pinned: false,
      type: 0,
      ...more,
    },
    ephemeral: false,
    pinged: false,
    ...marks,
  };
}

/** The state after these events. */
export function play(events: readonly PageEvent[], before: PageState = INITIAL_STATE): PageState {
  return events.reduce(reduce, before);
}

/** Anna in front of the page, with these messages. */
export function annaSees(messages: readonly ShownMessage[] = []): PageState {
  return play([
    { type: 'world', world: { bot: BOT, people: [ANNA, BEN] } },
    { type: 'become', person: ANNA },
    { type: 'state', data: stateView(messages) },
  ]);
}
