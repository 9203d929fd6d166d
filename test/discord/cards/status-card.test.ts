import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildStatusCard } from '../../../src/discord/cards/status-card.ts';
import type { Delivery, DeliverySetback } from '../../../src/domain/delivery.ts';
import type { Request } from '../../../src/domain/request.ts';
import { FAILURE_KINDS, type Task } from '../../../src/domain/task.ts';
import { LANGUAGES, speak } from '../../../src/words/words.ts';
import {
  CHANNEL_ID,
  CLIP,
  CLIP_REFERENCE,
  CREATE,
  DELIVERY_ID,
  deliveryOf,
  GUILD_ID,
  MESSAGE_ID,
  nastyText,
  QUEUED,
  RUNNING,
  TASK_ID,
  TASKS,
  USER_ID,
  viewOf,
} from '../support/examples.ts';
import { actionsOf, expectWithinLimits, labelsOf, textOf } from '../support/limits.ts';

const STEMS = { operation: 'stems-full', engine: 'sonic', clip: CLIP_REFERENCE } as const;
const LINK = `https://discord.com/channels/${GUILD_ID}/${CHANNEL_ID}/${MESSAGE_ID}`;

describe('buildStatusCard', () => {
  it('shows what was asked for, the price and for whom, without pinging', () => {
    const card = buildStatusCard(viewOf(QUEUED, { place: 3 }));
    const text = textOf(card);
    expect(text).toContain('Create: Neon Rain');
    expect(text).toContain('a song about rain in the city');
    expect(text).toContain('synthwave');
    expect(text).toContain('20 credits');
    expect(text).toContain(`<@${USER_ID}>`);
    expect(card.allowed_mentions).toEqual({ parse: [] });
  });

  it('says while MusicAPI does not answer that nothing is lost, and promises no time', () => {
    const queued = textOf(
      buildStatusCard(viewOf(QUEUED, { place: 3, providerDown: true, estimateMs: 60_000 })),
    );
    expect(queued).toContain(
      'MusicAPI is not answering at the moment. This is sent as soon as it answers again.',
    );
    expect(queued).toContain('Nothing was spent and nothing is lost.');
    expect(queued).not.toContain('Done in');
    const running = textOf(buildStatusCard(viewOf(RUNNING, { providerDown: true })));
    expect(running).toContain('MusicAPI is not answering at the moment. Nothing is lost:');
  });

  it('mentions every option that was given', () => {
    const request: Request = {
      ...CREATE,
      instrumental: true,
      vocals: 'female',
      durationSeconds: 120,
      avoid: 'drums',
      styleWeight: 0.5,
      weirdness: 0.3,
      model: 'sonic-v6',
    };
    const text = textOf(buildStatusCard(viewOf({ ...QUEUED, request })));
    for (const option of [
      'instrumental',
      'female voice',
      'about 2:00',
      'without drums',
      'style weight 0.5',
    ]) {
      expect(text).toContain(option);
    }
    expect(text).toContain('weirdness 0.3');
    expect(text).toContain('sonic-v6');
  });

  it('says with which model an earlier one is made', () => {
    const shown = (model: string) => {
      const task = { ...QUEUED, request: { ...CREATE, model } as Request };
      return textOf(buildStatusCard(viewOf(task, { sentModel: 'sonic-v6' })));
    };
    expect(shown('sonic-v5')).toContain('sonic-v5, made with sonic-v6');
    expect(shown('Sonic-V6')).toContain('sonic-v6');
    expect(shown('Sonic-V6')).not.toContain('made with');
  });

  it('links to the clip that is worked on', () => {
    const request: Request = { operation: 'extend', engine: 'sonic', clip: CLIP_REFERENCE, atSeconds: 90 };
    const parent = { title: 'Neon Rain', link: LINK };
    const text = textOf(buildStatusCard(viewOf({ ...QUEUED, request }, { label: 'Extend', parent })));
    expect(text).toContain('Extend: Neon Rain');
    expect(text).toContain(`[Neon Rain](${LINK})`);
    expect(text).toContain('from 1:30');
  });

  describe('while queued', () => {
    it('says the place and the outlook, and offers Cancel', () => {
      const card = buildStatusCard(viewOf(QUEUED, { place: 3, estimateMs: 150_000 }));
      expect(textOf(card)).toContain('Place 3 in the queue');
      expect(textOf(card)).toContain('2:30');
      expect(labelsOf(card)).toEqual(['Cancel']);
      expect(actionsOf(card)).toEqual([{ action: 'cancel', taskId: TASK_ID }]);
    });

    it('says why it is back in the queue', () => {
      expect(textOf(buildStatusCard(viewOf({ ...QUEUED, setback: 'rate-limited' })))).toContain('a pause');
      expect(textOf(buildStatusCard(viewOf({ ...QUEUED, setback: 'unreachable' })))).toContain(
        'cannot be reached',
      );
    });
  });

  it('offers nothing while the request is on its way', () => {
    expect(labelsOf(buildStatusCard(viewOf(TASKS.submitting)))).toEqual([]);
  });

  describe('while running', () => {
    it('shows progress, elapsed time and estimate, and what stopping means', () => {
      const card = buildStatusCard(viewOf(RUNNING, { elapsedMs: 35_000, estimateMs: 80_000 }));
      expect(textOf(card)).toContain('25% done');
      expect(textOf(card)).toContain('0:35 so far, about 1:20 to go');
      expect(textOf(card)).toContain('20 credits stay spent; the song will be in /library');
      expect(labelsOf(card)).toEqual(['Stop waiting']);
      expect(actionsOf(card)).toEqual([{ action: 'stop', taskId: TASK_ID }]);
    });

    it('never claims more than 95%, then says that it takes longer than usual', () => {
      for (const late of [
        { fraction: 0.99 },
        { fraction: 0.5, estimateMs: 0 },
        { fraction: 3, estimateMs: -1 },
      ]) {
        const text = textOf(buildStatusCard(viewOf(RUNNING, late)));
        expect(text).toContain('95% done');
        expect(text).toContain('longer than usual');
      }
    });

    it('has a Listen now link once there is a web address for it', () => {
      const listening = { ...RUNNING, listenUrl: 'https://cdn.example/a (1).mp3' };
      expect(textOf(buildStatusCard(viewOf(listening)))).toContain(
        '[Listen now](https://cdn.example/a%20%281%29.mp3)',
      );
      for (const listenUrl of ['javascript:alert(1)', 'https://user:pw@x.example', 'nonsense']) {
        expect(textOf(buildStatusCard(viewOf({ ...RUNNING, listenUrl })))).not.toContain('Listen now');
      }
    });
  });

  describe('after an end without a result', () => {
    it('says first that nothing was spent when it failed, whatever the reason', () => {
      for (const kind of FAILURE_KINDS) {
        const card = buildStatusCard(viewOf({ ...TASKS.failed, failure: { kind, text: 'why' } }));
        expect(card.embeds[0]?.description).toMatch(/^Not made\. Nothing was spent\.\n/);
        expectWithinLimits(card);
      }
    });

    it.each(['failed', 'expired', 'unknown'] as const)(
      'offers Try again and Edit with a reference when %s, until somebody tried again',
      (state) => {
        const card = buildStatusCard(viewOf(TASKS[state]));
        expect(labelsOf(card)).toEqual(['Try again', 'Edit']);
        expect(actionsOf(card)).toEqual([
          { action: 'retry', taskId: TASK_ID },
          { action: 'edit', taskId: TASK_ID },
        ]);
        expect(textOf(card)).toContain(`Reference: ${TASK_ID}`);
        expect(labelsOf(buildStatusCard(viewOf(TASKS[state], { retried: true })))).toEqual([]);
      },
    );

    it('has no Edit where no form could change anything', () => {
      expect(
        labelsOf(buildStatusCard(viewOf({ ...TASKS.failed, request: STEMS }, { isFixed: true }))),
      ).toEqual(['Try again']);
    });

    it('says that it is not known whether MusicAPI took it, and the price of trying again', () => {
      const text = textOf(buildStatusCard(viewOf(TASKS.unknown)));
      expect(text).toContain('not known whether MusicAPI took it');
      expect(text).toContain('held');
      expect(text).toContain('a new task for 20 credits');
      expect(textOf(buildStatusCard(viewOf({ ...TASKS.unknown, settled: true })))).toContain(
        'count as spent',
      );
    });

    it('says that a late song is still posted when the deadline passed', () => {
      const text = textOf(buildStatusCard(viewOf(TASKS.expired, { elapsedMs: 3_600_000 })));
      expect(text).toContain('1:00:00');
      expect(text).toContain('what comes late is still posted');
    });

    it.each([
      ['stems-full', 'the stems will be in /library'],
      ['voice', 'the voice will be in /persona list'],
      ['download', 'the file is attached here once it is made'],
    ] as const)('says where the result of %s goes that nobody waits for', (operation, words) => {
      const request = { operation, engine: 'sonic' } as const;
      const card = buildStatusCard(viewOf({ ...TASKS.abandoned, request }));
      expect(card.content).toContain(`20 credits stay spent; ${words}.`);
    });

    it.each([
      ['cancelled', 'Nothing was spent'],
      ['abandoned', '20 credits stay spent; the song will be in /library'],
    ] as const)('is one line when %s', (state, sentence) => {
      const card = buildStatusCard(viewOf(TASKS[state]));
      expect(card.content).toContain(sentence);
      expect(card.content).not.toContain('\n');
      expect([card.embeds, card.components]).toEqual([[], []]);
    });
  });

  describe('after success', () => {
    const clips = [CLIP, { ...CLIP, clipId: 'other-clip', take: 2 }];

    it('shrinks to one line that links to every clip message', () => {
      const deliveries = [deliveryOf('delivered'), deliveryOf('delivered', { clipIds: ['other-clip'] })];
      const card = buildStatusCard(viewOf(TASKS.succeeded, { deliveries, clips }));
      expect(card.content).toBe(`Done: [Neon Rain, take 1](${LINK}), [Neon Rain, take 2](${LINK})`);
      expect([card.embeds, card.components]).toEqual([[], []]);
    });

    it('links to every part of the stems, and into direct messages', () => {
      const part = {
        count: 10,
        route: 'direct-message',
        channelId: CHANNEL_ID,
        messageId: MESSAGE_ID,
      } as const;
      const posted = [
        { ...part, part: 0 },
        { ...part, part: 1 },
      ];
      const deliveries = [deliveryOf('delivered', { kind: 'stems', posted })];
      const task = { ...TASKS.succeeded, request: STEMS };
      const card = buildStatusCard(viewOf(task, { deliveries, parent: { title: 'Neon Rain' } }));
      const link = `https://discord.com/channels/@me/${CHANNEL_ID}/${MESSAGE_ID}`;
      expect(card.content).toBe(`Done: [Stems of Neon Rain](${link}), [part 2](${link})`);
    });

    it('names how many messages are not listed when there are very many', () => {
      const deliveries = Array.from({ length: 12 }, () => deliveryOf('delivered'));
      const card = buildStatusCard(viewOf(TASKS.succeeded, { deliveries, clips }));
      expect(card.content).toMatch(/ and 2 more$/);
      expectWithinLimits(card);
    });

    it('asks about a delivery that may or may not have happened', () => {
      const card = buildStatusCard(viewOf(TASKS.succeeded, { deliveries: [deliveryOf('undecided')], clips }));
      expect(labelsOf(card)).toEqual(['Post again', 'It is there']);
      expect(actionsOf(card)).toEqual([
        { action: 'repost', deliveryId: DELIVERY_ID },
        { action: 'there', deliveryId: DELIVERY_ID },
      ]);
      expect(textOf(card)).toContain('Neon Rain, take 1 may or may not have been posted');
    });

    it.each([
      ['pending', { setback: 'unlisted-host', detail: 'cdn.new.example' }, 'cdn.new.example'],
      ['pending', { setback: 'unlisted-host', detail: 'cdn.new.example' }, 'exists, but is not posted yet'],
      ['pending', { setback: 'audio-missing', dueAt: 1 }, 'I keep trying'],
      ['pending', { setback: 'discord', dueAt: 1 }, 'Discord did not take it'],
      ['pending', { setback: 'no-route' }, 'waits in /library'],
      ['pending', {}, 'is being posted'],
      ['delivering', {}, 'is being posted'],
      ['undeliverable', { setback: 'no-route' }, 'waits in /library'],
      ['undeliverable', { setback: 'not-audio' }, 'not audio'],
    ] as const)('says of a delivery that is %s %j: %s', (state, changes, sentence) => {
      const deliveries = [deliveryOf('delivered', { clipIds: ['other-clip'] }), deliveryOf(state, changes)];
      const card = buildStatusCard(viewOf(TASKS.succeeded, { deliveries, clips }));
      expect(textOf(card)).toContain(sentence);
      expect(textOf(card)).toContain(`[Neon Rain, take 2](${LINK})`);
    });

    it('points to the library when nothing was to be delivered', () => {
      expect(buildStatusCard(viewOf(TASKS.succeeded)).content).toContain('/library');
    });
  });

  it('keeps to the limits of Discord for every state, with the worst texts', () => {
    const setback = fc.constantFrom<DeliverySetback>('unlisted-host', 'audio-missing', 'no-route', 'discord');
    const state = fc.constantFrom<Delivery['state']>('pending', 'delivered', 'undecided', 'undeliverable');
    const delivery = fc
      .record({ state, setback, detail: nastyText, id: fc.nat(9) })
      .map(({ state, id, ...changes }) =>
        deliveryOf(state, { ...changes, id: `01J9YYYYYYYYYYYYYYYYYYYYY${id}` }),
      );
    const deliveries = fc.uniqueArray(delivery, { selector: ({ id }) => id, maxLength: 10 });
    const anyTask = fc.constantFrom(...Object.values<Task>(TASKS));
    const texts = fc.record({ prompt: nastyText, lyrics: nastyText, tags: nastyText, title: nastyText });
    fc.assert(
      fc.property(texts, deliveries, anyTask, fc.constantFrom(...LANGUAGES), (text, list, task, language) => {
        const { prompt, lyrics, tags, title } = text;
        const worst = { ...CREATE, prompt, tags, title, avoid: lyrics, model: title };
        const cover = { operation: 'cover', engine: 'sonic', clip: CLIP_REFERENCE, ...text } as const;
        const parent = { title, link: LINK };
        for (const request of [worst, cover, STEMS]) {
          const clips = [{ ...CLIP, title, prompt }];
          const view = viewOf({ ...task, request }, { deliveries: list, clips, parent });
          expectWithinLimits(speak(language, () => buildStatusCard(view)));
        }
      }),
      { numRuns: 200 },
    );
  });
});
