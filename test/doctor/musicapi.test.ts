import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeBalance, judgeLatency } from '../../src/doctor/checks/musicapi.ts';
import { OPERATOR_ACCOUNT } from '../../src/store/accounts.ts';
import { addEntry } from '../../src/store/ledger.ts';
import { openStore } from '../../src/store/open.ts';
import { insertTask } from '../../src/store/tasks.ts';
import { queuedTask } from '../support/tasks.ts';
import { expectFound, type Surroundings, useSurroundings } from './support.ts';

/** Writes a catalogue file; gives the variable that names it. */
async function writeCatalogue({ folder }: Surroundings, content: unknown) {
  const path = join(folder, 'catalogue.json');
  await writeFile(path, JSON.stringify(content));
  return { MUSICAPI_CATALOGUE: path };
}

describe('the catalogue', () => {
  it('may have a file of the operator over it', async () => {
    const surroundings = await useSurroundings();
    const file = await writeCatalogue(surroundings, { sonic: { prices: { create: 25 } } });
    expectFound(await surroundings.examine(), 'catalogue', 'built-in');
    expectFound(await surroundings.examine(file), 'catalogue', 'overridden');
  });

  it('may have a file that cannot be used; then MusicAPI itself is looked at all the same', async () => {
    const surroundings = await useSurroundings();
    const checked = await surroundings.examine(await writeCatalogue(surroundings, { sonic: { price: 1 } }));
    expect(expectFound(checked, 'catalogue', 'invalid').message).toContain('sonic');
    expectFound(checked, 'musicapi-key', 'accepted');
    expectFound(checked, 'musicapi-models', 'skipped');
  });
});

describe('MusicAPI', () => {
  it('is asked for key, balance and models at no cost', async () => {
    const { examine, musicApi } = await useSurroundings();
    const checked = await examine();
    expectFound(checked, 'musicapi-key', 'accepted');
    expect(expectFound(checked, 'musicapi-balance', 'enough').message).toBe('The balance is 1000 credits.');
    expect(expectFound(checked, 'musicapi-models', 'accepted').message).toContain('sonic-v6-wild');
    expect(musicApi.credits()).toEqual({ credits: 1_000, extraCredits: 0 });
    expect(musicApi.tasks).toEqual([]);
  });

  it('may be slow, or not there', async () => {
    expectFound([judgeLatency(3_000)], 'musicapi', 'reached');
    expectFound([judgeLatency(3_001)], 'musicapi', 'slow');
    const { examine } = await useSurroundings();
    const checked = await examine({ MUSICAPI_URL: 'http://127.0.0.1:1/api/v1' });
    expect(expectFound(checked, 'musicapi', 'unreachable').message).toContain('ECONNREFUSED');
    expectFound(checked, 'musicapi-models', 'skipped');
  });

  it('may answer nonsense', async () => {
    const { examine, musicApi } = await useSurroundings();
    musicApi.fault({ path: /get-credits/, answer: 'html', times: 'all' });
    expectFound(await examine(), 'musicapi', 'unreachable');
  });

  it('may refuse the key, which is not told', async () => {
    const { examine } = await useSurroundings();
    const checked = await examine({ MUSICAPI_KEY: 'a-wrong-key' });
    expectFound(checked, 'musicapi-key', 'refused');
    expectFound(checked, 'musicapi-models', 'skipped');
    expect(JSON.stringify(checked)).not.toContain('a-wrong-key');
  });

  it('may have no credits left', async () => {
    const { examine } = await useSurroundings({ musicApi: { account: { credits: 10, extraCredits: 9 } } });
    expectFound(await examine(), 'musicapi-balance', 'empty');
  });
});

describe('the balance', () => {
  it('is told in days, by what the ledger says of the last week', async () => {
    const { examine, env } = await useSurroundings({ musicApi: { account: { credits: 600 } } });
    const store = await openStore({ databaseUrl: env.DATABASE_URL ?? '' });
    const at = Date.now() - 8 * 24 * 60 * 60_000;
    await insertTask(store.db, queuedTask('task-1'), at);
    for (const bookedAt of [at, Date.now()]) {
      await addEntry(store.db, {
        accountId: OPERATOR_ACCOUNT,
        taskId: 'task-1',
        kind: 'charge',
        reserved: 0,
        charged: 2_100,
        memberId: 'member',
        bookedAt,
        at: bookedAt,
        flagged: false,
      });
    }
    await store.close();
    const { message } = expectFound(await examine(), 'musicapi-balance', 'low');
    expect(message).toBe('The balance is 600 credits: about 2 days at the present rate.');
  });

  it('is judged by price, threshold and rate', () => {
    const judge = (balance: number, days?: number) => [
      judgeBalance({ balance, cheapest: 20, threshold: 50, days }),
    ];
    expectFound(judge(50, 3), 'musicapi-balance', 'enough');
    expectFound(judge(49, 30), 'musicapi-balance', 'low');
    expectFound(judge(49), 'musicapi-balance', 'low');
    expectFound(judge(19, 30), 'musicapi-balance', 'empty');
    expect(expectFound(judge(100, 0.13), 'musicapi-balance', 'low').message).toContain('about 3 h');
    expect(expectFound(judge(300, 3.9), 'musicapi-balance', 'enough').message).toContain('about 3 days');
  });
});

describe('the models', () => {
  it('may be refused, the default one or another', async () => {
    const surroundings = await useSurroundings();
    const other = await writeCatalogue(surroundings, { sonic: { models: ['sonic-v6', 'sonic-v9'] } });
    expect(expectFound(await surroundings.examine(other), 'musicapi-models', 'some-refused').message).toBe(
      'MusicAPI does not take the model sonic-v9.',
    );
    const first = await writeCatalogue(surroundings, { sonic: { models: ['sonic-v9'] } });
    expectFound(await surroundings.examine(first), 'musicapi-models', 'default-refused');
    expect(surroundings.musicApi.tasks).toEqual([]);
  });

  it('may be taken without being listed', async () => {
    const surroundings = await useSurroundings();
    const file = await writeCatalogue(surroundings, { sonic: { models: ['sonic-v6', 'sonic-v5'] } });
    expectFound(await surroundings.examine(file), 'musicapi-models', 'accepted');
    expect(surroundings.musicApi.tasks).toEqual([]);
  });

  it('may not be found out', async () => {
    const surroundings = await useSurroundings();
    const { examine, musicApi } = surroundings;
    musicApi.fault({ path: /sonic\/create/, answer: { status: 429, body: { error: 'Too many requests.' } } });
    expectFound(await examine(), 'musicapi-models', 'unclear');
    musicApi.fault({ path: /sonic\/create/, answer: 'reset' });
    expectFound(await examine(), 'musicapi-models', 'unclear');
    const other = await writeCatalogue(surroundings, { sonic: { models: ['sonic-v9'] } });
    musicApi.fault({ path: /sonic\/create/ });
    musicApi.fault({ path: /sonic\/create/, answer: { status: 429, body: { error: 'Too many requests.' } } });
    expectFound(await examine(other), 'musicapi-models', 'unclear');
  });

  it('may be taken where MusicAPI refuses nothing any more: that is said', async () => {
    const { examine, musicApi } = await useSurroundings();
    musicApi.fault({ path: /sonic\/create/, answer: { status: 200, body: { task_id: 'task' } } });
    expectFound(await examine(), 'musicapi-models', 'taken');
  });
});
