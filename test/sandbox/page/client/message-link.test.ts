import { describe, expect, it } from 'vitest';
import { parseMessageLink } from '../../../../sandbox/page/client/message-link.ts';

describe('parseMessageLink', () => {
  it.each([
    ['https://discord.com/channels/1/2/3', { channelId: '2', messageId: '3' }],
    ['https://canary.discord.com/channels/@me/2/3/', { channelId: '2', messageId: '3' }],
    ['https://discord.com/channels/1/2', { channelId: '2', messageId: undefined }],
    ['https://discord.com/developers/docs', undefined],
    ['https://example.com/channels/1/2/3', undefined],
    ['https://discord.com.example.com/channels/1/2/3', undefined],
  ])('reads %s', (url, expected) => {
    expect(parseMessageLink(url)).toEqual(expected);
  });
});
