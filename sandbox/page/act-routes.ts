import { InteractionType } from 'discord-api-types/v10';
import type { FastifyInstance } from 'fastify';
import type { PersonFile } from '../discord/attachments.ts';
import type { FieldValue } from '../discord/client-modal.ts';
import type { Sent } from '../discord/sent.ts';
import { showModal } from './modal-view.ts';
import { OpenModals } from './open-modals.ts';
import { PageError } from './page-error.ts';
import type { ChoiceView, FieldInput, FileInput, OptionInput, Outcome, Said } from './protocol.ts';
import { readRequest, requests } from './requests.ts';
import type { Scenery } from './scenery.ts';

/** What Discord's client says where the bot stays silent. */
const SILENCE: Readonly<Record<number, string>> = {
  [InteractionType.ApplicationCommand]: 'The application did not respond',
  [InteractionType.MessageComponent]: 'This interaction failed',
  [InteractionType.ModalSubmit]: 'Something went wrong. Try again.',
};

/** What people do. What Discord's client would refuse, `Person` refuses. */
export function registerActs(app: FastifyInstance, scenery: Scenery): void {
  const modals = new OpenModals(scenery.discord.clock);

  async function answer(sent: Sent): Promise<Outcome> {
    const response = await sent.response();
    switch (response.kind) {
      case 'failed':
        return { kind: 'failed', sentence: SILENCE[sent.interaction.type] ?? 'Something went wrong' };
      case 'modal':
        modals.open(response.modal);
        return { kind: 'modal', modal: showModal(response.modal) };
      case 'choices':
        throw new Error('The bot answered with choices where nobody was typing');
      default:
        return { kind: response.kind, messageId: response.message.id };
    }
  }

  app.post('/api/command', async (request) => {
    const { as, channel, command, options } = readRequest(requests.command, request.body);
    const person = scenery.getPerson(as);
    return await answer(person.command(scenery.getChannel(person, channel), command, readOptions(options)));
  });

  app.post('/api/autocomplete', async (request): Promise<readonly ChoiceView[]> => {
    const { as, channel, command, options, focused } = readRequest(requests.autocomplete, request.body);
    const person = scenery.getPerson(as);
    const sent = person.type(scenery.getChannel(person, channel), command, readOptions(options), focused);
    const response = await sent.response();
    if (response.kind === 'choices') return response.choices;
    throw new PageError(504, 'Loading options failed');
  });

  app.post('/api/message-command', async (request) => {
    const { as, channel, message, command } = readRequest(requests.messageCommand, request.body);
    const person = scenery.getPerson(as);
    return await answer(person.messageCommand(scenery.getMessage(person, channel, message), command));
  });

  app.post('/api/press', async (request) => {
    const { as, channel, message, customId } = readRequest(requests.press, request.body);
    const person = scenery.getPerson(as);
    return await answer(person.press(scenery.getMessage(person, channel, message), { customId }));
  });

  app.post('/api/select', async (request) => {
    const { as, channel, message, customId, values } = readRequest(requests.select, request.body);
    const person = scenery.getPerson(as);
    return await answer(person.select(scenery.getMessage(person, channel, message), customId, values));
  });

  app.post('/api/submit', async (request) => {
    const { as, modal, values } = readRequest(requests.submit, request.body);
    const person = scenery.getPerson(as);
    const submitted = modals.get(modal);
    const sent = person.submit(submitted, mapValues(values, readField));
    // It is on its way: what is submitted a second time meanwhile would be made, and paid, twice.
    modals.close(modal);
    const outcome = await answer(sent);
    // Where the bot stays silent, the client keeps the modal open for another try.
    if (outcome.kind === 'failed') modals.open(submitted);
    return outcome;
  });

  app.post('/api/say', async (request): Promise<Said> => {
    const { as, channel, content, files } = readRequest(requests.say, request.body);
    const person = scenery.getPerson(as);
    const message = person.say(scenery.getChannel(person, channel), content, files.map(readFile));
    return { messageId: message.id };
  });
}

function readOptions(
  options: Readonly<Record<string, OptionInput>>,
): Record<string, string | number | boolean | PersonFile> {
  return mapValues(options, (value) => (typeof value === 'object' ? readFile(value) : value));
}

function readField(value: FieldInput): FieldValue {
  return areFiles(value) ? value.map(readFile) : value;
}

function areFiles(value: FieldInput): value is readonly FileInput[] {
  return typeof value === 'object' && value.some((one) => typeof one === 'object');
}

function readFile({ name, base64 }: FileInput): PersonFile {
  return { name, data: Buffer.from(base64, 'base64') };
}

function mapValues<T, R>(record: Readonly<Record<string, T>>, map: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
