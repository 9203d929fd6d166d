import { buildCall } from '../../../../sandbox/page/client/composer-call.ts';
import { readKey } from '../../../../sandbox/page/client/composer-keys.ts';
import { buildList } from '../../../../sandbox/page/client/composer-list.ts';
import { type ComposerAction, reduceComposer } from '../../../../sandbox/page/client/composer-reducer.ts';
import {
  type ComposerState,
  createComposer,
  type Filling,
  focusedField,
  listRemaining,
} from '../../../../sandbox/page/client/composer-state.ts';
import { COMMANDS } from './command-fixtures.ts';

const SOURCES = { commands: COMMANDS, listEntities: () => [{ name: 'Anna', value: '1' }] };
const UPLOAD_LIMIT_BYTES = 1024;

/** Somebody at a message box with nothing but a keyboard. Keys do what the page's own elements do with them. */
export class Keyboard {
  state: ComposerState = createComposer();

  dispatch(action: ComposerAction): this {
    this.state = reduceComposer(this.state, action, SOURCES);
    return this;
  }

  /** Writes into the box that has the focus, behind what stands there. */
  type(text: string): this {
    for (const character of text) this.#write(`${this.#text}${character}`);
    return this;
  }

  /** Presses keys, one after the other. */
  press(...keys: readonly string[]): this {
    for (const key of keys) this.#press(key);
    return this;
  }

  /** What the list shows, the entry that Enter takes in brackets. */
  get list(): readonly string[] {
    const { items, active } = buildList(this.state, SOURCES);
    return items.map((item, index) => {
      const name =
        item.kind === 'offer'
          ? item.offer.name
          : item.kind === 'option'
            ? item.option.name
            : item.command.name;
      return index === active ? `[${name}]` : name;
    });
  }

  /** The command that is being filled in. */
  get filling(): Filling {
    if (this.state.mode === 'filling') return this.state;
    throw new Error(`No command is being filled in, but ${this.state.mode}`);
  }

  /** What would be sent. */
  get call() {
    return buildCall(this.state, UPLOAD_LIMIT_BYTES);
  }

  get #text(): string {
    if (this.state.mode !== 'filling') return this.state.text;
    const field = focusedField(this.state);
    return field ? field.text : this.state.wanted;
  }

  #write(text: string): void {
    const option = this.state.mode === 'filling' ? this.state.focused : null;
    this.dispatch(option === null ? { type: 'write', text } : { type: 'fill', option, text });
  }

  #press(key: string): void {
    const list = buildList(this.state, SOURCES);
    const meaning = readKey(this.state, list, { key, shiftKey: false, isComposing: false });
    if (meaning?.type === 'send') {
      const built = this.call;
      if (built && 'fields' in built) this.dispatch({ type: 'checked', fields: built.fields });
      else if (built && 'problem' in built) this.dispatch({ type: 'refused', problem: built.problem });
      return;
    }
    if (meaning) this.dispatch(meaning);
    const isStaying = meaning === undefined || (meaning.type === 'take' && meaning.item.kind === 'offer');
    if (key === 'Tab' && isStaying) this.#goOn();
    else if (key === 'Backspace' && meaning === undefined) this.#write(this.#text.slice(0, -1));
  }

  /** What the browser does with Tab. */
  #goOn(): void {
    const { fields, focused } = this.filling;
    const next = fields[fields.findIndex(({ option }) => option.option === focused) + 1];
    if (next) this.dispatch({ type: 'focus', option: next.option.option });
    else if (listRemaining(this.filling).length > 0) this.dispatch({ type: 'focus', option: null });
  }
}
