import { html, type TemplateResult } from 'lit';
import { api, explainRefusal } from './api.ts';
import { createCommandSource } from './command-source.ts';
import { createAsker } from './composer-asking.ts';
import { buildCall, readValues } from './composer-call.ts';
import { listFiles, toOptionInputs } from './composer-files.ts';
import { createFocusKeeper } from './composer-focus.ts';
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

/** The message box: messages with files, and commands with their options. It keeps a draft for each person and channel. */
class EncoreComposer extends StoreElement {
  static override readonly styles = composerStyles;
  static override readonly properties = { ...StoreElement.properties, drafts: { state: true } };
  declare drafts: ReadonlyMap<string, ComposerState>;
  readonly #asker = createAsker<Asked>((asked, signal) => this.#ask(asked, signal));
  readonly #source = createCommandSource(() => this.requestUpdate());
  readonly #focus = createFocusKeeper(() => this.shadowRoot);

  constructor() {
    super();
    this.drafts = new Map();
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

  /** Takes the focus to where typing goes on. */
  override focus(): void {
    this.renderRoot
      .querySelector<HTMLElement>(`[data-focus="${CSS.escape(focusKey(this.#draft))}"]`)
      ?.focus();
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
    this.#focus.remember();
  }

  override updated(): void {
    const draft = this.#draft;
    const asked = draft.mode === 'filling' && draft.asked?.state === 'asking' ? draft.asked : undefined;
    this.#asker.follow(asked);
    // Whoever somebody has just become may not see the channel that is still open: their own come first.
    const channel = openChannel(this.state)?.id ?? '';
    this.#source.follow({ as: this.#sender.as, channel, version: this.state.commandsVersion });
    this.#focus.follow(keyOf(this.#sender), focusKey(draft));
    this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  get #sender(): Sender {
    return { as: this.state.person?.id ?? '', channel: this.state.channelId ?? '' };
  }

  get #draft(): ComposerState {
    return this.drafts.get(keyOf(this.#sender)) ?? createComposer();
  }

  get #sources(): ListSources {
    const { state } = this;
    const { commands } = this.#source;
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
    const { call } = built;
    const files = call.kind === 'say' ? call.files : [];
    const sender = this.#sender;
    const dispatch = (action: ComposerAction) => this.#dispatch(action, sender);
    dispatch({ type: 'sending' });
    try {
      await send(this.store, sender, call, (isAnswered) => {
        dispatch({ type: 'sent', isAnswered, files });
        // A modal gives the focus back to where it was, which must be an element that stays.
        return this.updateComplete;
      });
    } catch (error) {
      dispatch({ type: 'refused', problem: explainRefusal(error) });
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
        this.#dispatch({ type: 'unanswered', option, text, problem: explainRefusal(error) }, sender);
    }
  }

  async #closeWhenLeft(): Promise<void> {
    await this.updateComplete;
    if (!this.matches(':focus-within')) this.#dispatch({ type: 'close' });
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

customElements.define('encore-composer', EncoreComposer);
