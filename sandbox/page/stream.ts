import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Person } from '../discord/person.ts';
import type { ControlPanel } from './control-panel.ts';
import { showMessage } from './message-views.ts';
import { showPlaces } from './place-views.ts';
import type { StateView, StreamEvents } from './protocol.ts';
import type { Scenery } from './scenery.ts';

/** How soon a browser tries again when the connection is lost. */
const RETRY_MS = 500;

/** What a person sees, and what becomes of it, as server-sent events. */
export function registerStream(app: FastifyInstance, scenery: Scenery, controls: ControlPanel): void {
  app.get<{ Querystring: { as?: string } }>('/api/events', (request, reply) => {
    const person = scenery.getPerson(request.query.as ?? '');
    const stream = new Readable({ read() {} });
    const send: Send = (event, data) => {
      stream.push(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    };
    stream.push(`retry: ${RETRY_MS}\n\n`);
    stream.on('close', tell(send, { person, scenery, controls }));
    return reply.type('text/event-stream').send(stream);
  });
}

type Send = <Name extends keyof StreamEvents>(event: Name, data: StreamEvents[Name]) => void;

interface Audience {
  readonly person: Person;
  readonly scenery: Scenery;
  readonly controls: ControlPanel;
}

/** Tells everything there is, then every change. @returns what ends it */
function tell(send: Send, { person, scenery, controls }: Audience): () => void {
  const { discord, fileOrigins } = scenery;
  send('state', showState({ person, scenery, controls }));

  const watched = [
    onlyChanges(
      () => showPlaces(discord, person),
      (places) => send('places', places),
    ),
    onlyChanges(
      () => listCommandVersions(scenery),
      () => send('commands', {}),
    ),
    onlyChanges(
      () => controls.show(),
      (shown) => send('controls', shown),
    ),
  ];
  const look = () => {
    for (const one of watched) one();
  };
  const stops = [
    // A message may be the first of a thread: the page hears of the thread before.
    person.watch((change, message) => {
      look();
      if (change !== 'delete') send('message', showMessage(person, message, fileOrigins));
      else send('gone', { channelId: message.channelId, messageId: message.id });
    }),
    discord.onChange(look),
    controls.onChange(look),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function showState({ person, scenery: { discord, fileOrigins }, controls }: Audience): StateView {
  return {
    ...showPlaces(discord, person),
    messages: person.channels.flatMap((channel) =>
      person.sees(channel).map((message) => showMessage(person, message, fileOrigins)),
    ),
    controls: controls.show(),
  };
}

/** Calls `run` with what `look` returns, where that differs from the time before. The first look has been told already. */
function onlyChanges<T>(look: () => T, run: (value: T) => void): () => void {
  let before = JSON.stringify(look());
  return () => {
    const value = look();
    const now = JSON.stringify(value);
    if (now === before) return;
    before = now;
    run(value);
  };
}

function listCommandVersions({ discord }: Scenery): readonly string[] {
  return [undefined, ...discord.guilds()].flatMap((guild) =>
    discord.commands(guild).map((one) => one.version),
  );
}
