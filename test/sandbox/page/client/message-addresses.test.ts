import { describe, expect, it } from 'vitest';
import { keepAddresses } from '../../../../sandbox/page/client/message-addresses.ts';
import { shown } from './page-fixture.ts';

const file = (name: string, signature: string) => ({
  id: name,
  filename: name,
  size: 1,
  url: `/attachments/1/${name}?hm=${signature}`,
  proxy_url: '',
});
const messageWith = (signature: string, names: readonly string[]) =>
  shown('101', {
    attachments: names.map((name) => file(name, signature)),
    embeds: [{ title: 'Night Sea', image: { url: `/attachments/1/wave.png?hm=${signature}` } }],
  }).message;

describe('keepAddresses', () => {
  it('keeps the address of a file that is shown already, and takes that of a new one', () => {
    const { attachments, embeds } = keepAddresses(messageWith('old', ['a']), messageWith('new', ['a', 'b']));
    expect(attachments.map(({ url }) => url)).toEqual(['/attachments/1/a?hm=old', '/attachments/1/b?hm=new']);
    expect(embeds).toEqual([{ title: 'Night Sea', image: { url: '/attachments/1/wave.png?hm=old' } }]);
  });

  it('changes nothing else', () => {
    const after = shown('101', { content: 'edited', embeds: [{ title: 'a' }] }).message;
    expect(keepAddresses(messageWith('old', ['a']), after)).toEqual(after);
  });
});
