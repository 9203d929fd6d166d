import { describe, expect, it } from 'vitest';
import { isAllowedHost, parseHostList } from '../../src/media/hosts.ts';

function isAllowed(address: string, list: string): boolean {
  return isAllowedHost(new URL(address), parseHostList(list));
}

describe('isAllowedHost', () => {
  it.each([
    ['https://cdn1.suno.ai/a.mp3', 'cdn1.suno.ai'],
    ['https://CDN1.Suno.AI/a.mp3', 'cdn1.suno.ai'],
    ['https://cdn1.suno.ai/a.mp3', 'CDN1.SUNO.AI'],
    ['https://cdn1.suno.ai./a.mp3', 'cdn1.suno.ai'],
    ['https://cdn1.suno.ai/a.mp3', 'cdn1.suno.ai.'],
    ['https://cdn1.suno.ai:443/a.mp3', 'cdn1.suno.ai'],
    ['https://cdn1.suno.ai:8443/a.mp3', 'cdn1.suno.ai:8443'],
    ['https://cdn1.suno.ai/a.mp3', 'cdn1.suno.ai:443'],
    ['http://127.0.0.1/a.mp3', '127.0.0.1:80'],
    ['https://cdn9.suno.ai/a.mp3', '.suno.ai'],
    ['https://a.b.suno.ai/a.mp3', 'x.y, .suno.ai'],
    ['https://xn--mller-kva.example/', 'müller.example'],
    ['http://127.0.0.1:3001/a.mp3', '127.0.0.1:3001'],
    ['http://127.0.0.1:3001/a.mp3', '127.0.0.1'],
    ['http://localhost:3001/a.mp3', 'localhost:3001'],
    ['http://[::1]:3001/a.mp3', '[::1]:3001'],
    ['http://[::1]:3001/a.mp3', '::1'],
    ['http://2130706433:3001/a.mp3', '127.0.0.1:3001'],
  ])('allows %s by %s', (address, list) => {
    expect(isAllowed(address, list)).toBe(true);
  });

  it.each([
    ['https://suno.ai/a.mp3', '.suno.ai'],
    ['https://evilsuno.ai/a.mp3', '.suno.ai'],
    ['https://suno.ai.evil.example/a.mp3', '.suno.ai'],
    ['https://cdn1.suno.ai.evil.example/a.mp3', 'cdn1.suno.ai'],
    ['https://x.cdn1.suno.ai/a.mp3', 'cdn1.suno.ai'],
    ['https://cdn1.suno.ai:8443/a.mp3', 'cdn1.suno.ai'],
    ['https://cdn1.suno.ai/a.mp3', 'cdn1.suno.ai:8443'],
    ['http://cdn1.suno.ai/a.mp3', 'cdn1.suno.ai'],
    ['http://cdn1.suno.ai:443/a.mp3', 'cdn1.suno.ai:443'],
    ['https://cdn1.suno.ai@evil.example/a.mp3', 'cdn1.suno.ai'],
    ['https://user@cdn1.suno.ai/a.mp3', 'cdn1.suno.ai'],
    ['https://user:pass@cdn1.suno.ai/a.mp3', 'cdn1.suno.ai'],
    ['https://evil.example\\@cdn1.suno.ai/', 'cdn1.suno.ai'],
    ['ftp://127.0.0.1/a.mp3', '127.0.0.1'],
    ['file:///etc/passwd', '127.0.0.1'],
    ['data:audio/mpeg;base64,AAAA', '127.0.0.1'],
    ['http://127.0.0.1:3002/a.mp3', '127.0.0.1:3001'],
    ['http://127.0.0.1.evil.example/a.mp3', '127.0.0.1.evil.example'],
    ['http://169.254.169.254/latest', '169.254.169.254'],
    ['https://anything.example/', ''],
  ])('refuses %s by %j', (address, list) => {
    expect(isAllowed(address, list)).toBe(false);
  });
});

describe('parseHostList', () => {
  it('takes spaces, empty entries and every way to write a host', () => {
    expect(parseHostList(' Cdn1.Suno.AI ,, .suno.ai,localhost:3001 , ::1,[::1]:80,')).toEqual([
      'cdn1.suno.ai',
      '.suno.ai',
      'localhost:3001',
      '[::1]',
      '[::1]:80',
    ]);
  });

  it.each([
    'https://cdn1.suno.ai',
    'cdn1.suno.ai/path',
    '*.suno.ai',
    'a b',
    '.',
    'host:port',
    'u@host',
    'host:99999',
  ])('names the entry %j that is no host', (entry) => {
    expect(() => parseHostList(`cdn1.suno.ai,${entry}`)).toThrow(`"${entry}" is not a host`);
  });
});
