import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { OptionView } from '../protocol.ts';
import { describeActive, LIST_ID } from './command-view.ts';
import type { ComposerList } from './composer-list.ts';
import type { ComposerAction } from './composer-reducer.ts';
import { formatSize } from './formats.ts';
import type { Field } from './option-field.ts';
import { hasOffers } from './option-offers.ts';

/** What a field is shown with. */
export interface FieldContext {
  /** Whether it is the one in use: the list belongs to it, and its description is shown. */
  readonly isFocused: boolean;
  readonly isSending: boolean;
  readonly list: ComposerList;
  /** The id of the element that describes the field in use. */
  readonly hintId: string;
  dispatch(action: ComposerAction): void;
  /** Makes a recording and puts it in. */
  putRecording(option: string): void;
}

/** A field of the line: its name, what stands in it, and beside it what is wrong with it. */
export function renderField(field: Field, context: FieldContext): TemplateResult {
  const { option, problem } = field;
  const input = option.kind === 'file' ? renderFile(field, context) : renderText(field, context);
  return html`
    <div class="field ${problem === undefined ? '' : 'wrong'}">
      <div class="pill">
        <label for=${inputId(option)}>${option.name}</label>
        ${input}
        ${option.required ? nothing : renderRemove(option, context)}
      </div>
      ${problem === undefined ? nothing : html`<div class="problem" id=${problemId(option)}>${problem}</div>`}
    </div>`;
}

function renderText(field: Field, context: FieldContext): TemplateResult {
  const { option, text } = field;
  const { isFocused, isSending, list, dispatch } = context;
  const isNumber = option.kind === 'integer' || option.kind === 'number';
  const hasList = hasOffers(option);
  const isOpen = hasList && isFocused && list.items.length > 0;
  return html`
    <input
      id=${inputId(option)}
      data-box
      data-focus=${`field ${option.option}`}
      type="text"
      autocomplete="off"
      autocapitalize="off"
      inputmode=${isNumber ? 'decimal' : 'text'}
      enterkeyhint="send"
      ?readonly=${isSending}
      .value=${live(text)}
      aria-required=${option.required}
      aria-invalid=${field.problem !== undefined}
      aria-describedby=${describedBy(field, context)}
      role=${hasList ? 'combobox' : nothing}
      aria-autocomplete=${hasList ? 'list' : nothing}
      aria-expanded=${hasList ? isOpen : nothing}
      aria-controls=${isOpen ? LIST_ID : nothing}
      aria-activedescendant=${isOpen ? describeActive(list) : nothing}
      @input=${({ currentTarget }: InputEvent) =>
        dispatch({ type: 'fill', option: option.option, text: (currentTarget as HTMLInputElement).value })}
      @focus=${() => dispatch({ type: 'focus', option: option.option })}
    >`;
}

function renderFile(field: Field, context: FieldContext): TemplateResult {
  const { option, file } = field;
  const { dispatch, putRecording } = context;
  const wantsAudio = option.fileTypes.length === 0 || option.fileTypes.includes('.wav');
  const onChange = ({ currentTarget }: Event) => {
    const input = currentTarget as HTMLInputElement;
    dispatch({ type: 'put', option: option.option, file: input.files?.[0] });
    // So that the same file can be chosen again after it was changed.
    input.value = '';
  };
  return html`
    <input type="file" hidden accept=${option.fileTypes.join(',') || nothing} @change=${onChange}>
    <button
      id=${inputId(option)}
      type="button"
      class="file"
      data-focus=${`field ${option.option}`}
      aria-label=${`${option.name}: ${file ? `${file.name}, ${formatSize(file.size)}, choose another file` : 'choose a file'}`}
      aria-describedby=${describedBy(field, context)}
      @click=${chooseFile}
      @focus=${() => dispatch({ type: 'focus', option: option.option })}
    >${file ? html`${file.name} <small>${formatSize(file.size)}</small>` : 'Choose a file'}</button>
    ${
      file || !wantsAudio
        ? nothing
        : html`<button type="button" class="file" @click=${() => putRecording(option.option)}>Sample recording</button>`
    }`;
}

/** Opens the chooser of the file input that stands before a button. */
export function chooseFile({ currentTarget }: Event): void {
  const input = (currentTarget as HTMLElement).previousElementSibling;
  if (input instanceof HTMLInputElement) input.click();
}

function renderRemove({ option, name }: OptionView, { dispatch }: FieldContext): TemplateResult {
  // Not among the stops of Tab: Backspace in the empty field does the same.
  return html`
    <button
      type="button"
      class="remove"
      tabindex="-1"
      aria-label=${`Remove ${name}`}
      @click=${() => dispatch({ type: 'remove', option })}
    >×</button>`;
}

function describedBy(
  { option, problem }: Field,
  { isFocused, hintId }: FieldContext,
): string | typeof nothing {
  const ids = [...(problem === undefined ? [] : [problemId(option)]), ...(isFocused ? [hintId] : [])];
  return ids.length > 0 ? ids.join(' ') : nothing;
}

function inputId({ option }: OptionView): string {
  return `input-${option}`;
}

function problemId({ option }: OptionView): string {
  return `problem-${option}`;
}
