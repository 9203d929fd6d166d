import { html, LitElement, type TemplateResult } from 'lit';
import { formatTimestamp } from './formats.ts';

const TICK_MS = 1_000;

/** A moment in one of the styles of Discord's markdown; those that are relative to now count on. */
class TimeElement extends LitElement {
  static override readonly properties = {
    seconds: { type: Number },
    format: { type: String },
    locale: { type: String },
  };
  /** Seconds since 1970. */
  declare seconds: number;
  /** `R`, `t`, `f` … */
  declare format: string;
  /** The language of the reader. */
  declare locale: string;
  #ticking: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.format === 'R') this.#ticking = setInterval(() => this.requestUpdate(), TICK_MS);
  }

  override disconnectedCallback(): void {
    clearInterval(this.#ticking);
    super.disconnectedCallback();
  }

  override render(): TemplateResult {
    const at = this.seconds * 1_000;
    const reader = { locale: this.locale, now: Date.now() };
    const title = formatTimestamp(at, 'F', reader);
    return html`<time datetime=${new Date(at).toISOString()} title=${title}
      >${formatTimestamp(at, this.format, reader)}</time
    >`;
  }
}

customElements.define('encore-time', TimeElement);
