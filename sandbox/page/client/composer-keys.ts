import type { ComposerList } from './composer-list.ts';
import type { ComposerAction } from './composer-reducer.ts';
import { type ComposerState, focusedField } from './composer-state.ts';
import { isFilled } from './option-field.ts';

/** A key that was pressed, as far as the message box cares; events of a browser fit. */
export interface Key {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly isComposing: boolean;
}

/** What a key does: something happens to the box, or it is sent; `undefined` leaves the key to the browser. */
export type KeyMeaning = ComposerAction | { readonly type: 'send' } | undefined;

/** What a key means in the box as it stands. */
export function readKey(
  state: ComposerState,
  list: ComposerList,
  { key, shiftKey, isComposing }: Key,
): KeyMeaning {
  // Enter and arrows belong to the input method while it composes a word.
  if (isComposing) return undefined;
  const { items, active } = list;
  const item = items[active];
  switch (key) {
    case 'ArrowDown':
    case 'ArrowUp':
      return move(state, list, key === 'ArrowDown' ? 1 : -1);
    case 'Enter':
      if (shiftKey) return undefined;
      return item ? { type: 'take', item } : { type: 'send' };
    case 'Tab':
      // In a field, the browser then goes on to the next one; a command and a new option bring their own focus.
      return item && !shiftKey ? { type: 'take', item } : undefined;
    case 'Escape':
      if (items.length > 0 && state.mode !== 'message') return { type: 'close' };
      return state.mode === 'filling' ? { type: 'leave', text: '' } : undefined;
    case 'Backspace':
      return eraseBackwards(state);
    default:
      return undefined;
  }
}

/** Whether the key is used up; after taking an offer, Tab goes on to the next field as usual. */
export function isUsedUp(meaning: KeyMeaning, { key }: Key): boolean {
  if (meaning === undefined) return false;
  return !(key === 'Tab' && meaning.type === 'take' && meaning.item.kind === 'offer');
}

function move(state: ComposerState, { items, active }: ComposerList, step: 1 | -1): KeyMeaning {
  if (state.mode === 'message') return undefined;
  if (items.length === 0) return state.list.isOpen ? undefined : { type: 'open' };
  const index = active === -1 && step === -1 ? items.length - 1 : active + step;
  return { type: 'highlight', index: (index + items.length) % items.length };
}

/** Backspace in an empty field takes the field away, and in front of the first one the command. */
function eraseBackwards(state: ComposerState): KeyMeaning {
  if (state.mode !== 'filling') return undefined;
  const field = focusedField(state);
  if (!field) {
    if (state.wanted !== '') return undefined;
    const last = state.fields.at(-1);
    return last ? { type: 'focus', option: last.option.option } : backToSearch(state.command.name);
  }
  if (isFilled(field)) return undefined;
  if (!field.option.required) return { type: 'remove', option: field.option.option };
  return field === state.fields[0] ? backToSearch(state.command.name) : undefined;
}

function backToSearch(name: string): KeyMeaning {
  return { type: 'leave', text: `/${name}` };
}
