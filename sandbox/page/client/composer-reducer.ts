import type { ChoiceView } from '../protocol.ts';
import { findTyped } from './command-search.ts';
import type { ListItem, ListSources } from './composer-list.ts';
import {
  askFor,
  CLOSED,
  type ComposerState,
  createComposer,
  createFilling,
  type Filling,
  focusOn,
  listRemaining,
  OPEN,
} from './composer-state.ts';
import { createField, type Field, isFilled } from './option-field.ts';

/** Something that happened to the message box. Options are named by `OptionView.option`. */
export type ComposerAction =
  /** The text of the message, of the search, or of the field that options are added by is another. */
  | { readonly type: 'write'; readonly text: string }
  | { readonly type: 'attach'; readonly files: readonly File[] }
  | { readonly type: 'detach'; readonly file: File }
  /** An arrow key went to an entry of the list. */
  | { readonly type: 'highlight'; readonly index: number }
  | { readonly type: 'open' | 'close' }
  | { readonly type: 'take'; readonly item: ListItem }
  | { readonly type: 'fill'; readonly option: string; readonly text: string }
  | { readonly type: 'put'; readonly option: string; readonly file: File | undefined }
  | { readonly type: 'focus'; readonly option: string | null }
  | { readonly type: 'remove'; readonly option: string }
  /** Leaves the command: to an empty box, or back to the search for it. */
  | { readonly type: 'leave'; readonly text: string }
  | {
      readonly type: 'answered';
      readonly option: string;
      readonly text: string;
      readonly choices: readonly ChoiceView[];
    }
  | { readonly type: 'unanswered'; readonly option: string; readonly text: string; readonly problem: string }
  | { readonly type: 'checked'; readonly fields: readonly Field[] }
  | { readonly type: 'sending' }
  /** It was sent, with these files of the message; what was typed stays at hand when nobody answered. */
  | { readonly type: 'sent'; readonly isAnswered: boolean; readonly files: readonly File[] }
  | { readonly type: 'refused'; readonly problem: string };

/** The message box after something happened to it. Whatever is refused, what was typed stays. */
export function reduceComposer(
  state: ComposerState,
  action: ComposerAction,
  { commands }: Pick<ListSources, 'commands'>,
): ComposerState {
  switch (action.type) {
    case 'write':
      return write(state, action.text, commands);
    case 'attach':
      return attach(state, action.files);
    case 'detach':
      return { ...state, files: state.files.filter((file) => file !== action.file), problem: '' };
    case 'highlight':
      return withList(state, { isOpen: true, active: action.index });
    case 'open':
      return withList(state, OPEN);
    case 'close':
      return withList(state, CLOSED);
    case 'take':
      return take(state, action.item);
    case 'sending':
      return { ...state, isSending: true, problem: '' };
    case 'sent':
      return state.isSending ? sent(state, action) : state;
    case 'refused':
      return { ...state, isSending: false, problem: action.problem };
    default:
      return state.mode === 'filling' ? reduceFilling(state, action) : state;
  }
}

type FillingState = ComposerState & Filling;
type FillingAction = Extract<
  ComposerAction,
  { type: 'fill' | 'put' | 'focus' | 'remove' | 'leave' | 'answered' | 'unanswered' | 'checked' }
>;

function reduceFilling(state: FillingState, action: FillingAction): ComposerState {
  switch (action.type) {
    case 'fill': {
      const changed = { text: action.text, picked: undefined, problem: undefined };
      const fields = changeField(state.fields, action.option, changed);
      const field = fields.find(({ option }) => option.option === action.option);
      const asked = field && askFor(field, state.asked);
      return { ...state, fields, focused: action.option, list: OPEN, asked, problem: '' };
    }
    case 'put':
      return put(state, action.option, action.file);
    case 'focus':
      return state.focused === action.option && state.list.isOpen
        ? state
        : { ...state, ...focusOn(state, action.option) };
    case 'remove':
      return remove(state, action.option);
    case 'leave':
      return leave(state, action.text);
    case 'answered':
    case 'unanswered':
      return answer(state, action);
    case 'checked': {
      const wrong = action.fields.find(({ problem }) => problem !== undefined);
      const checked = { ...state, fields: action.fields };
      return wrong ? { ...checked, ...focusOn(checked, wrong.option.option) } : checked;
    }
    default:
      return action satisfies never;
  }
}

function write(state: ComposerState, text: string, commands: ListSources['commands']): ComposerState {
  if (state.mode === 'filling') return { ...state, wanted: text, list: OPEN };
  const typed = findTyped(commands, text);
  if (typed) return take({ ...state, mode: 'search', text, list: OPEN }, { kind: 'command', command: typed });
  const rest = withoutComposing(state);
  // A pasted text of several lines that starts with a slash is a message.
  return text.startsWith('/') && !text.includes('\n')
    ? { ...rest, mode: 'search', text, list: OPEN, problem: '' }
    : { ...rest, mode: 'message', text, problem: '' };
}

function take(state: ComposerState, item: ListItem): ComposerState {
  if (item.kind === 'command') {
    const { command } = item;
    return {
      ...withoutComposing(state),
      ...createFilling(command, state.left[command.command]),
      problem: '',
    };
  }
  if (state.mode !== 'filling') return state;
  if (item.kind === 'option') {
    const fields = [...state.fields, createField(item.option)];
    return { ...state, ...focusOn({ ...state, fields, wanted: '' }, item.option.option) };
  }
  const { offer, option } = item;
  const fields = changeField(state.fields, option, { text: offer.name, picked: offer, problem: undefined });
  return { ...state, fields, list: CLOSED, asked: undefined, problem: '' };
}

/** Attaches files to the message, or puts one into the command where that takes one. */
function attach(state: ComposerState, files: readonly File[]): ComposerState {
  if (state.mode !== 'filling') return { ...state, files: [...state.files, ...files], problem: '' };
  const options = [...state.fields.map(({ option }) => option), ...listRemaining(state)];
  const [file] = files;
  const wanted = options.find(({ kind }) => kind === 'file');
  if (!file) return state;
  if (!wanted) return { ...state, problem: `/${state.command.name} takes no files.` };
  const isThere = state.fields.some(({ option }) => option === wanted);
  const fields = isThere ? state.fields : [...state.fields, createField(wanted)];
  return put({ ...state, fields }, wanted.option, file);
}

/** Fills a file in, and goes on to what is still missing. */
function put(state: FillingState, option: string, file: File | undefined): ComposerState {
  const fields = changeField(state.fields, option, { file, problem: undefined });
  const missing = fields.find((field) => field.option.required && !isFilled(field));
  const next = file ? (missing?.option.option ?? null) : option;
  return { ...state, ...focusOn({ ...state, fields }, next), problem: '' };
}

/** A required option cannot be removed, only emptied. */
function remove(state: FillingState, option: string): ComposerState {
  const index = state.fields.findIndex((field) => field.option.option === option);
  const found = state.fields[index];
  if (!found) return state;
  if (found.option.required) {
    const emptied = changeField(state.fields, option, createField(found.option));
    return { ...state, ...focusOn({ ...state, fields: emptied }, option) };
  }
  const fields = state.fields.toSpliced(index, 1);
  return { ...state, ...focusOn({ ...state, fields }, fields[index - 1]?.option.option ?? null) };
}

function leave(state: FillingState, text: string): ComposerState {
  const { command, fields } = state;
  const left = fields.some(isFilled) ? { ...state.left, [command.command]: fields } : state.left;
  // What is being sent no longer is what stands here, and its success must not empty the box.
  const rest = { ...withoutComposing(state), left, problem: '', isSending: false };
  return text === '' ? { ...rest, mode: 'message', text } : { ...rest, mode: 'search', text, list: OPEN };
}

/** Takes the answer of the bot, as long as its question still stands. */
function answer(
  state: FillingState,
  action: Extract<FillingAction, { type: 'answered' | 'unanswered' }>,
): ComposerState {
  const { asked } = state;
  if (asked?.option !== action.option || asked.text !== action.text) return state;
  if (action.type === 'unanswered') {
    return { ...state, asked: { ...asked, state: 'failed', choices: [] }, problem: action.problem };
  }
  return { ...state, asked: { ...asked, state: 'answered', choices: action.choices } };
}

function sent(
  state: ComposerState,
  { isAnswered, files: gone }: Extract<ComposerAction, { type: 'sent' }>,
): ComposerState {
  // Others may have been attached since.
  const files = state.files.filter((file) => !gone.includes(file));
  if (state.mode !== 'filling') return { ...createComposer(), files, left: state.left };
  const { [state.command.command]: _sent, ...others } = state.left;
  const left = isAnswered ? others : { ...others, [state.command.command]: state.fields };
  return { ...createComposer(), files, left };
}

function withList(state: ComposerState, list: Filling['list']): ComposerState {
  return state.mode === 'message' ? state : { ...state, list };
}

function changeField(fields: readonly Field[], option: string, change: Partial<Field>): readonly Field[] {
  return fields.map((field) => (field.option.option === option ? { ...field, ...change } : field));
}

/** What stays whatever the box is used for. */
function withoutComposing({ files, problem, isSending, left }: ComposerState) {
  return { files, problem, isSending, left };
}
