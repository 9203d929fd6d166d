import type { APIMessage } from 'discord-api-types/v10';
import type { Message } from '../discord/message-view.ts';
import type { Person } from '../discord/person.ts';
import type { ShownMessage } from './protocol.ts';

/** A message as a person's client has it. @param origins - where files are served; for the page they are at its own address */
export function showMessage(person: Person, message: Message, origins: readonly string[]): ShownMessage {
  return {
    message: useOwnAddresses(message.toJSON(), origins),
    ephemeral: message.ephemeral,
    pinged: message.pinged.includes(person.user.id),
  };
}

/** Fields that hold addresses. What people wrote stays as it is. */
const ADDRESS = /(^|_)url$/;

function useOwnAddresses(json: Record<string, unknown>, origins: readonly string[]): APIMessage {
  const text = JSON.stringify(json, (key, value: unknown) => {
    if (!ADDRESS.test(key) || typeof value !== 'string') return value;
    const origin = origins.find((one) => value.startsWith(`${one}/`)) ?? '';
    return value.slice(origin.length);
  });
  return JSON.parse(text); // in the shape of Discord's REST API, as the local Discord renders it
}
