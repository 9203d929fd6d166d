import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { ModalView } from '../protocol.ts';
import { ApiError, api } from './api.ts';
import { toFileInput } from './composer-files.ts';
import { ICONS } from './icons.ts';
import { markdown } from './markdown-view.ts';
import { createDraft, findProblems, hasChanged, type ModalDraft, toInputs } from './modal-draft.ts';
import { fieldView } from './modal-field.ts';
import { modalStyles } from './modal-styles.ts';
import { nameOf } from './page-state.ts';
import { buttonStyles, sharedStyles } from './shared-styles.ts';
import { StoreElement } from './store-element.ts';

/** The modal that the bot has opened. What is typed stays until it was taken or put away. */
class ModalDialog extends StoreElement {
  static override readonly properties = {
    draft: { state: true },
    problems: { state: true },
    refusal: { state: true },
    isBusy: { state: true },
    isLeaving: { state: true },
  };
  static override readonly styles = [sharedStyles, buttonStyles, modalStyles];
  declare private draft: ModalDraft;
  /** What is wrong with fields, by custom id. */
  declare private problems: ReadonlyMap<string, string>;
  /** Why it was not sent. */
  declare private refusal: string;
  declare private isBusy: boolean;
  /** Whether the question stands if what was typed may go. */
  declare private isLeaving: boolean;
  #shown: ModalView | undefined;

  constructor() {
    super();
    this.#reset(undefined);
  }

  protected override willUpdate(): void {
    const { modal } = this.state;
    if (modal !== this.#shown) this.#reset(modal);
  }

  protected override updated(_changed: PropertyValues): void {
    const dialog = this.renderRoot.querySelector('dialog');
    if (!this.#shown) dialog?.close();
    else if (dialog && !dialog.open) {
      dialog.showModal();
      this.#focusField(undefined);
    }
  }

  override render(): TemplateResult {
    const modal = this.#shown;
    return html`<dialog aria-labelledby="title" @cancel=${this.#onCancel} @close=${this.#close}>
      ${modal ? this.#formView(modal) : nothing}
    </dialog>`;
  }

  #formView(modal: ModalView): TemplateResult {
    const { state } = this;
    const context = { locale: state.person?.locale ?? 'en-US', nameOf: (id: string) => nameOf(state, id) };
    return html`<form novalidate @submit=${this.#onSubmit}>
      <div class="head">
        <h2 id="title">${modal.title}</h2>
        <button type="button" class="icon-button" aria-label="Close" @click=${this.#leave}>${ICONS.close}</button>
      </div>
      <div class="rows">
        ${this.refusal ? html`<p class="refusal" role="alert">${this.refusal}</p>` : nothing}
        ${modal.rows.map((row) =>
          'text' in row
            ? markdown(row.text, context)
            : fieldView(row.field, {
                state,
                value: this.draft.get(row.field.customId) ?? row.field.value,
                problem: this.problems.get(row.field.customId),
                change: (value) => {
                  this.draft = new Map(this.draft).set(row.field.customId, value);
                },
              }),
        )}
      </div>
      <footer>${this.isLeaving ? this.#questionView() : this.#buttonsView()}</footer>
    </form>`;
  }

  #buttonsView(): TemplateResult {
    return html`<button type="button" class="button" @click=${this.#leave}>Cancel</button>
      <button class="button primary" aria-busy=${this.isBusy ? 'true' : nothing}>Submit</button>`;
  }

  #questionView(): TemplateResult {
    const stay = () => {
      this.isLeaving = false;
      void this.updateComplete.then(() => this.#focusField(undefined));
    };
    return html`<p role="alert">Discard what you filled in?</p>
      <button type="button" class="button danger" @click=${this.#close}>Discard</button>
      <button type="button" class="button stay" @click=${stay}>Go on</button>`;
  }

  #reset(modal: ModalView | undefined): void {
    this.#shown = modal;
    this.draft = modal ? createDraft(modal) : new Map();
    this.problems = new Map();
    this.refusal = '';
    this.isBusy = false;
    this.isLeaving = false;
  }

  #onSubmit(event: Event): void {
    event.preventDefault();
    const modal = this.#shown;
    if (!modal || this.isBusy) return;
    this.problems = findProblems(modal, this.draft);
    const [wrong] = this.problems.keys();
    if (wrong !== undefined) void this.updateComplete.then(() => this.#focusField(wrong));
    else void this.#send(modal);
  }

  async #send(modal: ModalView): Promise<void> {
    const { person, channelId = '' } = this.state;
    if (!person) return;
    // Somebody may put it away meanwhile, and have another one open: that one is not touched.
    const isShown = () => this.#shown === modal;
    const refuse = (sentence: string) => {
      const notice = { channelId, messageId: undefined, what: modal.title, sentence };
      if (isShown()) this.refusal = sentence;
      else this.store.dispatch({ type: 'outcome', personId: person.id, event: { type: 'notice', notice } });
    };
    this.isBusy = true;
    this.refusal = '';
    try {
      const values = await toInputs(this.draft, toFileInput);
      const outcome = await api.submit({ as: person.id, modal: modal.id, values });
      if (outcome.kind === 'failed') refuse(outcome.sentence);
      else if (isShown()) this.store.showModal(outcome.kind === 'modal' ? outcome.modal : undefined);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      refuse(error.message);
    } finally {
      if (isShown()) this.isBusy = false;
    }
  }

  #onCancel(event: Event): void {
    // A file input fires `cancel` too, when its own dialog is left.
    if (event.target !== event.currentTarget) {
      event.stopPropagation();
    } else {
      event.preventDefault();
      this.#leave();
    }
  }

  /** Closes the modal, or asks first where something would be lost. Leaving twice needs no answer. */
  #leave(): void {
    const modal = this.#shown;
    if (!modal || this.isLeaving || !hasChanged(modal, this.draft)) {
      this.#close();
      return;
    }
    this.isLeaving = true;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.stay')?.focus());
  }

  #close(): void {
    if (this.#shown) this.store.showModal(undefined);
  }

  /** The field with this custom id, or the first one. */
  #focusField(customId: string | undefined): void {
    const fields = [...this.renderRoot.querySelectorAll<HTMLElement>('.field')];
    const field = fields.find(({ dataset }) => dataset.field === customId) ?? fields[0];
    const input = field?.querySelector<HTMLElement>('input, textarea, encore-select');
    (input ?? this.renderRoot.querySelector<HTMLElement>('.primary'))?.focus();
    if (input instanceof HTMLTextAreaElement) input.setSelectionRange(input.value.length, input.value.length);
  }
}

customElements.define('encore-modal', ModalDialog);
