import { html, type TemplateResult } from 'lit';
import type { CommandView } from '../protocol.ts';
import { ApiError, api } from './api.ts';
import { createAsker } from './composer-asking.ts';
import { buildCall, readValues } from './composer-call.ts';
import { listFiles, toOptionInputs } from './composer-files.ts';
import { isUsedUp, readKey } from './composer-keys.ts';
import { buildList, type ListSources } from './composer-list.ts';
import { createRecording } from './composer-recording.ts';
import { type ComposerAction, reduceComposer } from './composer-reducer.ts';
import { type Sender, send } from './composer-send.ts';
import { type Asked, type ComposerState, createComposer } from './composer-state.ts';
import { composerStyles } from './composer-styles.ts';
import { focusKey, renderComposer } from './composer-view.ts';
import { listEntities } from './entities.ts';
import type { MenuOption } from './menu-choice.ts';
import { openChannel, openServer } from './page-state.ts';
import { StoreElement } from './store-element.ts';

const NOWHERE = { place: '', version: -1 };

/** The message box: messages with files, and commands with their options. It keeps a draft for each person and channel. */
class EncoreComposer extends StoreElement {
  static override readonly styles = composerStyles;
  static override readonly properties = {
    ...StoreElement.properties,
    drafts: { state: true },
    commands: { state: true },
  };
  declare drafts: ReadonlyMap<string, ComposerState>;
  declare commands: readonly CommandView[];
  readonly #asker = createAsker<Asked>((asked, signal) => this.#ask(asked, signal));
  /** Where {@link commands} are from. */
  #commandsOf = NOWHERE;
  /** Where the focus was before the last change. */
  #focus = { isInside: false, key: '', place: '' };

  constructor() {
    super();
    this.drafts = new Map();
    this.commands = [];
    // It comes up to here when the focus leaves the box, and also when an element goes that had it.
    this.addEventListener('focusout', () => void this.#closeWhenLeft());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('dragover', this.#onDragOver);
    window.addEventListener('drop', this.#onDrop);
  }

  override disconnectedCallback(): void {
    window.removeEventListener('dragover', this.#onDragOver);
    window.removeEventListener('drop', this.#onDrop);
    this.#asker.follow(undefined);
    super.disconnectedCallback();
  }

  override render(): TemplateResult {
    const channel = openChannel(this.state);
    const content = renderComposer(this.#draft, {
      place: channel ? `${openServer(this.state) ? '#' : '@'}${channel.name}` : '',
      list: buildList(this.#draft, this.#sources),
      dispatch: (action) => this.#dispatch(action),
      addRecording: (option) => this.#addRecording(option),
    });
    return html`
      <form aria-label="Message" @submit=${this.#onSubmit} @keydown=${this.#onKey} @paste=${this.#onPaste}>
        ${content}
      </form>`;
  }

  override willUpdate(): void {
    this.#focus.isInside = this.shadowRoot?.activeElement != null;
  }

  override updated(): void {
    const draft = this.#draft;
    const asked = draft.mode === 'filling' && draft.asked?.state === 'asking' ? draft.asked : undefined;
    this.#asker.follow(asked);
    void this.#loadCommands();
    this.#moveFocus();
    this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  get #sender(): Sender {
    return { as: this.state.person?.id ?? '', channel: this.state.channelId ?? '' };
  }

  get #draft(): ComposerState {
    return this.drafts.get(keyOf(this.#sender)) ?? createComposer();
  }

  get #sources(): ListSources {
    const { commands, state } = this;
    const toOffer = ({ label: name, value }: MenuOption) => ({ name, value });
    return { commands, listEntities: (entity) => listEntities(state, entity).map(toOffer) };
  }

  get #uploadLimitBytes(): number {
    return openChannel(this.state)?.uploadLimitBytes ?? 0;
  }

  /** @param sender - whose draft it is, when it may be another one by now */
  #dispatch(action: ComposerAction, sender = this.#sender): void {
    const key = keyOf(sender);
    const before = this.drafts.get(key) ?? createComposer();
    const after = reduceComposer(before, action, this.#sources);
    if (after !== before) this.drafts = new Map(this.drafts).set(key, after);
  }

  async #send(): Promise<void> {
    const draft = this.#draft;
    const built = draft.isSending ? undefined : buildCall(draft, this.#uploadLimitBytes);
    if (!built) return;
    if ('fields' in built) return this.#dispatch({ type: 'checked', fields: built.fields });
    if ('problem' in built) return this.#dispatch({ type: 'refused', problem: built.problem });
    const sender = this.#sender;
    const dispatch = (action: ComposerAction) => this.#dispatch(action, sender);
    dispatch({ type: 'sending' });
    try {
      await send(this.store, sender, built.call, (isAnswered) => {
        dispatch({ type: 'sent', isAnswered });
        // A modal gives the focus back to where it was, which must be an element that stays.
        return this.updateComplete;
      });
    } catch (error) {
      dispatch({ type: 'refused', problem: explain(error) });
    }
  }

  async #ask({ option, text }: Asked, signal: AbortSignal): Promise<void> {
    const sender = this.#sender;
    const draft = this.#draft;
    if (draft.mode !== 'filling') return;
    const others = draft.fields.filter((field) => field.option.option !== option && !field.file);
    const options = { ...(await toOptionInputs(readValues(others, 0))), [option]: text };
    const { command } = draft.command;
    try {
      const choices = await api.autocomplete({ ...sender, command, options, focused: option }, signal);
      this.#dispatch({ type: 'answered', option, text, choices }, sender);
    } catch (error) {
      if (!signal.aborted)
        this.#dispatch({ type: 'unanswered', option, text, problem: explain(error) }, sender);
    }
  }

  async #closeWhenLeft(): Promise<void> {
    await this.updateComplete;
    if (!this.matches(':focus-within')) this.#dispatch({ type: 'close' });
  }

  /** The commands depend on who asks for them, and where. */
  async #loadCommands(): Promise<void> {
    const { as, channel } = this.#sender;
    const wanted = { place: keyOf(this.#sender), version: this.state.commandsVersion };
    const { place, version } = this.#commandsOf;
    if (as === '' || channel === '' || (wanted.place === place && wanted.version === version)) return;
    this.#commandsOf = wanted;
    if (wanted.place !== place) this.commands = [];
    const commands = await api.commands(as, channel).catch(() => undefined);
    if (wanted !== this.#commandsOf) return;
    if (commands) this.commands = commands;
    // The next change of the page, such as its connection coming back, tries again.
    else this.#commandsOf = NOWHERE;
  }

  /** Takes the focus to where typing goes on, if it was in the box before. */
  #moveFocus(): void {
    const { isInside, key, place } = this.#focus;
    const next = { isInside, key: focusKey(this.#draft), place: keyOf(this.#sender) };
    this.#focus = next;
    if (!isInside || next.place !== place || next.key === key) return;
    const target = this.renderRoot.querySelector<HTMLElement>(`[data-focus="${CSS.escape(next.key)}"]`);
    if (!target || this.shadowRoot?.activeElement === target) return;
    target.focus();
    if (isTextBox(target)) target.setSelectionRange(target.value.length, target.value.length);
  }

  #addRecording(option?: string): void {
    const file = createRecording();
    this.#dispatch(option === undefined ? { type: 'attach', files: [file] } : { type: 'put', option, file });
  }

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.#send();
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    // Buttons keep their own keys; but a command can be left from anywhere.
    if (!(event.target as HTMLElement).matches('[data-box]') && event.key !== 'Escape') return;
    const meaning = readKey(this.#draft, buildList(this.#draft, this.#sources), event);
    if (!meaning) return;
    if (isUsedUp(meaning, event)) event.preventDefault();
    if (meaning.type === 'send') void this.#send();
    else this.#dispatch(meaning);
  };

  readonly #onPaste = (event: ClipboardEvent): void => {
    const files = listFiles(event.clipboardData);
    if (files.length === 0) return;
    event.preventDefault();
    this.#dispatch({ type: 'attach', files });
  };

  readonly #onDragOver = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  };

  readonly #onDrop = (event: DragEvent): void => {
    const files = listFiles(event.dataTransfer);
    // The fields of a modal take files of their own.
    if (files.length === 0 || event.defaultPrevented || this.state.modal) return;
    event.preventDefault();
    this.#dispatch({ type: 'attach', files });
  };
}

function keyOf({ as, channel }: Sender): string {
  return `${as}/${channel}`;
}

function isTextBox(element: Element): element is HTMLInputElement | HTMLTextAreaElement {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
}

function explain(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  throw error;
}

customElements.define('encore-composer', EncoreComposer);
