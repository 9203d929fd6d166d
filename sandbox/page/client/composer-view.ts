import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { describeActive, LIST_ID, renderList } from './command-view.ts';
import { renderFilling, renderHint } from './composer-filling-view.ts';
import type { ComposerList, ListItem } from './composer-list.ts';
import { type ComposerContext, onWrite, renderSend } from './composer-parts.ts';
import { type ComposerState, focusedField } from './composer-state.ts';
import { formatSize } from './formats.ts';
import { chooseFile } from './option-view.ts';

type InMode<M extends ComposerState['mode']> = Extract<ComposerState, { mode: M }>;

/** The message box with the list above it. */
export function renderComposer(state: ComposerState, context: ComposerContext): TemplateResult {
  const { list, dispatch } = context;
  const take = (item: ListItem) => dispatch({ type: 'take', item });
  return html`
    ${renderList(list, listLabel(state), take)}
    ${state.problem === '' ? nothing : html`<div class="refusal" role="alert">${state.problem}</div>`}
    <div class="box">
      ${state.mode === 'filling' ? renderHint(state) : nothing}
      ${state.files.length > 0 && state.mode !== 'filling' ? renderFiles(state, context) : nothing}
      ${renderLine(state, context)}
    </div>
    <div class="visually-hidden" role="status">${describeState(state, list)}</div>`;
}

/** Which element the focus belongs to, by its `data-focus`. */
export function focusKey(state: ComposerState): string {
  if (state.mode !== 'filling') return state.mode;
  return state.focused === null ? 'more' : `field ${state.focused}`;
}

function renderLine(state: ComposerState, context: ComposerContext): TemplateResult {
  switch (state.mode) {
    case 'message':
      return renderMessage(state, context);
    case 'search':
      return renderSearch(state, context);
    case 'filling':
      return renderFilling(state, context);
    default:
      return state satisfies never;
  }
}

function renderMessage(
  { text, isSending }: InMode<'message'>,
  { place, dispatch, addRecording }: ComposerContext,
): TemplateResult {
  const onFiles = ({ currentTarget }: Event) => {
    const input = currentTarget as HTMLInputElement;
    dispatch({ type: 'attach', files: [...(input.files ?? [])] });
    input.value = '';
  };
  return html`
    <div class="line">
      <input type="file" multiple hidden @change=${onFiles}>
      <button type="button" class="icon-button" aria-label="Attach files" title="Attach files" @click=${chooseFile}>+</button>
      <textarea
        data-box
        data-focus="message"
        rows="1"
        enterkeyhint="send"
        aria-label=${`Message ${place}`}
        placeholder="Type / for commands"
        ?readonly=${isSending}
        .value=${live(text)}
        @input=${onWrite(dispatch)}
      ></textarea>
      <button
        type="button"
        class="icon-button"
        aria-label="Attach a sample recording"
        title="Attach a sample recording"
        @click=${() => addRecording()}
      >♪</button>
      ${renderSend(isSending)}
    </div>`;
}

function renderSearch(
  { text, isSending }: InMode<'search'>,
  { list, dispatch }: ComposerContext,
): TemplateResult {
  const isOpen = list.items.length > 0;
  return html`
    <div class="line">
      <input
        data-box
        data-focus="search"
        type="text"
        autocomplete="off"
        autocapitalize="off"
        role="combobox"
        aria-label="Command"
        aria-autocomplete="list"
        aria-expanded=${isOpen}
        aria-controls=${isOpen ? LIST_ID : nothing}
        aria-activedescendant=${isOpen ? describeActive(list) : nothing}
        ?readonly=${isSending}
        .value=${live(text)}
        @input=${onWrite(dispatch)}
      >
      ${renderSend(isSending)}
    </div>`;
}

function renderFiles({ files }: ComposerState, { dispatch }: ComposerContext): TemplateResult {
  return html`
    <ul class="files" aria-label="Attached files">
      ${files.map(
        (file) => html`
          <li>
            ${file.name} <small>${formatSize(file.size)}</small>
            <button
              type="button"
              class="remove"
              aria-label=${`Remove ${file.name}`}
              @click=${() => dispatch({ type: 'detach', file })}
            >×</button>
          </li>`,
      )}
    </ul>`;
}

function listLabel(state: ComposerState): string {
  if (state.mode !== 'filling') return 'Commands';
  return focusedField(state)?.option.name ?? 'Options';
}

/** For those who do not see the list: how long it is, or why there is none. */
function describeState(state: ComposerState, { items }: ComposerList): string {
  if (state.isSending) return 'Sending';
  if (state.mode === 'message' || !state.list.isOpen) return '';
  if (state.mode === 'search') {
    return items.length === 0 ? 'No such command' : `${items.length} commands`;
  }
  const { asked } = state;
  if (asked?.state === 'asking') return 'Asking for suggestions';
  if (asked?.state === 'answered' && items.length === 0) return 'No suggestions';
  return items.length === 0 ? '' : `${items.length} to choose from`;
}
