import { expect, onTestFinished, test } from 'vitest';
import { createLogger } from '../../src/log.ts';
import { findStanding } from '../../src/store/member-rules.ts';
import { type MemberDeed, Members } from '../../src/tracker/members.ts';
import { openTestStore } from '../support/store.ts';
import { T0 } from '../support/tasks.ts';

const BY_MANAGER: MemberDeed = { guildId: '300', actorId: '900', targetId: '500', isOperator: false };
const BY_OPERATOR: MemberDeed = { ...BY_MANAGER, actorId: '1', isOperator: true };

async function openMembers(newId: () => string) {
  const { store, cleanup } = await openTestStore({ now: () => T0 });
  onTestFinished(cleanup);
  const budgets = { memberDay: 200, serverDay: 2_000 };
  const log = createLogger({ level: 'silent' });
  const members = new Members({ store, budgets, log, onChange: () => {}, newId });
  const listActs = () => store.db.selectFrom('audit').selectAll().orderBy('id').execute();
  return { store, members, listActs };
}

test('every act leaves a row behind: who, about whom, where, what exactly, and when', async () => {
  let count = 0;
  const { members, listActs } = await openMembers(() => {
    count += 1;
    return `act-${count}`;
  });
  await members.grant(BY_MANAGER, { credits: 500, period: { kind: 'month' } });
  await members.grant(BY_MANAGER, { credits: Number.POSITIVE_INFINITY, period: { kind: 'week' } });
  await members.grant(BY_MANAGER, { credits: 0, period: { kind: 'week' } });
  await members.reset(BY_MANAGER);
  await members.reset(BY_OPERATOR);
  await members.block(BY_MANAGER);
  await members.unblock(BY_OPERATOR);
  const acts = await listActs();
  expect(acts.map(({ actor_id: by, act, detail }) => [by, act, detail])).toEqual([
    ['900', 'grant', '500 credits per month (UTC)'],
    ['900', 'grant', 'unlimited per week (from Monday, UTC)'],
    ['900', 'grant', 'taken back'],
    ['900', 'reset', 'in this server'],
    ['1', 'reset', 'over all servers'],
    ['900', 'block', ''],
    ['1', 'unblock', ''],
  ]);
  for (const act of acts) expect(act).toMatchObject({ guild_id: '300', target_id: '500', at: T0 });
});

test('an act that cannot be written down is not done', async () => {
  const { store, members, listActs } = await openMembers(() => 'always-the-same');
  await members.unblock(BY_MANAGER);
  await expect(members.block(BY_MANAGER)).rejects.toThrow();
  expect((await findStanding(store.db, '300', '500')).isBlocked).toBe(false);
  expect(await listActs()).toHaveLength(1);
});
