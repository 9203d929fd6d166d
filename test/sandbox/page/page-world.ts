import { EventSource } from 'undici';
import { vi } from 'vitest';
import { type PageStage, startPageStage } from '../../../sandbox/page/page-stage.ts';
import type {
  ChannelView,
  Control,
  PersonView,
  ShownMessage,
  StateView,
  StreamEvents,
  WorldView,
} from '../../../sandbox/page/protocol.ts';
import { PATIENCE } from '../../support/patience.ts';

/** What the server answered. */
interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers as they came
  readonly body: any;
}

/** The page's server with the real bot, and a browser that has no window. */
export interface PageWorld extends PageStage {
  readonly people: Readonly<Record<'anna' | 'mona' | 'ben' | 'cleo' | 'jonas' | 'owner', PersonView>>;
  get(path: string): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
  /** Opens the stream of a person, as the page does. It is closed with the world. */
  watch(person: PersonView): Promise<Watcher>;
  /** Turns a control, which must be accepted. */
  turn(control: string, value?: boolean | string): Promise<readonly Control[]>;
}

/** What a person's page has heard. */
export interface Watcher {
  /** The state that came last, with everything that came after it in it. */
  readonly state: StateView;
  /** How often a whole state came. */
  readonly states: number;
  /** The names of everything that came, in order. */
  readonly heard: readonly (keyof StreamEvents)[];
  channel(name: string): ChannelView;
  messages(channel: ChannelView): readonly ShownMessage[];
  /** Resolves with what `look` finds after something came. */
  until<T>(look: () => T | undefined | false): Promise<T>;
  close(): void;
}

/** Starts everything; songs take a fraction of a second. */
export async function startPageWorld(options: { withBot?: boolean } = {}): Promise<PageWorld> {
  const started = await startPageStage({
    port: 0,
    ...options,
    // As in all flows: restarts follow each other fast, and how busy the machine is matters to none of them.
    discord: {
      identifyWindowMs: 0,
      ackMs: 15_000,
      rateLimits: { 'interaction-webhook': { limit: 100, windowMs: 1_000 } },
    },
    musicApi: {
      timeline: { notReadyMs: 50, firstMs: 200, lastMs: 300 },
      lengths: { songSeconds: [1, 2] },
      createIntervalMs: 0,
    },
    env: { POLL_INTERVAL_MS: '100', SUBMIT_INTERVAL_MS: '0' },
  });
  const { url } = started.page;
  const watchers: Watcher[] = [];
  const ask = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, init);
    return { status: response.status, body: await response.json() };
  };
  const get = (path: string) => ask(path);
  const post = (path: string, body: unknown) =>
    ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify(body),
    });
  const { people }: WorldView = (await get('/api/world')).body;
  const [anna, mona, ben, cleo, jonas, owner] = people as [never, never, never, never, never, never];
  return {
    ...started,
    people: { anna, mona, ben, cleo, jonas, owner },
    get,
    post,
    async watch(person) {
      const watcher = openWatcher(`${url}/api/events?as=${person.id}`);
      watchers.push(watcher);
      await watcher.until(() => watcher.states > 0);
      return watcher;
    },
    async turn(control, value) {
      const { status, body } = await post('/api/controls', {
        control,
        ...(value === undefined ? {} : { value }),
      });
      if (status !== 200) throw new Error(`${control}: ${JSON.stringify(body)}`);
      return body;
    },
    async close() {
      for (const watcher of watchers) watcher.close();
      await started.close();
    },
  };
}

function openWatcher(address: string): Watcher {
  const heard: (keyof StreamEvents)[] = [];
  let state: StateView | undefined;
  let states = 0;
  const open = (): EventSource => {
    const stream = new EventSource(address);
    const on = <Name extends keyof StreamEvents>(
      name: Name,
      take: (data: StreamEvents[Name], now: StateView) => StateView,
    ) =>
      stream.addEventListener(name, (event) => {
        heard.push(name);
        state = take(JSON.parse((event as MessageEvent).data), state as StateView); // `state` comes first
      });
    on('state', (next) => {
      states += 1;
      return next;
    });
    on('message', (message, now) => ({ ...now, messages: putMessage(now.messages, message) }));
    on('gone', ({ messageId }, now) => ({
      ...now,
      messages: now.messages.filter(({ message }) => message.id !== messageId),
    }));
    on('places', (places, now) => ({ ...now, ...places }));
    on('controls', (controls, now) => ({ ...now, controls }));
    on('commands', (_data, now) => now);
    // Refused, by a server that is about to close, it ends for good: as the page does, it is opened anew.
    stream.addEventListener('error', () => {
      if (stream.readyState === EventSource.CLOSED && !isOver) source = open();
    });
    return stream;
  };
  let isOver = false;
  let source = open();

  const watcher: Watcher = {
    get state() {
      if (!state) throw new Error('Nothing came yet');
      return state;
    },
    get states() {
      return states;
    },
    heard,
    channel(name) {
      const { servers, dm } = watcher.state;
      const found = [...servers.flatMap(({ channels }) => channels), dm].find((one) => one.name === name);
      if (found) return found;
      throw new Error(`No channel ${name}`);
    },
    messages: ({ id }) => watcher.state.messages.filter(({ message }) => message.channel_id === id),
    until: async (look) => await vi.waitUntil(look, PATIENCE),
    close: () => {
      isOver = true;
      source.close();
    },
  };
  return watcher;
}

function putMessage(all: readonly ShownMessage[], next: ShownMessage): readonly ShownMessage[] {
  const index = all.findIndex(({ message }) => message.id === next.message.id);
  return index < 0 ? [...all, next] : all.with(index, next);
}
