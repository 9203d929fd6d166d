import { describe, expect, it } from 'vitest';
import {
  DEFAULT_MEMBER_SETTINGS,
  DEFAULT_SERVER_SETTINGS,
  type ServerSettings,
} from '../../../src/domain/settings.ts';
import { UserError } from '../../../src/errors.ts';
import { createLogger } from '../../../src/log.ts';
import { createCatalogue } from '../../../src/musicapi/catalogue.ts';
import {
  findAccountKey,
  listAccountsWithKey,
  noteKeyRefused,
  removeAccountKey,
  resealAccountKey,
  saveAccountKey,
} from '../../../src/store/account-keys.ts';
import {
  ensureAccount,
  getAccount,
  memberAccount,
  OPERATOR_ACCOUNT,
  ownerOf,
  serverAccount,
} from '../../../src/store/accounts.ts';
import { findDelivery, insertDeliveries, listDeliveriesOfTask } from '../../../src/store/deliveries.ts';
import type { Store } from '../../../src/store/open.ts';
import { bumpRevision, findRevision } from '../../../src/store/revisions.ts';
import {
  findMemberSettings,
  findServerSettings,
  listSettings,
  saveMemberSettings,
  saveServerSettings,
} from '../../../src/store/settings.ts';
import { RuleBook } from '../../../src/tracker/rule-book.ts';
import { speak } from '../../../src/words/words.ts';
import type { CreateDatabase } from '../../support/store.ts';
import { T0 } from '../../support/tasks.ts';
import { deliveryOf, putTask, runningTask, useStore } from '../support.ts';

const SETTINGS: ServerSettings = {
  ...DEFAULT_SERVER_SETTINGS,
  isPaused: true,
  channelIds: ['400'],
  offOperations: ['stems-full'],
  engine: 'sonic',
  pressers: 'roles',
  presserRoleIds: ['70'],
  results: 'thread',
  explicit: 'age-restricted',
  blockedWords: ['Größe', 'two words'],
  language: 'de',
};

const DEED = { guildId: '300', actorId: '900' };

function bookOf(store: Store, onChange = () => {}): RuleBook {
  return new RuleBook({
    store,
    catalogue: createCatalogue(),
    log: createLogger({ level: 'silent' }),
    onChange,
  });
}

/** What the audit says, oldest first. */
async function listAudit({ db }: Store): Promise<readonly string[]> {
  const rows = await db.selectFrom('audit').selectAll().orderBy('id').execute();
  return rows.map(({ guild_id, actor_id, act, target_id, detail }) =>
    [guild_id, actor_id, act, target_id, detail].join(' | '),
  );
}

/** What the tables of settings and own keys have to do on every database. */
export function describeSettings(createDatabase: CreateDatabase): void {
  describe('settings', () => {
    it('are the defaults until somebody sets them, and what was set last then', async () => {
      const { db } = await useStore(createDatabase);
      expect(await findServerSettings(db, '300')).toEqual(DEFAULT_SERVER_SETTINGS);
      expect(await findMemberSettings(db, '500')).toEqual(DEFAULT_MEMBER_SETTINGS);
      await saveServerSettings(db, '300', { ...SETTINGS, isPaused: false }, { by: '900', at: T0 });
      await saveServerSettings(db, '300', SETTINGS, { by: '900', at: T0 + 1 });
      const member = { ...DEFAULT_MEMBER_SETTINGS, vocals: 'female', isMentioned: false } as const;
      await saveMemberSettings(db, '500', member, T0);
      expect(await findServerSettings(db, '300')).toEqual(SETTINGS);
      expect(await findServerSettings(db, '301')).toEqual(DEFAULT_SERVER_SETTINGS);
      expect(await findMemberSettings(db, '500')).toEqual(member);
    });

    it('of an earlier version have the defaults for what it did not know', async () => {
      const { db } = await useStore(createDatabase);
      const values = { guild_id: '300', data: '{"isPaused":true}', set_by: '900', set_at: T0 };
      await db.insertInto('server_settings').values(values).execute();
      expect(await findServerSettings(db, '300')).toEqual({ ...DEFAULT_SERVER_SETTINGS, isPaused: true });
    });

    it('that cannot be read throw, and hold up no others where all are read', async () => {
      const { db } = await useStore(createDatabase);
      const set_at = T0;
      for (const [guild_id, data] of [
        ['300', '{"pressers":"nobody-knows"}'],
        ['301', 'not JSON'],
        ['302', '{"isPaused":true}'],
      ] as const) {
        await db.insertInto('server_settings').values({ guild_id, data, set_by: '900', set_at }).execute();
      }
      await db.insertInto('member_settings').values({ user_id: '500', data: '[]', set_at }).execute();
      await expect(findServerSettings(db, '300')).rejects.toThrow(
        'server_settings.data of 300 cannot be read',
      );
      await expect(findMemberSettings(db, '500')).rejects.toThrow('member_settings.data of 500');
      const broken: string[] = [];
      const all = await listSettings(db, ({ id }) => broken.push(id));
      expect(broken.toSorted()).toEqual(['300', '301', '500']);
      expect([...all.servers.keys()]).toEqual(['302']);
    });

    it('have a revision that every change counts', async () => {
      const store = await useStore(createDatabase);
      expect(await findRevision(store.db, 'settings')).toBe(0);
      await Promise.all([1, 2, 3].map(() => store.transaction((tx) => bumpRevision(tx, 'settings'))));
      expect(await findRevision(store.db, 'settings')).toBe(3);
    });
  });

  describe('RuleBook', () => {
    it('writes a change with its audit, says what is different, and tells of it only then', async () => {
      const store = await useStore(createDatabase);
      let told = 0;
      const book = bookOf(store, () => {
        told += 1;
      });
      const change = { isPaused: true, blockedWords: [' Regen ', 'Regen', ''], channelIds: ['400', '400'] };
      expect(await book.changeServer(DEED, change)).toEqual([
        { setting: 'isPaused', before: false, after: true },
        { setting: 'channelIds', before: [], after: ['400'] },
        { setting: 'blockedWords', before: [], after: ['Regen'] },
      ]);
      expect(await book.changeServer(DEED, { isPaused: true })).toEqual([]);
      expect(told).toBe(1);
      expect(await findRevision(store.db, 'settings')).toBe(1);
      expect(await book.changeMember('500', { language: 'de' })).toEqual([
        { setting: 'language', before: undefined, after: 'de' },
      ]);
      expect(await book.changeMember('500', { language: undefined })).toHaveLength(1);
      expect(await listAudit(store)).toEqual([
        '300 | 900 | setting | isPaused | false -> true',
        '300 | 900 | setting | channelIds | [] -> ["400"]',
        '300 | 900 | setting | blockedWords | [] -> ["Regen"]',
        ' | 500 | setting | language | not set -> "de"',
        ' | 500 | setting | language | "de" -> not set',
      ]);
    });

    it('takes nothing that cannot be, and changes nothing then', async () => {
      const store = await useStore(createDatabase);
      const book = bookOf(store);
      const many = Array.from({ length: 201 }, (_, index) => `word ${index}`);
      for (const [change, words] of [
        [{ language: 'tlh' }, 'I do not speak "tlh"'],
        [{ model: 'sonic-v5' }, 'has no model'],
        [{ engine: 'sonic', model: 'no-such-model' }, 'The engine sonic has no model "no-such-model"'],
        [{ blockedWords: many }, 'at most 200 words'],
        [{ blockedWords: ['x'.repeat(101)] }, 'at most 100 characters'],
        [
          { blockedWords: many.slice(0, 160).map((word) => word.padEnd(100, 'x')) },
          'at most 15,000 characters',
        ],
        [{ retentionDays: 0 }, '1 to 3,650 whole days'],
        [{ retentionDays: 2.5 }, '1 to 3,650 whole days'],
        [{ retentionDays: 4_000 }, '1 to 3,650 whole days'],
        [{ blockedWords: ['fine', '!?'] }, '"!?" has neither letters nor digits'],
      ] as const) {
        await expect(book.changeServer(DEED, change)).rejects.toThrow(words);
      }
      const german = () => book.changeServer(DEED, { language: 'tlh' });
      await expect(speak('de', german)).rejects.toThrow('Ich spreche „tlh“ nicht');
      expect(await book.lookServer('300')).toEqual(DEFAULT_SERVER_SETTINGS);
      expect(await listAudit(store)).toEqual([]);
    });

    it('judges only what is changed: what cannot be any more is in nobody’s way, and can be taken off', async () => {
      const store = await useStore(createDatabase);
      const book = bookOf(store);
      const old = { engine: 'sonic', model: 'model-of-last-year', language: 'tlh' } as const;
      await saveServerSettings(
        store.db,
        '300',
        { ...SETTINGS, ...old, isPaused: false },
        { by: '9', at: T0 },
      );
      await saveMemberSettings(store.db, '500', { ...DEFAULT_MEMBER_SETTINGS, ...old }, T0);
      expect(await book.changeServer(DEED, { isPaused: true })).toHaveLength(1);
      expect(await book.changeMember('500', { isMentioned: false })).toHaveLength(1);
      expect(await book.lookServer('300')).toMatchObject({ ...old, isPaused: true });
      await expect(book.changeServer(DEED, { engine: 'nuro', model: 'nonsense' })).rejects.toThrow(
        'no model',
      );
      expect(await book.changeServer(DEED, { engine: 'nuro' })).toEqual([
        { setting: 'engine', before: 'sonic', after: 'nuro' },
        { setting: 'model', before: 'model-of-last-year', after: undefined },
      ]);
      expect(await book.changeMember('500', { model: undefined, language: 'de' })).toHaveLength(2);
    });

    it('gives whoever changes something what is set at that moment; what they then refuse changes nothing', async () => {
      const store = await useStore(createDatabase);
      const book = bookOf(store);
      await book.changeServer(DEED, { offOperations: ['stems-full'] });
      const add = (id: 'cover' | 'extend') =>
        book.changeServer(DEED, ({ offOperations }) => ({ offOperations: [...offOperations, id] }));
      await Promise.all([add('cover'), add('extend')]);
      const { offOperations } = await book.lookServer('300');
      expect(offOperations.toSorted()).toEqual(['cover', 'extend', 'stems-full']);

      const refuse = () => {
        throw new UserError('it was moved');
      };
      const all = { holder: 'server', holderId: '', period: { kind: 'day' }, credits: 5 } as const;
      await book.setBudget(DEED, all, (present) => expect(present).toEqual([]));
      const before = await listAudit(store);
      await expect(book.changeServer(DEED, refuse)).rejects.toThrow('it was moved');
      await expect(book.changeMember('500', refuse)).rejects.toThrow('it was moved');
      await expect(book.setBudget(DEED, { ...all, credits: 9 }, refuse)).rejects.toThrow('it was moved');
      await expect(book.removeBudget(DEED, all, refuse)).rejects.toThrow('it was moved');
      expect(await book.listBudgets('300')).toEqual([expect.objectContaining({ credits: 5 })]);
      expect(await listAudit(store)).toEqual(before);
    });

    it('lets a default model leave with its engine', async () => {
      const store = await useStore(createDatabase);
      const book = bookOf(store);
      const [model] = createCatalogue().models('sonic');
      await book.changeMember('500', { engine: 'sonic', model: model?.id });
      expect(await book.changeMember('500', { engine: 'producer' })).toEqual([
        { setting: 'engine', before: 'sonic', after: 'producer' },
        { setting: 'model', before: model?.id, after: undefined },
      ]);
    });

    it('loses no change of two that come at the same time', async () => {
      const store = await useStore(createDatabase);
      const book = bookOf(store);
      await Promise.all([
        book.changeServer(DEED, { isPaused: true }),
        book.changeServer(DEED, { results: 'thread' }),
        book.changeServer(DEED, { explicit: 'age-restricted' }),
      ]);
      expect(await book.lookServer('300')).toMatchObject({
        isPaused: true,
        results: 'thread',
        explicit: 'age-restricted',
      });
    });

    it('sets, lists and removes the budgets of a server, and leaves grants and other servers alone', async () => {
      const store = await useStore(createDatabase);
      const book = bookOf(store);
      const role = { holder: 'role', holderId: '70' } as const;
      const everybody = { holder: 'member', holderId: '' } as const;
      const week = { kind: 'week' } as const;
      await book.setBudget({ ...DEED, guildId: '301' }, { ...role, period: week, credits: 5 });
      await book.setBudget(DEED, { ...everybody, period: week, credits: 50 });
      expect(await book.setBudget(DEED, { ...role, period: week, credits: 100 })).toEqual([
        { setting: 'budget of role 70', before: undefined, after: { period: week, credits: 100 } },
      ]);
      const unlimited = {
        ...role,
        period: { kind: 'rolling', hours: 5 },
        credits: Number.POSITIVE_INFINITY,
      } as const;
      await book.setBudget(DEED, unlimited);
      const stored = { accountId: OPERATOR_ACCOUNT, guildId: '300' };
      expect(await book.listBudgets('300')).toEqual([
        { ...stored, ...everybody, period: week, credits: 50 },
        { ...stored, ...unlimited },
      ]);
      expect(await book.removeBudget(DEED, role)).toMatchObject([
        { before: { credits: 'unlimited' }, after: undefined },
      ]);
      expect(await book.removeBudget(DEED, role)).toEqual([]);
      expect(await book.listBudgets('300')).toHaveLength(1);
      expect(await book.listBudgets('301')).toHaveLength(1);
      expect((await listAudit(store)).at(-1)).toBe(
        '300 | 900 | budget | budget of role 70 | {"period":{"kind":"rolling","hours":5},"credits":"unlimited"} -> not set',
      );
    });
  });

  describe('own keys', () => {
    const accountId = memberAccount('500');
    const key = { accountId, keyId: 'k1', sealed: 'sealed-1', version: 1, setBy: '500', setAt: T0 };

    it('belong to accounts that stay when they are removed', async () => {
      const { db } = await useStore(createDatabase);
      await ensureAccount(db, accountId, T0);
      await ensureAccount(db, accountId, T0);
      await saveAccountKey(db, key);
      expect(await findAccountKey(db, accountId)).toEqual({ ...key, refusedAt: undefined });
      expect(await listAccountsWithKey(db)).toEqual([accountId]);
      expect(await removeAccountKey(db, accountId)).toBe(true);
      expect(await removeAccountKey(db, accountId)).toBe(false);
      expect(await findAccountKey(db, accountId)).toBeUndefined();
      expect(await getAccount(db, accountId)).toEqual({ id: accountId, nextCreateAt: 0 });
      expect([accountId, serverAccount('300'), OPERATOR_ACCOUNT].map(ownerOf)).toEqual([
        { kind: 'member', userId: '500' },
        { kind: 'server', guildId: '300' },
        { kind: 'operator' },
      ]);
    });

    it('are refused once, and a refusal of an earlier one says nothing of the present one', async () => {
      const { db } = await useStore(createDatabase);
      await ensureAccount(db, accountId, T0);
      await saveAccountKey(db, key);
      expect(await noteKeyRefused(db, { accountId, version: 2 }, T0)).toBe(false);
      expect(await noteKeyRefused(db, key, T0 + 5)).toBe(true);
      expect(await noteKeyRefused(db, key, T0 + 6)).toBe(false);
      expect(await findAccountKey(db, accountId)).toMatchObject({ refusedAt: T0 + 5 });
      await saveAccountKey(db, { ...key, version: 2 });
      expect(await findAccountKey(db, accountId)).toMatchObject({ version: 2, refusedAt: undefined });
    });

    it('are sealed anew only while they are the same', async () => {
      const { db } = await useStore(createDatabase);
      await ensureAccount(db, accountId, T0);
      await saveAccountKey(db, key);
      await resealAccountKey(db, key, { keyId: 'k2', sealed: 'sealed-2' });
      expect(await findAccountKey(db, accountId)).toMatchObject({
        keyId: 'k2',
        sealed: 'sealed-2',
        version: 1,
      });
      await resealAccountKey(db, key, { keyId: 'k3', sealed: 'sealed-3' });
      expect(await findAccountKey(db, accountId)).toMatchObject({ keyId: 'k2' });
    });
  });

  describe('copies of deliveries', () => {
    it('are deliveries that no card counts', async () => {
      const { db } = await useStore(createDatabase);
      await putTask(db, runningTask('task-1'));
      const copy = deliveryOf('delivery-2', { mention: false, isCopy: true });
      await insertDeliveries(db, [deliveryOf('delivery-1'), copy]);
      expect(await listDeliveriesOfTask(db, 'task-1')).toEqual([deliveryOf('delivery-1')]);
      expect(await findDelivery(db, 'delivery-2')).toEqual(copy);
    });
  });
}
