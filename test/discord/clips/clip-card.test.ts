import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildClipCard,
  type ClipCardView,
  parseClipCard,
  quoteClipCard,
  requesterOnCard,
} from '../../../src/discord/clips/clip-card.ts';
import { buildLinkMessage } from '../../../src/discord/delivery/link-message.ts';
import { buildStemsMessage, type StemsView } from '../../../src/discord/delivery/stems-message.ts';
import { LANGUAGES, speak } from '../../../src/words/words.ts';
import { CLIP, CLIP_REFERENCE, CREATE, DELIVERY_ID, nastyText, USER_ID } from '../support/examples.ts';
import { actionsOf, expectWithinLimits, labelsOf, textOf } from '../support/limits.ts';

const LINK = 'https://discord.com/channels/1/2/3';

function clipView(changes: Partial<ClipCardView> = {}): ClipCardView {
  const task = { request: CREATE, price: 20, requesterId: USER_ID, label: 'Create' };
  return { clip: CLIP, takes: 2, task, hearts: 0, deliveryId: DELIVERY_ID, mention: true, ...changes };
}

function stemsView(changes: Partial<StemsView> = {}): StemsView {
  return {
    sourceClip: { ...CLIP_REFERENCE, title: 'Neon Rain', link: LINK },
    titles: ['Vocals', 'Drums'],
    deliveryId: DELIVERY_ID,
    part: 0,
    parts: 1,
    mention: true,
    requesterId: USER_ID,
    price: 30,
    ...changes,
  };
}

describe('buildClipCard', () => {
  it('has the buttons Extend, Cover, Stems and More, then a heart with its count', () => {
    const card = buildClipCard(clipView({ hearts: 3 }));
    expect(labelsOf(card)).toEqual(['Extend', 'Cover', 'Stems', 'More', '3']);
    expect(card.components).toHaveLength(1);
    expect(card.components[0]?.components[4]).toMatchObject({ emoji: { name: '❤️' } });
    expect(actionsOf(card)).toEqual([
      { action: 'extend', clip: CLIP_REFERENCE },
      { action: 'cover', clip: CLIP_REFERENCE },
      { action: 'stems', clip: CLIP_REFERENCE },
      { action: 'more', clip: CLIP_REFERENCE, deliveryId: DELIVERY_ID },
      { action: 'heart', clip: CLIP_REFERENCE },
    ]);
  });

  it('says of an upload that it is there: nobody made it', () => {
    const { task } = clipView();
    if (!task) throw new Error('the example has a task');
    const request = { operation: 'upload', engine: 'sonic' } as const;
    const card = buildClipCard(clipView({ task: { ...task, request }, takes: 1 }));
    expect(card.content).toMatch(/^<@\d+> Your upload is here: \*\*/);
    const copy = buildClipCard(
      clipView({ task: { ...task, request: { ...request, clip: CLIP_REFERENCE } } }),
    );
    expect(copy.content).toMatch(/^<@\d+> Your copy is here: \*\*/);
  });

  it('pings the requester and nobody else when it mentions', () => {
    const card = buildClipCard(clipView());
    expect(card.content).toContain(`<@${USER_ID}>`);
    expect(card.allowed_mentions).toEqual({ parse: [], users: [USER_ID] });
  });

  it('pings nobody when it does not', () => {
    const card = buildClipCard(clipView({ mention: false }));
    expect(card.content).toBe('**Neon Rain**, take 1 of 2');
    expect(card.allowed_mentions).toEqual({ parse: [] });
  });

  it('names both songs of a mashup', () => {
    const parent = { title: 'Old Rain', link: LINK, other: { title: 'New *Sun*' } };
    expect(textOf(buildClipCard(clipView({ parent })))).toContain(`[Old Rain](${LINK}) and New \\*Sun\\*`);
  });

  it('shows title, tags, engine and model, length, requester, parent and price', () => {
    const text = textOf(buildClipCard(clipView({ parent: { title: 'Old Rain', link: LINK } })));
    for (const part of [
      'Neon Rain',
      'synthwave, female voice',
      'sonic, sonic-v6',
      '2:05',
      `<@${USER_ID}>`,
      `[Old Rain](${LINK})`,
      '20 credits for 2 takes',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('shows the cover picture if its address is one', () => {
    const pictureOf = (imageUrl: string) => buildClipCard(clipView({ imageUrl })).embeds[0]?.thumbnail?.url;
    expect(pictureOf('https://cdn.example/a.jpg')).toBe('https://cdn.example/a.jpg');
    expect(pictureOf('attachment://cover.jpg')).toBe('attachment://cover.jpg');
    expect(pictureOf('javascript:alert(1)')).toBeUndefined();
  });

  it('shows a clip of which nothing but the reference is known', () => {
    const { title, tags, model, durationSeconds, ...bare } = CLIP;
    const card = buildClipCard(clipView({ clip: bare, takes: 1, task: undefined }));
    expect(textOf(card)).toContain('Untitled');
    expect(textOf(card)).not.toMatch(/undefined|take/);
    expectWithinLimits(card);
  });

  it('is in the language that is spoken, fields and buttons included', () => {
    const parent = { title: 'Old Rain', link: LINK };
    const card = speak('de', () => buildClipCard(clipView({ parent })));
    expect(card.content).toBe(`<@${USER_ID}>, dein Song ist fertig: **Neon Rain**, Take 1 von 2`);
    expect(labelsOf(card)).toEqual(['Verlängern', 'Cover', 'Stems', 'Mehr', '0']);
    expect(card.embeds[0]?.fields?.map(({ name, value }) => [name, value])).toEqual([
      ['Tags', 'synthwave, female voice'],
      ['Engine', 'sonic, sonic-v6'],
      ['Länge', '2:05'],
      ['Gemacht mit', 'Create'],
      ['Aus', `[Old Rain](${LINK})`],
      ['Preis', '20 Credits für 2 Takes'],
      ['Für', `<@${USER_ID}>`],
    ]);
  });

  it.each(LANGUAGES)('keeps to the limits of Discord with the worst texts (%s)', (language) => {
    fc.assert(
      fc.property(nastyText, nastyText, nastyText, (title, tags, note) => {
        const clip = { ...CLIP, title, tags, prompt: note, lyrics: note, model: tags };
        const parent = { title, link: LINK };
        const view = clipView({ clip, parent, note, hearts: 123_456, imageUrl: note });
        const card = speak(language, () => buildClipCard(view));
        expectWithinLimits(card);
        expectWithinLimits(buildLinkMessage(card, { reason: note, links: [{ name: title, url: LINK }] }));
      }),
      { numRuns: 100 },
    );
  });
});

describe('parseClipCard', () => {
  it.each(LANGUAGES.flatMap((shown) => LANGUAGES.map((spoken) => ({ shown, spoken }))))(
    'reads a card in $shown while $spoken is spoken',
    ({ shown, spoken }) => {
      const { embeds } = speak(shown, () => buildClipCard(clipView()));
      const facts = { title: 'Neon Rain', tags: 'synthwave, female voice', durationSeconds: 125 };
      expect(speak(spoken, () => parseClipCard(embeds))).toEqual(facts);
      expect(speak(spoken, () => requesterOnCard(embeds))).toBe(USER_ID);
      const quote = speak(spoken, () => quoteClipCard(embeds))?.toJSON();
      const length = spoken === 'de' ? 'Länge' : 'Length';
      expect(quote?.fields?.map(({ name }) => name)).toEqual(['Tags', 'Engine', length]);
      expect(quote && parseClipCard([quote])).toEqual(facts);
    },
  );

  it('reads back what the card says of its clip', () => {
    const clip = { ...CLIP, title: 'Neon *Rain* [live]', tags: 'a_b, @everyone' };
    expect(parseClipCard(buildClipCard(clipView({ clip })).embeds)).toEqual({
      title: 'Neon *Rain* [live]',
      tags: 'a_b, @everyone',
      durationSeconds: 125,
    });
  });

  it('leaves out what was cut off, and knows nothing of a message without a card', () => {
    const clip = { ...CLIP, tags: 'x'.repeat(1_500) };
    expect(parseClipCard(buildClipCard(clipView({ clip })).embeds).tags).toBeUndefined();
    expect(parseClipCard([])).toEqual({ title: undefined, tags: undefined, durationSeconds: undefined });
  });
});

describe('quoteClipCard', () => {
  it('carries on what the forms of a clip are filled with', () => {
    const card = buildClipCard(clipView());
    const quote = quoteClipCard(card.embeds)?.toJSON();
    expect(quote && parseClipCard([quote])).toEqual(parseClipCard(card.embeds));
    expect(quote?.fields?.map(({ name }) => name)).toEqual(['Tags', 'Engine', 'Length']);
  });

  it('takes other messages for what they are', () => {
    const { embeds } = buildStemsMessage(stemsView());
    expect(quoteClipCard(embeds)).toBeUndefined();
    expect(parseClipCard(embeds)).toEqual({});
    expect(quoteClipCard([])).toBeUndefined();
  });
});

describe('buildStemsMessage', () => {
  it('names every stem and leads back to the source clip by one button', () => {
    const message = buildStemsMessage(stemsView({ part: 1, parts: 3 }));
    expect(textOf(message)).toContain('- Vocals\n- Drums');
    expect(textOf(message)).toContain(`[Neon Rain](${LINK})`);
    expect(textOf(message)).toContain('30 credits');
    expect(message.content).toContain('2 files, part 2 of 3');
    expect(labelsOf(message)).toEqual(['More']);
    expect(actionsOf(message)).toEqual([
      { action: 'more', clip: CLIP_REFERENCE, deliveryId: DELIVERY_ID, part: 1 },
    ]);
  });

  it('mentions only when it is to', () => {
    expect(buildStemsMessage(stemsView()).allowed_mentions).toEqual({ parse: [], users: [USER_ID] });
    const silent = buildStemsMessage(stemsView({ mention: false }));
    expect(silent.allowed_mentions).toEqual({ parse: [] });
    expect(silent.content).toBe('Stems of **Neon Rain**: 2 files');
  });

  it('keeps to the limits of Discord with the worst texts', () => {
    fc.assert(
      fc.property(nastyText, fc.array(nastyText, { maxLength: 40 }), (title, titles) => {
        const sourceClip = { ...CLIP_REFERENCE, title, link: LINK };
        const message = buildStemsMessage(stemsView({ sourceClip, titles, note: title, parts: undefined }));
        expectWithinLimits(message);
        const links = titles.map((name) => ({ name, url: `https://cdn.example/${'x'.repeat(480)}` }));
        expectWithinLimits(buildLinkMessage(message, { reason: title, links }));
      }),
      { numRuns: 100 },
    );
  });
});

describe('buildLinkMessage', () => {
  const reason = 'The file has 30 MB; this channel takes 10.';

  it('says why and gives the link, with the same buttons and mention', () => {
    const card = buildClipCard(clipView());
    const links = [{ name: 'Neon Rain', url: 'https://cdn.example/a.mp3' }];
    const message = buildLinkMessage(card, { reason, links });
    expect(textOf(message)).toContain(reason);
    expect(textOf(message)).toContain('[Neon Rain](https://cdn.example/a.mp3)');
    expect(message.components).toEqual(card.components);
    expect(message.allowed_mentions).toEqual(card.allowed_mentions);
    expect(message.content).toBe(card.content);
  });

  it('has words and the library where there is no link', () => {
    for (const links of [[], [{ name: 'x', url: 'javascript:alert(1)' }]]) {
      const message = buildLinkMessage(buildStemsMessage(stemsView()), { reason, links });
      expect(textOf(message)).toContain(reason);
      expect(textOf(message)).toContain('It stays in /library.');
      expect(textOf(message)).not.toContain('javascript');
    }
  });

  it('says how many links did not fit', () => {
    const links = Array.from({ length: 24 }, (_, n) => ({
      name: `Stem ${n}`,
      url: `https://cdn.example/${'x'.repeat(480)}`,
    }));
    const message = buildLinkMessage(buildStemsMessage(stemsView()), { reason, links });
    expect(textOf(message)).toMatch(/\d+ more are in \/library\./);
  });
});
