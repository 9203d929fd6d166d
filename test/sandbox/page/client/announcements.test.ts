import { describe, expect, it } from 'vitest';
import { announce } from '../../../../sandbox/page/client/announcements.ts';
import { ANNA, annaSees, BEN, play, shown } from './page-fixture.ts';

const LOADING = 128;

describe('announce', () => {
  const before = annaSees([shown('101', { flags: LOADING }), shown('102')]);

  it('says what is new, with who wrote it', () => {
    const message = shown('103', {
      content: '<@11> Your song is ready: **Night Sea**',
      embeds: [{ title: 'Night Sea' }],
    });
    expect(announce(before, play([{ type: 'message', data: message }], before))).toBe(
      'Encore: @Anna Your song is ready: Night Sea. Night Sea',
    );
  });

  it('says an answer when it comes, and whether it is private', () => {
    const answer = shown('101', { content: 'Nothing was spent.' }, { ephemeral: true });
    expect(announce(before, play([{ type: 'message', data: answer }], before))).toBe(
      'Encore, only to you: Nothing was spent.',
    );
  });

  it('keeps silent about progress, own messages, other channels, and answers that are awaited', () => {
    const own = { author: { ...shown('1').message.author, id: ANNA.id } };
    const quiet = [
      shown('102', { content: '40 %' }),
      shown('103', own),
      shown('104', { channel_id: '2' }),
      shown('105', { flags: LOADING }),
    ];
    for (const data of quiet) expect(announce(before, play([{ type: 'message', data }], before))).toBe('');
  });

  it('keeps silent when another channel or person comes up', () => {
    expect(announce(before, play([{ type: 'open', channelId: '2' }], before))).toBe('');
    expect(announce(before, play([{ type: 'become', person: BEN }], before))).toBe('');
  });

  it('cuts long texts short', () => {
    const message = shown('103', { content: 'la '.repeat(500) });
    expect(announce(before, play([{ type: 'message', data: message }], before)).length).toBeLessThan(260);
  });
});
