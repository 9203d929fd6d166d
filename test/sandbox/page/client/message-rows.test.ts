import { describe, expect, it } from 'vitest';
import { layOutMessages, type Placed } from '../../../../sandbox/page/client/message-rows.ts';

const NOON = Date.UTC(2026, 9, 5, 12);

describe('layOutMessages', () => {
  it('puts messages of one author within seven minutes together', () => {
    expect(groupedOf([message('1', 'anna', 0), message('2', 'anna', 6), message('3', 'anna', 13)])).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('shows the author again after another one, over a reply, and over an answer to a command', () => {
    const reply = { message_reference: { type: 0, channel_id: '1', message_id: '1' } } as const;
    const messages = [
      message('1', 'anna', 0),
      message('2', 'bot', 1),
      { ...message('3', 'bot', 1), ...reply },
      message('4', 'bot', 2),
    ];
    expect(groupedOf(messages)).toEqual([false, false, false, true]);
  });

  it('opens every day with its date', () => {
    const rows = layOutMessages(
      [message('1', 'anna', 0), message('2', 'anna', 24 * 60)],
      (one) => one,
      'UTC',
    );
    expect(rows.map(({ kind, key }) => `${kind}: ${key}`)).toEqual([
      'day: day 2026-10-05',
      'message: 1',
      'day: day 2026-10-06',
      'message: 2',
    ]);
  });
});

function groupedOf(messages: readonly Placed[]): boolean[] {
  return layOutMessages(messages, (one) => one, 'UTC').flatMap((row) =>
    row.kind === 'message' ? [row.isGrouped] : [],
  );
}

function message(id: string, author: string, minute: number): Placed {
  return {
    id,
    timestamp: new Date(NOON + minute * 60_000).toISOString(),
    author: { id: author, username: author, discriminator: '0', global_name: null, avatar: null },
  };
}
