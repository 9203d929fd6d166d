import { css, html, nothing, type TemplateResult } from 'lit';
import type { Named } from '../protocol.ts';
import { pictureOf } from './entities.ts';
import { openServer } from './page-state.ts';
import { StoreElement } from './store-element.ts';

/** Who is in the open channel, and what they are. */
class MembersList extends StoreElement {
  static override readonly styles = css`
    :host {
      display: block;
      font-family: var(--font);
    }
    h2 {
      margin: 0 0 8px;
      color: var(--text-muted);
      font-size: 12px;
      font-weight: 700;
    }
    ul {
      display: grid;
      gap: 8px;
      margin: 0;
      padding: 0;
      list-style: none;
    }
    li {
      display: flex;
      align-items: center;
      gap: 10px;
      line-height: 18px;
    }
    img {
      width: 32px;
      height: 32px;
      border-radius: 50%;
    }
    .name {
      color: var(--text-strong);
      font-weight: 500;
    }
    .role {
      display: block;
      color: var(--text-muted);
      font-size: 13px;
    }
    .tag {
      padding: 1px 5px;
      border-radius: 4px;
      background: var(--accent-hover);
      color: #fff;
      font-size: 11px;
      font-weight: 600;
    }
  `;

  override render(): TemplateResult {
    const { state } = this;
    const { world, person } = state;
    const direct = [world?.bot, person].filter((one) => one !== undefined);
    const members = openServer(state)?.members ?? direct;
    return html`
      <h2>Members: ${members.length}</h2>
      <ul>
        ${members.map((member) => this.#memberView(member))}
      </ul>
    `;
  }

  #memberView(member: Named): TemplateResult {
    const { state } = this;
    const person = state.world?.people.find(({ id }) => id === member.id);
    const isBot = member.id === state.world?.bot.id;
    return html`<li>
      <img src=${pictureOf(state, member)} alt="" />
      <span>
        <span class="name">${member.name}</span> ${isBot ? html`<span class="tag">APP</span>` : nothing}
        ${member.id === state.person?.id ? html`<span class="tag">YOU</span>` : nothing}
        ${person ? html`<span class="role">${person.role}</span>` : nothing}
      </span>
    </li>`;
  }
}

customElements.define('encore-members', MembersList);
