import { REST } from 'discord.js';
import { TeamMemberMembershipState } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { Operators } from '../../../src/discord/people/operators.ts';

/** What Discord says of the application, one answer after the other. */
function operatorsOf(...answers: readonly (object | undefined)[]) {
  const left = [...answers];
  const makeRequest = async () => {
    const body = left.shift();
    return body ? Response.json(body) : Response.json({ message: 'gone' }, { status: 404 });
  };
  return new Operators(new REST({ makeRequest }).setToken('A-Very-Fake-Token'));
}

const { Accepted, Invited } = TeamMemberMembershipState;

describe('Operators', () => {
  it('are the owner of the application', async () => {
    const operators = operatorsOf({ owner: { id: '1' }, team: null });
    expect(await operators.list()).toEqual(['1']);
    expect([await operators.has('1'), await operators.has('2')]).toEqual([true, false]);
  });

  it('are the members of its team, but not the owner that stands for the team, nor who was only invited', async () => {
    const members = [
      { user: { id: '2' }, membership_state: Accepted },
      { user: { id: '3' }, membership_state: Invited },
      { user: { id: '4' }, membership_state: Accepted },
    ];
    expect(await operatorsOf({ owner: { id: '9' }, team: { members } }).list()).toEqual(['2', '4']);
  });

  it('are asked for again where Discord did not say', async () => {
    const operators = operatorsOf(undefined, { owner: { id: '1' }, team: null });
    await expect(operators.list()).rejects.toThrow();
    expect(await operators.list()).toEqual(['1']);
  });
});
