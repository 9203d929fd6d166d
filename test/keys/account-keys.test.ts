import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AccountKeys } from '../../src/keys/account-keys.ts';
import { createKeyBox } from '../../src/keys/key-box.ts';
import { createLogger, hideFrom } from '../../src/log.ts';
import type { Credits } from '../../src/musicapi/types.ts';
import { ensureAccount, memberAccount } from '../../src/store/accounts.ts';
import type { Store } from '../../src/store/open.ts';
import { speak } from '../../src/words/words.ts';
import { putTask, runningTask, useStore } from '../store/support.ts';
import { queuedTask, T0 } from '../support/tasks.ts';
import { apiError } from '../tracker/support.ts';

const ANNA = memberAccount('500');
const KEY = 'annas-own-musicapi-key';
const OTHER = 'another-musicapi-key';
const REFUSED = apiError({ kind: 'not-authorised', status: 401 });

/** Keys of a new database, with a log that is kept. MusicAPI takes every key unless told otherwise. */
async function openKeys() {
  const store = await useStore();
  const lines: string[] = [];
  const log = createLogger({ level: 'trace', destination: { write: (line) => lines.push(line) } });
  const asked: string[] = [];
  const answers: Error[] = [];
  const keys = new AccountKeys({
    store,
    log,
    box: createKeyBox([randomBytes(32)]),
    check(key): Promise<Credits> {
      asked.push(key);
      const error = answers.shift();
      return error ? Promise.reject(error) : Promise.resolve({ plan: 100, extra: 0 });
    },
    onChange: () => {},
    onRefused: () => {},
  });
  /** What the log makes of a text. */
  const written = (text: string): unknown => {
    log.info({ text }, 'a line');
    return JSON.parse(lines.at(-1) ?? '').text;
  };
  return { store, log, keys, asked, answers, written };
}

async function putTasks(store: Store): Promise<void> {
  await store.transaction((tx) => ensureAccount(tx, ANNA, T0));
  for (const id of ['song-1', 'song-2']) {
    await putTask(store.db, { ...runningTask(id), accountId: ANNA });
  }
  await putTask(store.db, { ...queuedTask('song-3'), accountId: ANNA });
}

describe('AccountKeys', () => {
  it.each([
    '"level":30',
    '{"level":30}',
    'a\\nb\\nc\\nd',
    'one,two,three',
    'time:time',
    '[secret]',
    'two words',
    '1800000000000',
    '1.5e-100',
    'short',
  ])('takes %s for no key: MusicAPI is not asked, and the log goes on writing it', async (typed) => {
    const { keys, asked, written } = await openKeys();
    await expect(keys.set(ANNA, typed, '500')).rejects.toThrow('This is no key');
    expect(asked).toEqual([]);
    expect(written(typed)).toBe(typed);
  });

  it('hides from the log only what MusicAPI took, and what was hidden before', async () => {
    const { log, keys, answers, written } = await openKeys();
    hideFrom(log, 'the-operators-key');
    answers.push(REFUSED, REFUSED, apiError({ status: 503 }));
    await expect(keys.set(ANNA, 'the-operators-key', '500')).rejects.toThrow('does not take this key');
    expect(written('the-operators-key')).toBe('[secret]');
    await expect(keys.set(ANNA, 'accountId', '500')).rejects.toThrow('does not take this key');
    await expect(keys.set(ANNA, 'something', '500')).rejects.toThrow('does not answer at the moment');
    expect(written('accountId of something')).toBe('accountId of something');
    await keys.set(ANNA, KEY, '500');
    expect(written(`${KEY}!`)).toBe('[secret]!');
  });

  it('lets go of no key while songs are being made with it: nothing else could fetch them', async () => {
    const { store, keys } = await openKeys();
    await keys.set(ANNA, KEY, '500');
    await putTasks(store);
    const says = '2 songs are being made with it: try again when they are finished. Nothing was changed.';
    await expect(keys.set(ANNA, OTHER, '500')).rejects.toThrow(says);
    await expect(keys.remove(ANNA, '500')).rejects.toThrow(says);
    await expect(speak('de', () => keys.remove(ANNA, '500'))).rejects.toThrow(
      '2 Songs werden gerade damit gemacht: Versuch es noch einmal, wenn sie fertig sind.',
    );
    expect(await keys.find(ANNA)).toMatchObject({ key: KEY });
    // The same key fetches them as well.
    expect(await keys.set(ANNA, KEY, '500')).toMatchObject({ isReplaced: true });

    await store.db.deleteFrom('tasks').where('id', 'in', ['song-1', 'song-2']).execute();
    expect(await keys.set(ANNA, OTHER, '500')).toMatchObject({ isReplaced: true });
    expect(await keys.remove(ANNA, '500')).toBe(true);
  });

  it('lets a key go that fetches nothing any more, and takes the first one at any time', async () => {
    const { store, keys } = await openKeys();
    await putTasks(store);
    expect(await keys.set(ANNA, KEY, '500')).toMatchObject({ isReplaced: false });
    await keys.noteRefused(ANNA, (await keys.look(ANNA))?.version ?? 0);
    expect(await keys.set(ANNA, OTHER, '500')).toMatchObject({ isReplaced: true });
    await store.db.updateTable('account_keys').set({ key_id: 'lost' }).execute();
    expect(await keys.look(ANNA)).toMatchObject({ isReadable: false });
    expect(await keys.remove(ANNA, '500')).toBe(true);
  });
});
