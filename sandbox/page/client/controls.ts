import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Control, ControlRequest } from '../protocol.ts';
import { api, explainRefusal } from './api.ts';
import { describeChanges, listArmed, listSections } from './controls-changes.ts';
import { controlsStyles } from './controls-styles.ts';
import { StoreElement } from './store-element.ts';

type Of<K extends Control['kind']> = Extract<Control, { kind: K }>;

/** The panel with which one changes the world around the bot, and sees what of it is changed now. */
class EncoreControls extends StoreElement {
  static override readonly styles = controlsStyles;
  static override readonly properties = {
    ...StoreElement.properties,
    busy: { state: true },
    said: { state: true },
    problem: { state: true },
  };
  /** The control that is being turned. */
  declare busy: string;
  /** What changed last. */
  declare said: string;
  declare problem: string;
  #known: readonly Control[] = [];

  constructor() {
    super();
    this.busy = '';
    this.said = '';
    this.problem = '';
  }

  override willUpdate(_changed: PropertyValues): void {
    const { controls } = this.state;
    if (controls === this.#known) return;
    const changes = describeChanges(this.#known, controls);
    if (changes.length > 0) this.said = changes.join(' ');
    this.#known = controls;
  }

  override render(): TemplateResult {
    const { controls } = this.state;
    const armed = listArmed(controls);
    return html`
      <div class="now">
      <div class="armed ${armed.length > 0 ? 'some' : ''}">
        ${armed.length > 0 ? html`Armed now: <b>${armed.map(({ label }) => label).join(', ')}</b>` : 'No fault is armed.'}
      </div>
      <div role="status" class=${this.said === '' ? 'visually-hidden' : 'said'}>${this.said}</div>
      ${this.problem === '' ? nothing : html`<div role="alert" class="problem">${this.problem}</div>`}
      </div>
      ${listSections(controls).map(
        ({ group, heading, controls: own }) => html`
          <section aria-labelledby=${`heading-${group}`}>
            <h3 id=${`heading-${group}`}>${heading}</h3>
            <ul>${own.map((control) => html`<li>${this.#renderControl(control)}</li>`)}</ul>
          </section>`,
      )}`;
  }

  #renderControl(control: Control): TemplateResult {
    switch (control.kind) {
      case 'switch':
        return this.#renderSwitch(control);
      case 'choice':
        return this.#renderChoice(control);
      case 'action':
        return this.#renderAction(control);
      default:
        return control satisfies never;
    }
  }

  #renderSwitch({ id, label, expect, on, once }: Of<'switch'>): TemplateResult {
    return html`
      <button
        type="button"
        class="switch"
        role="switch"
        aria-checked=${on}
        aria-describedby=${expectId(id)}
        aria-busy=${this.busy === id}
        @click=${() => this.#turn({ control: id, value: !on })}
      >
        <span class="label">${label}${once ? html` <small>once</small>` : nothing}</span>
        <span class="track" aria-hidden="true"></span>
      </button>
      ${renderExpect(id, expect)}`;
  }

  #renderChoice({ id, label, expect, value, options }: Of<'choice'>): TemplateResult {
    const onChange = ({ currentTarget }: Event) =>
      this.#turn({ control: id, value: (currentTarget as HTMLSelectElement).value });
    return html`
      <label class="choice">
        <span class="label">${label}</span>
        <select .value=${live(value)} aria-describedby=${expectId(id)} aria-busy=${this.busy === id} @change=${onChange}>
          ${options.map((one) => html`<option value=${one.value} ?selected=${one.value === value}>${one.label}</option>`)}
        </select>
      </label>
      ${renderExpect(id, expect)}`;
  }

  #renderAction({ id, label, expect }: Of<'action'>): TemplateResult {
    return html`
      <button
        type="button"
        class="button"
        aria-describedby=${expectId(id)}
        aria-busy=${this.busy === id}
        @click=${() => this.#turn({ control: id }, `${label}: done.`)}
      >${label}</button>
      ${renderExpect(id, expect)}`;
  }

  /** @param done - what to say afterwards, where the controls themselves do not show it */
  async #turn(request: ControlRequest, done?: string): Promise<void> {
    if (this.busy !== '') {
      this.said = 'Wait until the last change is done.';
      // A menu shows again what holds.
      this.requestUpdate();
      return;
    }
    this.busy = request.control;
    this.problem = '';
    try {
      const controls = await api.control(request);
      this.store.dispatch({ type: 'controls', data: controls });
      // What changed on the way is said before it.
      await this.updateComplete;
      if (done !== undefined) this.said = done;
    } catch (error) {
      this.problem = explainRefusal(error);
    } finally {
      this.busy = '';
      this.requestUpdate();
    }
  }
}

function renderExpect(id: string, expect: string): TemplateResult {
  return html`<p class="expect" id=${expectId(id)}>${expect}</p>`;
}

function expectId(id: string): string {
  return `expect-${id}`;
}

customElements.define('encore-controls', EncoreControls);
