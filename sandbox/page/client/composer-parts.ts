import { html, nothing, type TemplateResult } from 'lit';
import type { ComposerList } from './composer-list.ts';
import type { ComposerAction } from './composer-reducer.ts';

/** What the message box is shown with. */
export interface ComposerContext {
  /** `#songs`, `@Encore` */
  readonly place: string;
  readonly list: ComposerList;
  dispatch(action: ComposerAction): void;
  /** Makes a recording and attaches it, or puts it into an option. */
  addRecording(option?: string): void;
}

/** @param isLast - whether the focus goes to it after the last field */
export function renderSend(isSending: boolean, isLast = false): TemplateResult {
  return html`
    <button type="submit" class="button primary send" data-focus=${isLast ? 'more' : nothing} aria-disabled=${isSending}>
      ${isSending ? 'Sending…' : 'Send'}
    </button>`;
}

/** Tells of what was typed into the message, the search, or the field that options are added by. */
export function onWrite(dispatch: ComposerContext['dispatch']) {
  return ({ currentTarget }: InputEvent) =>
    dispatch({ type: 'write', text: (currentTarget as HTMLInputElement | HTMLTextAreaElement).value });
}
