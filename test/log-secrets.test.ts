import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSecretHider, hideSecrets } from '../src/log-secrets.ts';
import { findSecret } from './support/secret-search.ts';

const KEY = 'sk-3f/9+a~B"c';
const TOKEN = Buffer.from(`interaction:123456789012345678:${'x'.repeat(40)}`).toString('base64');

/** Every way in which a text of ours could carry another one. */
const CARRIERS: Readonly<Record<string, (text: string) => string>> = {
  itself: (text) => text,
  'a line of JSON': (text) => JSON.stringify({ a: { b: [text] } }),
  'JSON in a line of JSON': (text) => JSON.stringify({ body: JSON.stringify({ text }) }),
  'an address': (text) => `https://example.org/?q=${encodeURIComponent(text)}`,
  'an address with small letters': (text) =>
    encodeURIComponent(text).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
  'a form': (text) => new URLSearchParams({ text }).toString(),
  base64: (text) => Buffer.from(`user:${text}!`).toString('base64'),
  'base64 one byte on': (text) => Buffer.from(`:${text}..`).toString('base64'),
  'base64 for addresses': (text) => Buffer.from(`${text}`).toString('base64url'),
  hexadecimal: (text) => Buffer.from(text).toString('hex'),
};

describe('a secret that is named', () => {
  test.each(Object.entries(CARRIERS))('is not to be found in %s', (_, carry) => {
    const line = carry(KEY);
    expect(findSecret(line, [KEY])).toBe(KEY);
    expect(findSecret(hideSecrets(line, [KEY]), [KEY])).toBeUndefined();
  });

  test('is not to be found, whatever it is and wherever it stands', () => {
    const secrets = fc.string({ unit: 'grapheme', minLength: 8, maxLength: 60 });
    const around = fc.string({ maxLength: 5 });
    const carriers = fc.constantFrom(...Object.values(CARRIERS));
    fc.assert(
      fc.property(secrets, around, around, carriers, (secret, before, after, carry) => {
        const safe = hideSecrets(carry(`${before}${secret}${after}`), [secret]);
        expect(findSecret(safe, [secret])).toBeUndefined();
      }),
    );
  });

  test('leaves nothing of another one of which it is a part', () => {
    const password = 'hunter-the-second';
    const address = `postgres://encore:${password}@db/encore`;
    expect(hideSecrets(`connect to ${address} now`, [password, address])).not.toMatch(/hunter|second/);
  });

  test('can be taken back, but not by somebody who was not the first to name it', () => {
    const hider = createSecretHider(['first-secret']);
    hider.add('first-secret')();
    const takeBack = hider.add('other-secret');
    expect(hider.hide('first-secret, other-secret')).toBe('[secret], [secret]');
    takeBack();
    expect(hider.hide('first-secret, other-secret')).toBe('[secret], other-secret');
  });
});

describe('what has the shape of a secret', () => {
  test.each([
    ['a token in a path', `/webhooks/123456789012345678/${TOKEN}/messages/@original`],
    ['a token in an encoded path', `next=${encodeURIComponent(`/interactions/123/${TOKEN}/callback`)}`],
    ['a token alone', `the token ${TOKEN} is dead`],
    ['a field', JSON.stringify({ deep: { deeper: { token: TOKEN } } })],
    ['a field of JSON that is quoted', JSON.stringify({ body: JSON.stringify({ webhook_secret: TOKEN }) })],
    ['a header', `authorization: Bearer ${TOKEN}`],
    ['the password of an address', `cannot connect to postgres://encore:${TOKEN}@db/encore`],
  ])('is hidden though nobody named it: %s', (_, text) => {
    expect(hideSecrets(text, [])).not.toContain(TOKEN.slice(0, 30));
  });

  test('nothing else is', () => {
    const line = JSON.stringify({
      level: 30,
      url: 'http://127.0.0.1:8080/webhooks/musicapi/01K0000000000000000000TASK',
      route: 'PATCH /webhooks/:id/:token/messages/@original',
      key: '',
      reason: 'Bot is missing permissions (50013): see https://discord.com/developers@docs',
      monkey: 'business',
    });
    expect(hideSecrets(line, [])).toBe(line);
  });
});
