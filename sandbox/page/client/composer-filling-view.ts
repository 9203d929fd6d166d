import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { describeActive, LIST_ID } from './command-view.ts';
import type { ComposerList } from './composer-list.ts';
import { type ComposerContext, onWrite, renderSend } from './composer-parts.ts';
import { type ComposerState, type Filling, focusedField, listRemaining } from './composer-state.ts';
import { describeLimits, type Field } from './option-field.ts';
import { renderField } from './option-view.ts';

type FillingState = Extract<ComposerState, { mode: 'filling' }>;

const HINT_ID = 'hint';

/** The line of a command that is being filled in. */
export function renderFilling(
  state: FillingState,
  { list, dispatch, addRecording }: ComposerContext,
): TemplateResult {
  const { command, fields, focused, isSending } = state;
  return html`
    <div class="line filling">
      <div class="fields" role="group" aria-label=${`/${command.name}`}>
        <span class="command">/${command.name}</span>
        ${repeat(fields, nameOf, (field) =>
          renderField(field, {
            isFocused: nameOf(field) === focused,
            isSending,
            list,
            hintId: HINT_ID,
            dispatch,
            putRecording: addRecording,
          }),
        )}
        ${renderMore(state, list, dispatch)}
      </div>
      <button
        type="button"
        class="icon-button"
        aria-label=${`Leave /${command.name}`}
        title="Leave the command (Escape)"
        @click=${() => dispatch({ type: 'leave', text: '' })}
      >×</button>
      ${renderSend(isSending, listRemaining(state).length === 0)}
    </div>`;
}

/** The field that options are added by, as long as there are any. */
function renderMore(
  state: FillingState,
  list: ComposerList,
  dispatch: ComposerContext['dispatch'],
): TemplateResult | typeof nothing {
  const { length } = listRemaining(state);
  if (length === 0) return nothing;
  const isOpen = state.focused === null && list.items.length > 0;
  return html`
    <input
      class="more"
      data-box
      data-focus="more"
      type="text"
      autocomplete="off"
      autocapitalize="off"
      role="combobox"
      aria-label=${`Add one of ${length} more options`}
      aria-autocomplete="list"
      aria-expanded=${isOpen}
      aria-controls=${isOpen ? LIST_ID : nothing}
      aria-activedescendant=${isOpen ? describeActive(list) : nothing}
      placeholder=${`+${length} more`}
      ?readonly=${state.isSending}
      .value=${live(state.wanted)}
      @input=${onWrite(dispatch)}
      @focus=${() => dispatch({ type: 'focus', option: null })}
    >`;
}

function nameOf({ option }: Field): string {
  return option.option;
}

/** What the field in use wants, in the words of the command. */
export function renderHint(state: Filling): TemplateResult {
  const option = focusedField(state)?.option;
  const limits = option ? describeLimits(option) : '';
  return html`
    <div class="hint" id=${HINT_ID}>
      <b>${option?.name ?? `/${state.command.name}`}</b>
      ${option?.description ?? state.command.description}
      ${limits === '' ? nothing : html`<small>${limits}</small>`}
      ${state.asked?.state === 'asking' ? html`<small>Asking for suggestions…</small>` : nothing}
      <span class="keys" aria-hidden="true"><kbd>Enter</kbd> sends <kbd>Tab</kbd> goes on <kbd>Esc</kbd> leaves</span>
    </div>`;
}
