import { describe, expect, test } from 'vitest';
import { planResults } from '../../src/tracker/results.ts';
import { T0 } from '../support/tasks.ts';
import { abandonedTask, expiredTask, providerClip, runningTask, STEMS } from './support.ts';

function counter(): () => string {
  let count = 0;
  return () => `d${++count}`;
}

function plan(changes: Partial<Parameters<typeof planResults>[0]> = {}) {
  return planResults({
    task: runningTask(),
    found: { clips: [providerClip('a'), providerClip('b')] },
    result: 'clips',
    now: T0 + 100,
    newId: counter(),
    ...changes,
  });
}

describe('planResults', () => {
  test('plans one delivery for each song, of which the first mentions the person', () => {
    const { deliveries } = plan();
    expect(deliveries).toEqual([
      expect.objectContaining({ id: 'd1', kind: 'clip', clipIds: ['a'], mention: true, dueAt: T0 + 100 }),
      expect.objectContaining({ id: 'd2', kind: 'clip', clipIds: ['b'], mention: false, state: 'pending' }),
    ]);
  });

  test('leaves out clips that failed and numbers the others as takes', () => {
    const { clips, deliveries } = plan({
      found: { clips: [providerClip('a', { state: 'failed' }), providerClip('b')] },
    });
    expect(clips).toEqual([
      expect.objectContaining({ clipId: 'b', take: 1, kind: 'song', source: 'generated' }),
    ]);
    expect(deliveries).toEqual([expect.objectContaining({ clipIds: ['b'], mention: true })]);
  });

  test('takes what MusicAPI says of a clip, and what was asked for where it is silent', () => {
    const request = {
      operation: 'cover',
      engine: 'sonic',
      clip: { clipId: 'parent-1', engine: 'sonic', source: 'uploaded' },
      title: 'Asked',
      tags: 'jazz',
      lyrics: 'la la',
    } as const;
    const { clips } = plan({
      task: runningTask({ request }),
      found: {
        clips: [
          providerClip('a', { title: 'Given', model: 'chirp-x', durationSeconds: 93.5 }),
          providerClip('b'),
        ],
      },
    });
    expect(clips[0]).toEqual({
      clipId: 'a',
      accountId: 'operator',
      engine: 'sonic',
      source: 'generated',
      kind: 'song',
      taskId: 'task-1',
      parentClipId: 'parent-1',
      take: 1,
      title: 'Given',
      tags: 'jazz',
      lyrics: 'la la',
      prompt: undefined,
      model: 'chirp-x',
      durationSeconds: 93.5,
      audioUrl: 'https://cdn1.sonic.ai/a.mp3',
      imageUrl: undefined,
      ownerId: '500',
      createdAt: T0 + 100,
    });
    expect(clips[1]).toMatchObject({ title: 'Asked', take: 2 });
  });

  test.each(['sonic', 'producer'] as const)(
    'knows an upload to %s as one, by the name it was given',
    (engine) => {
      const file = { url: 'https://cdn.discordapp.com/attachments/1/2/take.mp3', name: 'take.mp3' };
      const found = { clips: [providerClip('a', { title: 'Upload', model: 'sonic-v6' })] };
      const request = { operation: 'upload', engine, file } as const;
      const named = plan({ task: runningTask({ request: { ...request, title: 'Garage' } }), found });
      expect(named.clips[0]).toMatchObject({ source: 'uploaded', engine, title: 'Garage', model: undefined });
      expect(named.deliveries).toEqual([expect.objectContaining({ clipIds: ['a'], kind: 'clip' })]);
      expect(plan({ task: runningTask({ request }), found }).clips[0]).toMatchObject({ title: 'Upload' });
    },
  );

  test('plans one delivery with all stems, each named by its part', () => {
    const { clips, deliveries } = plan({
      task: runningTask({ request: STEMS }),
      found: {
        clips: [providerClip('a', { part: 'Vocals', title: 'Song' }), providerClip('b', { part: 'Drums' })],
      },
      result: 'stems',
    });
    expect(clips.map(({ kind, title, parentClipId }) => [kind, title, parentClipId])).toEqual([
      ['stem', 'Vocals', 'parent-1'],
      ['stem', 'Drums', 'parent-1'],
    ]);
    expect(deliveries).toEqual([
      expect.objectContaining({ kind: 'stems', clipIds: ['a', 'b'], mention: true }),
    ]);
  });

  test('delivers the late result of an expired task, and only keeps that of an abandoned one', () => {
    expect(plan({ task: expiredTask(T0 + 50) }).deliveries).toHaveLength(2);
    const kept = plan({ task: abandonedTask(T0 + 50) });
    expect(kept.clips).toHaveLength(2);
    expect(kept.deliveries).toEqual([]);
  });

  test('plans no delivery without a good clip', () => {
    expect(plan({ found: { clips: [] }, result: 'stems' })).toEqual({ clips: [], deliveries: [] });
  });
});
