import { describe, expect, it } from 'vitest';
import { listAttachmentHosts } from '../../src/media/attachment-hosts.ts';

describe('listAttachmentHosts', () => {
  it.each(['https://discord.com/api', 'https://canary.discord.com/api', 'https://discordapp.com/api'])(
    'is where Discord keeps attachments for %s',
    (apiUrl) => {
      expect(listAttachmentHosts(apiUrl)).toEqual(['cdn.discordapp.com', 'media.discordapp.net']);
    },
  );

  it('adds the host of another API', () => {
    expect(listAttachmentHosts('http://127.0.0.1:4100/api')).toEqual([
      'cdn.discordapp.com',
      'media.discordapp.net',
      '127.0.0.1:4100',
    ]);
    expect(listAttachmentHosts('https://not-discord.com/api')).toContain('not-discord.com');
  });
});
