import type { ModalView, Outcome, PersonView, StreamEvents } from '../protocol.ts';
import { ApiError, api, eventsUrl } from './api.ts';
import { INITIAL_STATE, type PageEvent, type PageState, reduce } from './page-state.ts';

const RETRY_MS = 2_000;
const STREAM_EVENTS = [
  'state',
  'message',
  'gone',
  'places',
  'commands',
  'controls',
] as const satisfies readonly (keyof StreamEvents)[];

/** Where an interaction came from. */
export interface Source {
  /** What the person did, as they read it: "/create", "Extend". */
  readonly what: string;
  /** The message whose button, menu or entry it was. */
  readonly messageId?: string;
}

/** Holds the state of the page: follows the stream of the person, and tells its listeners of every change. */
export class PageStore {
  #state = INITIAL_STATE;
  readonly #listeners = new Set<() => void>();
  #stream: EventSource | undefined;

  /** What the page shows now. */
  get state(): PageState {
    return this.#state;
  }

  /** Calls back after every change, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Asks who there is and follows the person that the address names, else the first; tries again until it works. */
  async start(): Promise<void> {
    try {
      const world = await api.world();
      this.dispatch({ type: 'world', world });
      const wanted = this.#state.person;
      const [personId, channelId] = location.hash.slice(1).split('/');
      const person =
        world.people.find(({ id }) => id === (wanted?.id ?? personId)) ??
        world.people.find(({ name }) => name === wanted?.name) ??
        world.people[0];
      if (channelId && !wanted) this.open(channelId);
      if (person) this.become(person);
    } catch {
      this.#startLater();
    }
  }

  /** Becomes another person: their channels, their private messages, their commands. */
  become(person: PersonView): void {
    this.dispatch({ type: 'become', person });
    this.#follow(person.id);
  }

  /** Opens a channel. */
  open(channelId: string): void {
    this.dispatch({ type: 'open', channelId });
  }

  /** Puts a private message away. Discord's client does not tell the bot of it either. */
  dismiss(messageId: string): void {
    this.dispatch({ type: 'dismiss', messageId });
  }

  dismissNotice(id: number): void {
    this.dispatch({ type: 'dismiss-notice', id });
  }

  /** Opens a modal, or closes the open one. */
  showModal(modal: ModalView | undefined): void {
    this.dispatch({ type: 'modal', modal });
  }

  /**
   * Does something that the bot answers: opens the modal that comes, and shows a notice when nothing comes.
   *
   * @throws ApiError when Discord's client would not send it: nothing has happened, say so where it was typed
   */
  async interact(source: Source, send: () => Promise<Outcome>): Promise<Outcome> {
    const { channelId = '', person } = this.#state;
    const outcome = await send();
    const tell = (event: PageEvent) => this.dispatch({ type: 'outcome', personId: person?.id, event });
    if (outcome.kind === 'modal') tell({ type: 'modal', modal: outcome.modal });
    if (outcome.kind === 'failed') {
      const { what, messageId } = source;
      tell({ type: 'notice', notice: { channelId, messageId, what, sentence: outcome.sentence } });
    }
    return outcome;
  }

  /** The same for buttons and menus, which have no place of their own for a refusal: it becomes a notice. */
  async interactFrom(source: Source, send: () => Promise<Outcome>): Promise<Outcome | undefined> {
    const { channelId = '', person } = this.#state;
    try {
      return await this.interact(source, send);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { what, messageId } = source;
      const notice = { channelId, messageId, what, sentence: error.message };
      this.dispatch({ type: 'outcome', personId: person?.id, event: { type: 'notice', notice } });
      return undefined;
    }
  }

  /** Applies an event and tells the listeners. */
  dispatch(event: PageEvent): void {
    this.#state = reduce(this.#state, event);
    this.#nameAddress();
    for (const listener of this.#listeners) listener();
  }

  /** Keeps person and channel in the address, so that a reload stays where one was. */
  #nameAddress(): void {
    const { person, channelId } = this.#state;
    const hash = `#${person?.id}/${channelId}`;
    if (person && channelId && hash !== location.hash) history.replaceState(null, '', hash);
  }

  #follow(personId: string): void {
    this.#stream?.close();
    const stream = new EventSource(eventsUrl(personId));
    this.#stream = stream;
    stream.addEventListener('open', () => this.dispatch({ type: 'connection', connection: 'open' }));
    stream.addEventListener('error', () => {
      this.dispatch({ type: 'connection', connection: 'lost' });
      // The browser tries again by itself unless it was refused: then the sandbox is another one than before.
      if (stream.readyState === EventSource.CLOSED) this.#startLater();
    });
    for (const type of STREAM_EVENTS) {
      stream.addEventListener(type, ({ data }: MessageEvent<string>) =>
        this.dispatch({ type, data: JSON.parse(data) } as PageEvent),
      );
    }
  }

  #startLater(): void {
    this.dispatch({ type: 'connection', connection: 'lost' });
    setTimeout(() => void this.start(), RETRY_MS);
  }
}
