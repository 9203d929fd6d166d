import { html, nothing, type TemplateResult } from 'lit';
import type { FieldView } from '../protocol.ts';
import './select-menu.ts';
import { listEntities } from './entities.ts';
import { formatSize } from './formats.ts';
import { type FieldDraft, lengthOf } from './modal-draft.ts';
import type { PageState } from './page-state.ts';

/** What the view of a field needs besides the field. */
export interface FieldContext {
  readonly state: PageState;
  readonly value: FieldDraft;
  readonly problem: string | undefined;
  change(value: FieldDraft): void;
}

/** A field of a modal with its label, its description, and what is wrong with it. */
export function fieldView(field: FieldView, context: FieldContext): TemplateResult {
  const { customId, label, description, required } = field;
  const { problem } = context;
  const isGroup = field.kind === 'radio' || field.kind === 'checkboxes';
  const named = html`${label}${required ? html`<span class="required" aria-hidden="true"> *</span>` : nothing}`;
  const hints = html`
    ${description ? html`<p class="description" id="about-${customId}">${description}</p>` : nothing}
    ${inputView(field, context)}
    ${problem ? html`<p class="problem" id="problem-${customId}">${problem}</p>` : nothing}
  `;
  if (isGroup) {
    return html`<fieldset class="field" data-field=${customId} aria-describedby=${describedBy(field, problem)}>
      <legend>${named}</legend>
      ${hints}
    </fieldset>`;
  }
  return html`<div class="field" data-field=${customId}>
    ${field.kind === 'checkbox' ? nothing : html`<label for="input-${customId}">${named}</label>`} ${hints}
  </div>`;
}

function inputView(field: FieldView, context: FieldContext): TemplateResult {
  switch (field.kind) {
    case 'text':
    case 'paragraph':
      return textView(field, context);
    case 'select':
      return menuView(field, context);
    case 'files':
      return filesView(field, context);
    case 'radio':
    case 'checkboxes':
      return optionsView(field, context);
    case 'checkbox':
      return html`<label class="choice">
        <input
          type="checkbox"
          .checked=${context.value === true}
          @change=${(event: Event) => context.change(target(event).checked)}
        />
        <span>${field.label}</span>
      </label>`;
    default:
      return field.kind satisfies never;
  }
}

function textView(field: FieldView, { value, problem, change }: FieldContext): TemplateResult {
  const text = typeof value === 'string' ? value : '';
  const length = lengthOf(text);
  const count = html`<span class="count ${length > field.max ? 'over' : ''}" id="count-${field.customId}"
    >${length}<span aria-hidden="true"> / </span><span class="visually-hidden"> of </span>${field.max}</span
  >`;
  const onInput = (event: Event) => change(target(event).value);
  const { customId, placeholder, required } = field;
  const description = `${describedBy(field, problem)} count-${customId}`.trim();
  const invalid = problem ? 'true' : nothing;
  if (field.kind === 'text') {
    return html`<input
        id="input-${customId}"
        type="text"
        autocomplete="off"
        placeholder=${placeholder ?? ''}
        aria-required=${required}
        aria-invalid=${invalid}
        aria-describedby=${description}
        .value=${text}
        @input=${onInput}
      />${count}`;
  }
  return html`<textarea
      id="input-${customId}"
      rows="5"
      placeholder=${placeholder ?? ''}
      aria-required=${required}
      aria-invalid=${invalid}
      aria-describedby=${description}
      .value=${text}
      @input=${onInput}
    ></textarea
    >${count}`;
}

function menuView(field: FieldView, { state, value, problem, change }: FieldContext): TemplateResult {
  const options = field.entity
    ? listEntities(state, field.entity)
    : field.options.map(({ label, value: id, description }) => ({
        label,
        value: id,
        ...(description ? { description } : {}),
      }));
  return html`<encore-select
    id="input-${field.customId}"
    label=${field.label}
    placeholder=${field.placeholder ?? 'Make a selection'}
    .options=${options}
    .values=${Array.isArray(value) ? value : []}
    .min=${field.required ? field.min : 0}
    .max=${field.max}
    .invalid=${problem !== undefined}
    .describedBy=${[field.description, problem].filter(Boolean).join(' ')}
    @choose=${({ detail }: CustomEvent<readonly string[]>) => change(detail)}
  ></encore-select>`;
}

function filesView(field: FieldView, { value, problem, change }: FieldContext): TemplateResult {
  const files = Array.isArray(value) ? value.filter((one) => one instanceof File) : [];
  return html`<input
      id="input-${field.customId}"
      type="file"
      ?multiple=${field.max > 1}
      aria-required=${field.required}
      aria-invalid=${problem ? 'true' : nothing}
      aria-describedby=${describedBy(field, problem)}
      @change=${(event: Event) => change([...(target(event).files ?? [])])}
    />
    ${files.map(({ name, size }) => html`<p class="description">${name}, ${formatSize(size)}</p>`)}`;
}

function optionsView(field: FieldView, { value, change }: FieldContext): TemplateResult {
  const chosen = Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  const isRadio = field.kind === 'radio';
  const onChange = (option: string, isOn: boolean) => {
    const others = isRadio ? [] : chosen.filter((one) => one !== option);
    change(isOn ? [...others, option] : others);
  };
  return html`${field.options.map(
    (option) =>
      html`<label class="choice">
        <input
          type=${isRadio ? 'radio' : 'checkbox'}
          name=${field.customId}
          .checked=${chosen.includes(option.value)}
          @change=${(event: Event) => onChange(option.value, target(event).checked)}
        />
        <span
          >${option.label}${
            option.description ? html`<span class="description">${option.description}</span>` : nothing
          }</span
        >
      </label>`,
  )}`;
}

function describedBy({ customId, description }: FieldView, problem: string | undefined): string {
  return [description ? `about-${customId}` : '', problem ? `problem-${customId}` : '']
    .filter(Boolean)
    .join(' ');
}

function target(event: Event): HTMLInputElement {
  return event.currentTarget as HTMLInputElement; // the element that the listener is on
}
