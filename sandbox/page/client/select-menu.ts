import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { findByLetter, isWithin, type MenuOption, moveActive, pick } from './menu-choice.ts';
import { selectMenuStyles } from './select-menu-styles.ts';
import { sharedStyles } from './shared-styles.ts';

const MAX_HEIGHT_PX = 320;
const GAP_PX = 4;

/**
 * A menu in Discord's look: a combobox that only selects. It fires `choose` with the values as its detail when a
 * choice is made: at once where only one may be chosen, else when the menu closes.
 *
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/combobox/examples/combobox-select-only/
 */
export class SelectMenu extends LitElement {
  static override readonly properties = {
    label: { type: String },
    placeholder: { type: String },
    options: { attribute: false },
    values: { attribute: false },
    min: { type: Number },
    max: { type: Number },
    disabled: { type: Boolean },
    invalid: { type: Boolean },
    describedBy: { attribute: false },
    listWidth: { attribute: false },
    detailed: { type: Boolean },
    isOpen: { state: true },
    active: { state: true },
    chosen: { state: true },
  };
  declare label: string;
  declare placeholder: string;
  declare options: readonly MenuOption[];
  /** What is chosen before anybody chooses. */
  declare values: readonly string[];
  declare min: number;
  declare max: number;
  declare disabled: boolean;
  declare invalid: boolean;
  /** What a screen reader says besides the label. */
  declare describedBy: string;
  /** The least width of the list in pixels; it is never narrower than the button. */
  declare listWidth: number;
  /** Whether the description of what is chosen stands on the button, too. */
  declare detailed: boolean;
  declare private isOpen: boolean;
  declare private active: number;
  declare private chosen: readonly string[];

  static override readonly styles = [sharedStyles, selectMenuStyles];

  constructor() {
    super();
    Object.assign(this, {
      options: [],
      values: [],
      chosen: [],
      min: 1,
      max: 1,
      active: 0,
      isOpen: false,
      listWidth: 0,
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('values') && !this.isOpen) this.chosen = this.values;
  }

  override render(): TemplateResult {
    const { isOpen, chosen, options, label } = this;
    const shown = options.filter(({ value }) => chosen.includes(value));
    const detail = this.detailed && shown.length === 1 ? shown[0]?.description : undefined;
    return html`
      <button
        type="button"
        role="combobox"
        aria-label=${label}
        aria-description=${this.describedBy || nothing}
        aria-haspopup="listbox"
        aria-expanded=${isOpen}
        aria-controls="list"
        aria-activedescendant=${isOpen && options.length > 0 ? `option-${this.active}` : nothing}
        aria-invalid=${this.invalid ? 'true' : nothing}
        ?disabled=${this.disabled}
        popovertarget="list"
        @keydown=${this.#onKeydown}
      >
        ${shown.length === 1 && shown[0] ? picture(shown[0]) : nothing}
        <span class="shown ${shown.length > 0 ? '' : 'placeholder'}"
          >${shown.map((one) => one.label).join(', ') || this.placeholder || 'Make a selection'}${
            detail ? html` <span class="detail">${detail}</span>` : nothing
          }</span
        >
        <svg class="chevron" width="18" height="18" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M5 9l7 7 7-7" fill="none" stroke="currentColor" stroke-width="2.5" />
        </svg>
      </button>
      <ul
        id="list"
        role="listbox"
        popover="auto"
        aria-label=${label}
        aria-multiselectable=${this.max > 1 ? 'true' : nothing}
        @mousedown=${keepFocus}
        @beforetoggle=${this.#onBeforeToggle}
        @toggle=${this.#onToggle}
      >
        ${options.map((option, index) => this.#optionView(option, index))}
        ${options.length === 0 ? html`<li role="option" aria-disabled="true">Nothing to choose from</li>` : nothing}
      </ul>
    `;
  }

  /** Takes the focus, as soon as there is something to take it. */
  override focus(): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector('button')?.focus());
  }

  #optionView(option: MenuOption, index: number): TemplateResult {
    const isChosen = this.chosen.includes(option.value);
    return html`<li
      id="option-${index}"
      role="option"
      class=${index === this.active ? 'active' : ''}
      aria-selected=${isChosen}
      @click=${() => this.#pick(index)}
      @pointermove=${() => {
        this.active = index;
      }}
    >
      ${picture(option)}
      <span class="words">
        <span class="option-label">${option.label}</span>
        ${option.description ? html`<span class="description">${option.description}</span>` : nothing}
      </span>
      ${isChosen ? html`<span class="tick" aria-hidden="true">✓</span>` : nothing}
    </li>`;
  }

  get #list(): HTMLElement | null {
    return this.renderRoot.querySelector('ul');
  }

  /** Puts the list under the button, or over it where there is more room. */
  #onBeforeToggle(event: ToggleEvent): void {
    // Not on `toggle`, which comes later than the next key.
    this.isOpen = event.newState === 'open';
    const list = this.#list;
    const box = this.renderRoot.querySelector('button')?.getBoundingClientRect();
    if (event.newState === 'closed' || !list || !box) return;
    const below = innerHeight - box.bottom - GAP_PX * 2;
    const above = box.top - GAP_PX * 2;
    const isBelow = below >= Math.min(MAX_HEIGHT_PX, above);
    const width = Math.min(Math.max(box.width, this.listWidth), innerWidth - GAP_PX * 2);
    Object.assign(list.style, {
      left: `${Math.min(box.left, innerWidth - width - GAP_PX)}px`,
      width: `${width}px`,
      top: isBelow ? `${box.bottom + GAP_PX}px` : 'auto',
      bottom: isBelow ? 'auto' : `${innerHeight - box.top + GAP_PX}px`,
      maxHeight: `${Math.min(MAX_HEIGHT_PX, isBelow ? below : above)}px`,
    });
    this.active = Math.max(
      0,
      this.options.findIndex(({ value }) => this.chosen.includes(value)),
    );
  }

  #onToggle(event: ToggleEvent): void {
    if (event.newState === 'open') this.#showActive();
    else if (this.max > 1) this.#commit();
  }

  #pick(index: number): void {
    const option = this.options[index];
    if (!option) return;
    this.chosen = pick(this.chosen, option.value, this);
    if (this.max > 1) return;
    this.#list?.hidePopover();
    this.#commit();
  }

  /** Tells of the choice, unless it is the old one or not one that the menu takes. */
  #commit(): void {
    const { chosen, values } = this;
    const isSame = chosen.length === values.length && chosen.every((one) => values.includes(one));
    if (isSame) return;
    if (isWithin(chosen, this)) this.dispatchEvent(new CustomEvent('choose', { detail: chosen }));
    else this.chosen = values;
  }

  #onKeydown(event: KeyboardEvent): void {
    const { key } = event;
    const isOpening = key === 'ArrowDown' || key === 'ArrowUp';
    if (!this.isOpen) {
      if (!isOpening) return;
      event.preventDefault();
      this.#list?.showPopover();
      return;
    }
    const moved =
      moveActive(this.active, key, this.options.length) ??
      (key.length === 1 && key !== ' ' ? findByLetter(this.options, this.active, key) : undefined);
    if (moved !== undefined) {
      event.preventDefault();
      this.active = moved;
      this.#showActive();
    } else if (key === 'Enter' || key === ' ') {
      event.preventDefault();
      this.#pick(this.active);
    } else if (key === 'Tab' || key === 'Escape') {
      // Escape closes this menu, not the dialog around it.
      if (key === 'Escape') event.preventDefault();
      this.#list?.hidePopover();
    }
  }

  #showActive(): void {
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector('li.active')?.scrollIntoView({ block: 'nearest' }),
    );
  }
}

/** The button keeps the focus while somebody clicks in the list. */
function keepFocus(event: Event): void {
  event.preventDefault();
}

function picture({ picture: url, emoji }: MenuOption): TemplateResult | typeof nothing {
  if (url) return html`<img src=${url} alt="" />`;
  return emoji ? html`<span aria-hidden="true">${emoji}</span>` : nothing;
}

customElements.define('encore-select', SelectMenu);
