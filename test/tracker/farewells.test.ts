import { describe, expect, it } from 'vitest';
import type { Task } from '../../src/domain/task.ts';
import { createLogger } from '../../src/log.ts';
import { sums } from '../../src/store/ledger.ts';
import { findTask } from '../../src/store/tasks.ts';
import { Farewells } from '../../src/tracker/farewells.ts';
import { createHarness, type Harness } from './harness.ts';
import { apiError } from './support.ts';

const SONG = {
  clipId: 'clip-1',
  state: 'succeeded',
  title: 'Rain',
  lyrics: 'It rains',
  audioUrl: 'https://cdn.example/1.mp3',
} as const;

/** Deletes the one who asked, as things are. What is taken back is told nobody, so that nothing has to be waited for. */
async function leave({ store }: Harness): Promise<void> {
  const unchanged = async () => undefined;
  const farewells = new Farewells({
    store,
    log: createLogger({ level: 'silent' }),
    decisions: {
      cancel: unchanged,
      abandon: unchanged,
      cancelGroup: async () => [],
      abandonGroup: async () => [],
    },
    onChange: () => {},
    onGone: async () => {},
  });
  await store.db.updateTable('tasks').set({ card_due_at: null }).execute();
  await farewells.leave('500');
}

/** Checks that nothing leads to the person, and that nothing was made for them. */
async function expectNothingOf({ store }: Harness, task: Task): Promise<void> {
  const rows = await Promise.all(
    (['tasks', 'clips', 'deliveries', 'personas', 'ledger'] as const).map((table) =>
      store.db.selectFrom(table).selectAll().execute(),
    ),
  );
  const text = JSON.stringify(rows);
  for (const word of ['"500"', 'rain', 'Rain', 'Ada', 'cdn.example', 'a-very-fake'])
    expect(text).not.toContain(word);
  expect(await findTask(store.db, task.id)).toMatchObject({
    request: { operation: 'create', engine: 'sonic' },
  });
  expect(rows.slice(1, 4)).toEqual([[], [], []]);
}

describe('somebody who leaves', () => {
  it('while their request is being sent is charged for what MusicAPI takes, and gets nothing of it', async () => {
    const harness = await createHarness();
    const { api, store, tracker, advance, reaches } = harness;
    await tracker.start();
    const task = await harness.ask();
    const submit = await api.submitted(0);
    await leave(harness);
    submit.accept('provider-1');
    await reaches(task.id, 'running');
    advance(15_000);
    const poll = await api.poll(0);
    poll.answer({ state: 'succeeded', clips: [SONG] });
    await reaches(task.id, 'succeeded');
    expect(await sums(store.db, task.id)).toEqual({ reserved: 0, charged: 20 });
    await expectNothingOf(harness, task);
  });

  it('while their request is being sent gets the price back when it was not taken: it is not sent again', async () => {
    const harness = await createHarness();
    const { api, store, tracker, reaches } = harness;
    await tracker.start();
    const task = await harness.ask();
    const submit = await api.submitted(0);
    await leave(harness);
    submit.reject(apiError({ kind: 'rate-limited', status: 429, text: 'not "a song about rain" again' }));
    await reaches(task.id, 'cancelled');
    expect(await sums(store.db, task.id)).toEqual({ reserved: 0, charged: 0 });
    await expectNothingOf(harness, task);
    harness.advance(60_000);
    await harness.settled();
    expect(api.submits).toHaveLength(1);
  });

  it('while their request fails leaves no words of why', async () => {
    const harness = await createHarness();
    const { api, store, tracker, reaches } = harness;
    await tracker.start();
    const task = await harness.ask();
    const submit = await api.submitted(0);
    await leave(harness);
    submit.reject(apiError({ kind: 'moderation', status: 403, text: 'inappropriate: "a song about rain"' }));
    await reaches(task.id, 'failed');
    expect(await sums(store.db, task.id)).toEqual({ reserved: 0, charged: 0 });
    await expectNothingOf(harness, task);
  });

  it.each(['succeeded', 'failed'] as const)(
    'while their song is looked at gets nothing of what that look finds: %s',
    async (state) => {
      const harness = await createHarness();
      const { api, store, tracker, advance, reaches } = harness;
      await tracker.start();
      const task = await harness.ask();
      (await api.submitted(0)).accept('provider-1');
      await reaches(task.id, 'running');
      advance(15_000);
      const poll = await api.poll(0);
      await leave(harness);
      const failure = { kind: 'task-failed', text: 'no song about rain' } as const;
      poll.answer(state === 'succeeded' ? { state, clips: [SONG] } : { state, failure });
      await reaches(task.id, state);
      expect(await sums(store.db, task.id)).toEqual({ reserved: 0, charged: state === 'succeeded' ? 20 : 0 });
      await expectNothingOf(harness, task);
    },
  );

  it('while their song is looked at is not brought back by a look that finds nothing yet', async () => {
    const harness = await createHarness();
    const { api, tracker, advance, reaches } = harness;
    await tracker.start();
    const task = await harness.ask();
    (await api.submitted(0)).accept('provider-1');
    await reaches(task.id, 'running');
    advance(15_000);
    const poll = await api.poll(0);
    await leave(harness);
    poll.answer({ state: 'running', clips: [{ ...SONG, state: 'running' }] });
    advance(60_000);
    const next = await api.poll(1);
    await expectNothingOf(harness, task);
    next.answer({ state: 'succeeded', clips: [SONG] });
    await reaches(task.id, 'succeeded');
    await expectNothingOf(harness, task);
  });
});
