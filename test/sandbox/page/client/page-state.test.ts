import { describe, expect, it } from 'vitest';
import {
  nameOf,
  openChannel,
  openServer,
  type PageEvent,
  shownMessages,
  unreadIn,
} from '../../../../sandbox/page/client/page-state.ts';
import { ANNA, annaSees, BEN, channelView, play, shown, stateView } from './page-fixture.ts';

const idsIn = (state: Parameters<typeof shownMessages>[0]) =>
  shownMessages(state).map(({ message }) => message.id);

describe('reduce', () => {
  it('opens the first channel, and names direct messages after the bot', () => {
    const state = annaSees();
    expect(openChannel(state)?.name).toBe('songs');
    expect(openServer(state)?.name).toBe('Music Makers');
    expect(state.places?.dm.name).toBe('Encore');
  });

  it('puts new messages in their place, and edited ones in that of the old', () => {
    const state = play(
      [
        { type: 'message', data: shown('103') },
        { type: 'message', data: shown('102') },
        { type: 'message', data: shown('101', { content: 'edited' }) },
      ],
      annaSees([shown('101')]),
    );
    expect(idsIn(state)).toEqual(['101', '102', '103']);
    expect(shownMessages(state)[0]?.message.content).toBe('edited');
  });

  it('drops deleted messages, and hides those that were put away', () => {
    const state = play(
      [
        { type: 'gone', data: { channelId: '1', messageId: '101' } },
        { type: 'dismiss', messageId: '102' },
      ],
      annaSees([shown('101'), shown('102'), shown('103')]),
    );
    expect(idsIn(state)).toEqual(['103']);
  });

  it('replaces everything when the stream begins anew, and keeps the open channel', () => {
    const state = play(
      [
        { type: 'open', channelId: '2' },
        { type: 'state', data: stateView([shown('105', { channel_id: '2' })]) },
      ],
      annaSees([shown('101')]),
    );
    expect(idsIn(state)).toEqual(['105']);
    expect(state.messages.get('1')).toBeUndefined();
  });

  it('goes to the first channel when the open one is no more', () => {
    const { servers, dm } = stateView();
    const places = { servers: servers.map((one) => ({ ...one, channels: [channelView('7', 'new')] })), dm };
    const state = play(
      [
        { type: 'open', channelId: '2' },
        { type: 'places', data: places },
      ],
      annaSees(),
    );
    expect(state.channelId).toBe('7');
  });

  it('keeps one notice for each message, and forgets all with the person', () => {
    const notice = { channelId: '1', messageId: '101', what: 'Extend', sentence: 'This interaction failed' };
    const state = play(
      [
        { type: 'notice', notice },
        { type: 'notice', notice: { ...notice, messageId: undefined, what: '/create' } },
        { type: 'notice', notice: { ...notice, what: 'Cover' } },
      ],
      annaSees(),
    );
    expect(state.notices.map(({ id, what }) => [id, what])).toEqual([
      [2, '/create'],
      [3, 'Cover'],
    ]);
    expect(play([{ type: 'dismiss-notice', id: 2 }], state).notices).toHaveLength(1);
    expect(play([{ type: 'become', person: BEN }], state).notices).toEqual([]);
  });

  it('shows what came of something to the one who did it, and not to whom one has become meanwhile', () => {
    const modal = { id: '9', title: 'Extend', rows: [] };
    const opened: PageEvent = { type: 'outcome', personId: ANNA.id, event: { type: 'modal', modal } };
    expect(play([opened], annaSees()).modal).toBe(modal);
    expect(play([{ type: 'become', person: BEN }, opened], annaSees()).modal).toBeUndefined();
  });
});

describe('unreadIn', () => {
  const talk = { channel_id: '2' };

  it('counts what others wrote since, and what of it called this person', () => {
    const own = { ...talk, author: { ...shown('1').message.author, id: ANNA.id } };
    const state = play(
      [
        { type: 'message', data: shown('102', talk) },
        { type: 'message', data: shown('103', talk, { pinged: true }) },
        { type: 'message', data: shown('104', own) },
      ],
      annaSees([shown('101', talk)]),
    );
    expect(unreadIn(state, '2')).toEqual({ count: 2, pings: 1 });
    expect(unreadIn(play([{ type: 'open', channelId: '2' }], state), '2')).toEqual({ count: 0, pings: 0 });
  });

  it('reads along in the open channel', () => {
    expect(unreadIn(play([{ type: 'message', data: shown('102') }], annaSees()), '1').count).toBe(0);
  });

  it('keeps what each person has read', () => {
    const messages = [shown('101', talk)];
    const ben = play(
      [
        { type: 'become', person: BEN },
        { type: 'state', data: stateView(messages) },
      ],
      annaSees(messages),
    );
    expect(unreadIn(ben, '2').count).toBe(1);
    const anna = play(
      [
        { type: 'become', person: ANNA },
        { type: 'state', data: stateView(messages) },
      ],
      ben,
    );
    expect(unreadIn(anna, '2').count).toBe(0);
  });
});

describe('nameOf', () => {
  it.each([
    ['10', 'Encore'],
    ['12', 'Ben'],
    ['6', 'Band'],
    ['2', 'talk'],
    ['99', '99'],
  ])('names %s', (id, expected) => {
    expect(nameOf(annaSees(), id)).toBe(expected);
  });
});
