import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildWords, wordKeyOf } from '../../../src/discord/cards/card-words.ts';
import { buildBatchCard } from '../../../src/discord/cards/group-card.ts';
import type { StatusView } from '../../../src/discord/cards/status-card.ts';
import { buildMessage } from '../../../src/discord/messages/message.ts';
import { buildInspectCard } from '../../../src/discord/tools/inspect-card.ts';
import type { OperationId } from '../../../src/domain/request.ts';
import type { Task } from '../../../src/domain/task.ts';
import type { ToolResult } from '../../../src/domain/tool-result.ts';
import { LANGUAGES, speak } from '../../../src/words/words.ts';
import {
  CHANNEL_ID,
  CLIP,
  CLIP_REFERENCE,
  CREATE,
  deliveryOf,
  GUILD_ID,
  MESSAGE_ID,
  nastyText,
  QUEUED,
  TASK_ID,
  TASKS,
  viewOf,
} from '../support/examples.ts';
import { actionsOf, expectWithinLimits, labelsOf, textOf } from '../support/limits.ts';

const SHOWN = { build: () => buildMessage({ content: 'the card' }), isVisible: true };
const HIDDEN = { ...SHOWN, isVisible: false };
const REFUSED = { ...TASKS.failed, failure: { kind: 'moderation', text: 'no' } } as const;

const groupOf = (...members: readonly StatusView[]): StatusView => viewOf(QUEUED, { group: members });

describe('buildBatchCard', () => {
  const done = viewOf(TASKS.succeeded, { deliveries: [deliveryOf('delivered')], clips: [CLIP] });

  it('counts them and has a line for each, with places and links', () => {
    const members = [done, viewOf(TASKS.running), viewOf(QUEUED, { place: 3 }), viewOf(TASKS.failed)];
    const text = textOf(buildBatchCard(viewOf(QUEUED), members));
    expect(text).toContain('4 songs: 1 done, 1 being made, 1 in the queue, 1 not made.');
    expect(text).toContain(
      `[Neon Rain, take 1](https://discord.com/channels/${GUILD_ID}/${CHANNEL_ID}/${MESSAGE_ID})`,
    );
    expect(text).toContain('place 3 in the queue');
    expect(text).toContain('80 credits');
  });

  it.each([
    [
      [TASKS.queued, TASKS.running],
      ['Cancel', 'Stop waiting'],
    ],
    [[TASKS.queued, TASKS.succeeded], ['Cancel']],
    [[TASKS.running, TASKS.failed], ['Stop waiting']],
    [[TASKS.succeeded, TASKS.cancelled], []],
    [[TASKS.succeeded, TASKS.abandoned], []],
    [[TASKS.succeeded, TASKS.failed], ['Try again']],
    [[TASKS.unknown, TASKS.expired], ['Try again']],
  ] as const)('has the buttons that do something', (tasks, labels) => {
    const card = buildBatchCard(
      viewOf(QUEUED),
      tasks.map((task) => viewOf(task)),
    );
    expect(labelsOf(card)).toEqual(labels);
    for (const action of actionsOf(card)) expect(action).toMatchObject({ taskId: TASK_ID });
  });

  it('tells nobody in public why MusicAPI refused one of them', () => {
    const text = textOf(buildBatchCard(viewOf(QUEUED), [viewOf(REFUSED), done]));
    expect(text).toContain('not made, nothing was spent: The reason was sent privately.');
  });

  it('keeps to the limits of Discord for ten of any state, with the worst texts', () => {
    const member = fc
      .tuple(fc.constantFrom(...Object.values<Task>(TASKS)), nastyText, fc.nat(25))
      .map(([task, title, id]) =>
        viewOf(task, {
          clips: [{ ...CLIP, title }],
          deliveries: [deliveryOf('undecided', { id: `01J9YYYYYYYYYYYYYYYYYYYY${10 + id}` })],
        }),
      );
    const members = fc.uniqueArray(member, {
      selector: ({ deliveries }) => deliveries[0]?.id,
      minLength: 10,
      maxLength: 10,
    });
    fc.assert(
      fc.property(members, nastyText, fc.constantFrom(...LANGUAGES), (all, text, language) => {
        const request = { ...CREATE, prompt: text, tags: text, title: text, avoid: text };
        const view = viewOf({ ...QUEUED, request });
        expectWithinLimits(speak(language, () => buildBatchCard(view, all)));
      }),
      { numRuns: 60 },
    );
  });
});

describe('buildInspectCard', () => {
  const part = (task: Task, operation: OperationId, label: string, tool?: ToolResult) =>
    viewOf(
      {
        ...task,
        isDirect: true,
        price: 1,
        request: { operation, engine: 'sonic', clip: CLIP_REFERENCE },
        ...(tool ? { tool } : {}),
      } as Task,
      { label, parent: { title: 'Neon Rain' } },
    );
  const words = [{ word: 'rain', startSeconds: 1, endSeconds: 2 }];
  const all = [
    part(TASKS.succeeded, 'bpm', 'Tempo', { kind: 'tempo', averageBpm: 120 }),
    part(TASKS.succeeded, 'vox', 'Voice range', {
      kind: 'vocals',
      voxAudioId: 'v',
      startSeconds: 1,
      endSeconds: 9,
    }),
    part(TASKS.succeeded, 'timeline', 'Timeline', { kind: 'timeline', words }),
  ] as const;

  it('shows tempo, voice range and words of the clip in one card', () => {
    const { body, texts } = buildInspectCard(all[0], all);
    const text = textOf(body);
    expect(body.embeds[0]?.title).toBe('Inspect: Neon Rain');
    expect(text).toContain('Tempo\n120 BPM');
    expect(text).toContain('Voice range\nfrom 0:01 to 0:09');
    expect(text).toContain('`0:01` rain');
    expect(text).toContain('3 credits');
    expect(texts).toEqual([]);
    expectWithinLimits(body);
  });

  it('attaches the words where they are too many to be shown', () => {
    const many = Array.from({ length: 300 }, (_, index) => ({
      word: `a line of words number ${index}\n`,
      startSeconds: index,
      endSeconds: index + 1,
    }));
    const timeline = part(TASKS.succeeded, 'timeline', 'Timeline', { kind: 'timeline', words: many });
    const { body, texts } = buildInspectCard(all[0], [all[0], all[1], timeline]);
    expectWithinLimits(body);
    expect(texts.map(({ name }) => name)).toEqual(['Neon Rain.lrc']);
    expect(texts[0]?.text).toContain('number 299');
  });

  it('says what could not be had, and shows the rest', () => {
    const none = part(
      { ...TASKS.failed, failure: { kind: 'not-found', text: 'no lyrics' } },
      'timeline',
      'Timeline',
    );
    const text = textOf(
      buildInspectCard(all[0], [all[0], part(TASKS.queued, 'vox', 'Voice range'), none]).body,
    );
    expect(text).toContain('120 BPM');
    expect(text).toContain('Voice range\nIn the queue.');
    expect(text).toContain('MusicAPI has no words of this song. Nothing was spent.');
  });
});

describe('Try again on the card of a batch', () => {
  const members = [TASKS.succeeded, TASKS.failed, TASKS.unknown].map((task) => viewOf(task));

  it('names what it makes and what that costs', () => {
    const card = buildBatchCard(viewOf(QUEUED), members);
    expect(textOf(card)).toContain('Try again: 2 new tasks for 40 credits.');
    expect(actionsOf(card)).toEqual([{ action: 'retry', taskId: TASK_ID }]);
    expect(textOf(buildBatchCard(viewOf(QUEUED), members.slice(0, 2)))).toContain(
      'Try again: a new task for 20 credits.',
    );
  });

  it('goes when it was pressed', () => {
    const card = buildBatchCard(viewOf(QUEUED, { retried: true }), members);
    expect(labelsOf(card)).toEqual([]);
    expect(textOf(card)).not.toContain('Try again:');
  });
});

describe('the words about a group', () => {
  it('are said once it has ended, with every reason: an edit of the card notifies nobody', () => {
    const open = groupOf(viewOf(TASKS.running), viewOf(REFUSED));
    expect(wordKeyOf(open)).toBe('group');
    expect(buildWords(open, SHOWN)).toBeUndefined();
    const ended = groupOf(viewOf(TASKS.succeeded), viewOf(REFUSED));
    expect(wordKeyOf(ended)).toBe('group-1-0-0-0');
    const words = buildWords(ended, SHOWN);
    expect(words?.content).toContain('1 of 2 were not made; nothing was spent for them.');
    expect(words?.content).toContain("MusicAPI's moderation refused the text");
  });

  it('tell that some of it is late', () => {
    const late = groupOf(viewOf(TASKS.succeeded), viewOf(TASKS.expired), viewOf(TASKS.expired));
    expect(wordKeyOf(late)).toBe('group-0-0-0-2');
    expect(buildWords(late, SHOWN)?.content).toContain('2 of 3 are late: MusicAPI has not finished in time.');
  });

  it('are not needed where the card says it all', () => {
    expect(buildWords(groupOf(viewOf(TASKS.succeeded), viewOf(TASKS.unknown)), SHOWN)).toBeUndefined();
    expect(buildWords(groupOf(viewOf(TASKS.succeeded)), HIDDEN)).toBeUndefined();
  });
});

it('says a private failure on the card itself, and elsewhere only when nobody can see that', () => {
  const task = { ...REFUSED, origin: { ...REFUSED.origin, isPrivate: true } };
  expect(buildWords(viewOf(task), SHOWN)).toBeUndefined();
  expect(buildWords(viewOf(task), HIDDEN)?.content).toContain('moderation refused');
});
