import type { CommandView, OptionView } from '../protocol.ts';
import { findCommands } from './command-search.ts';
import { type ComposerState, type Filling, focusedField, listRemaining } from './composer-state.ts';
import type { Offer } from './option-field.ts';
import { type ListEntities, listOffers } from './option-offers.ts';

/** What the list above the box is made of. */
export interface ListSources {
  readonly commands: readonly CommandView[];
  readonly listEntities: ListEntities;
}

/** An entry of the list above the box. */
export type ListItem =
  | { readonly kind: 'command'; readonly command: CommandView }
  | { readonly kind: 'option'; readonly option: OptionView }
  | { readonly kind: 'offer'; readonly option: string; readonly offer: Offer };

/** The list above the box as it is open now, and the entry that Enter takes. */
export interface ComposerList {
  readonly items: readonly ListItem[];
  /** -1 when Enter takes none of them. */
  readonly active: number;
}

const NOTHING: ComposerList = { items: [], active: -1 };

/** What the list shows. Closed and empty are the same. */
export function buildList(state: ComposerState, sources: ListSources): ComposerList {
  if (state.mode === 'message' || !state.list.isOpen) return NOTHING;
  const items = listItems(state, sources);
  const active = state.list.active ?? chooseActive(state, items);
  return { items, active: Math.min(active, items.length - 1) };
}

function listItems(
  state: Exclude<ComposerState, { mode: 'message' }>,
  { commands, listEntities }: ListSources,
): readonly ListItem[] {
  if (state.mode === 'search') {
    return findCommands(commands, state.text).map((command) => ({ kind: 'command', command }));
  }
  const field = focusedField(state);
  if (field) {
    const { option } = field.option;
    const answered = state.asked?.option === option ? state.asked.choices : [];
    return listOffers(field, listEntities, answered).map((offer) => ({ kind: 'offer', option, offer }));
  }
  const wanted = state.wanted.trim().toLowerCase();
  return listRemaining(state)
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .map((option) => ({ kind: 'option', option }));
}

/** Which entry Enter takes before any arrow key was pressed. */
function chooseActive(
  state: Exclude<ComposerState, { mode: 'message' }>,
  items: readonly ListItem[],
): number {
  if (state.mode === 'search') return 0;
  const field = focusedField(state);
  // Nothing is looked for: Enter sends the command.
  if (!field) return state.wanted.trim() === '' ? -1 : 0;
  return isWaiting(state) ? -1 : Math.max(0, findNamed(items, field.text));
}

/** Whether the offers are still those for an earlier text. */
function isWaiting({ asked }: Filling): boolean {
  return asked?.state === 'asking';
}

function findNamed(items: readonly ListItem[], text: string): number {
  const wanted = text.trim().toLowerCase();
  return items.findIndex((item) => item.kind === 'offer' && item.offer.name.toLowerCase() === wanted);
}
