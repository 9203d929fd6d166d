import { css, html, type TemplateResult } from 'lit';
import './select-menu.ts';
import { pictureOf } from './entities.ts';
import { StoreElement } from './store-element.ts';

/** "You are: Anna": becomes another person. */
class PersonSwitch extends StoreElement {
  static override readonly styles = css`
    :host {
      display: flex;
      align-items: center;
      gap: 8px;
      font: 500 14px var(--font);
    }
    .label {
      flex: none;
      color: var(--text-muted);
    }
    encore-select {
      width: 270px;
    }
    @media (max-width: 900px) {
      encore-select {
        width: 190px;
      }
    }
    @media (max-width: 720px) {
      .label {
        position: absolute;
        clip-path: inset(50%);
      }
      encore-select {
        width: 128px;
      }
    }
  `;

  override render(): TemplateResult {
    const { state } = this;
    const people = state.world?.people ?? [];
    const options = people.map((person) => ({
      value: person.id,
      label: person.name,
      description: person.role,
      picture: pictureOf(state, person),
    }));
    return html`
      <span class="label" aria-hidden="true">You are</span>
      <encore-select
        label="You are"
        placeholder="nobody yet"
        detailed
        .options=${options}
        .values=${state.person ? [state.person.id] : []}
        .listWidth=${300}
        @choose=${({ detail: [id] }: CustomEvent<readonly string[]>) => this.#become(id)}
      ></encore-select>
    `;
  }

  #become(id: string | undefined): void {
    const person = this.state.world?.people.find((one) => one.id === id);
    if (person && person.id !== this.state.person?.id) this.store.become(person);
  }
}

customElements.define('encore-person-switch', PersonSwitch);
