import { setTimeout as pause } from 'node:timers/promises';
import type { OptionValue } from './discord/client-command.ts';
import type { FieldValue, Modal } from './discord/client-modal.ts';
import type { Message } from './discord/message-view.ts';
import type { Person } from './discord/person.ts';
import type { Choice } from './discord/records.ts';
import type { Sent } from './discord/sent.ts';
import type { Narrator } from './narrator.ts';
import type { Stage } from './stage.ts';
import { formatEdit, formatValue } from './transcript.ts';

/** What a story is told with. */
export interface StoryDeps {
  readonly stage: Stage;
  readonly narrator: Narrator;
  /** How long people think before they do something. */
  readonly thinkMs: number;
  /** How long a piece of music may take. */
  readonly patienceMs: number;
  readonly signal: AbortSignal;
}

/** What somebody gives a command: a value, or an entry of the list that the bot offered. */
export type Given = OptionValue | Choice;

/** The steps that stories are made of: somebody does something, and everybody sees what comes of it. */
export class Story {
  readonly #deps: StoryDeps;

  constructor(deps: StoryDeps) {
    this.#deps = deps;
  }

  /** Uses a command; gives the first message that it leads to. @throws ClientError for what Discord's client refuses */
  async command(who: Person, path: string, options: Readonly<Record<string, Given>> = {}): Promise<Message> {
    await this.#think();
    return await this.#reply(this.#use(who, path, options));
  }

  /** Uses an entry of a message's own menu; gives the first message that it leads to. */
  async entry(who: Person, message: Message, name: string): Promise<Message> {
    await this.#think();
    const sent = who.messageCommand(message, name);
    this.#deps.narrator.tell(who.user.name, `opens the menu of a message: ${name}`);
    return await this.#reply(sent);
  }

  /** Types into an option with autocomplete and takes the entry of that name. @throws Error when it is not offered */
  async choose(who: Person, path: string, option: string, name: string): Promise<Choice> {
    const offered = await who.autocomplete(this.#deps.stage.channel, path, { [option]: name }, option);
    const found = offered.find((choice) => choice.name === name || choice.name.startsWith(`${name} · `));
    if (found) return found;
    const names = offered.map((choice) => choice.name).join(', ') || 'nothing';
    throw new Error(`"${name}" should be offered by /${path}, but that offers: ${names}`);
  }

  /** Presses a button; gives the first message that it leads to. */
  async press(who: Person, message: Message, button: string): Promise<Message> {
    await this.#think();
    return await this.#reply(this.#press(who, message, button));
  }

  /** Chooses one entry of a menu; gives the first message that it leads to. */
  async pick(who: Person, message: Message, menu: string, choice: string): Promise<Message> {
    await this.#think();
    const sent = who.select(message, menu, [choice]);
    this.#deps.narrator.tell(who.user.name, `chooses "${choice}" in the menu "${menu}"`);
    return await this.#reply(sent);
  }

  /** Presses a button that opens a form, changes some of its fields and sends it. */
  async fillForm(
    who: Person,
    message: Message,
    button: string,
    changes: Readonly<Record<string, FieldValue>>,
  ): Promise<Message> {
    await this.#think();
    return await this.#answerForm(who, this.#press(who, message, button), changes);
  }

  /** Uses a command that opens a form, changes some of its fields and sends it. */
  async commandForm(
    who: Person,
    path: string,
    options: Readonly<Record<string, Given>>,
    changes: Readonly<Record<string, FieldValue>>,
  ): Promise<Message> {
    await this.#think();
    return await this.#answerForm(who, this.#use(who, path, options), changes);
  }

  /** Waits until a card says that everything is posted. Gives the messages that it links to. */
  async untilDone(card: Message, expectedFiles: number): Promise<readonly Message[]> {
    const isDone = () => card.text.startsWith('Done');
    await this.#until(card, () => isDone() || isOver(card));
    if (!isDone()) throw new Error(`The card ends with: ${describe(card)}`);
    const results = this.#listResults(card);
    const files = countFiles(results);
    if (files !== expectedFiles)
      throw new Error(`${expectedFiles} files were expected, ${files} came: ${describe(card)}`);
    return results;
  }

  /** Waits until all files of several songs with one card are posted. Gives the messages that it links to. */
  async untilPosted(card: Message, expectedFiles: number): Promise<readonly Message[]> {
    const isDone = () =>
      countFiles(this.#listResults(card)) >= expectedFiles &&
      !isWaited(card) &&
      !card.text.includes('being posted');
    await this.#until(card, () => isDone() || isOver(card));
    if (!isDone()) throw new Error(`The card ends with: ${describe(card)}`);
    return this.#listResults(card);
  }

  /** Waits until a message has so many files and says these words, as the answers of tools do. */
  async untilAnswered(message: Message, { files = 0, says = [] }: Answered): Promise<Message> {
    const isDone = () =>
      message.attachments.length >= files &&
      says.every((words) => message.text.includes(words)) &&
      !isWaited(message);
    await this.#until(message, () => isDone() || isOver(message));
    if (!isDone()) throw new Error(`The answer is: ${describe(message)}`);
    return message;
  }

  #use(who: Person, path: string, options: Readonly<Record<string, Given>>): Sent {
    const { stage, narrator } = this.#deps;
    const values = Object.entries(options).map(([name, given]) => [name, readGiven(given)] as const);
    const sent = who.command(stage.channel, path, Object.fromEntries(values));
    narrator.tell(who.user.name, `uses /${path}`, listValues(options));
    return sent;
  }

  async #answerForm(
    who: Person,
    opener: Sent,
    changes: Readonly<Record<string, FieldValue>>,
  ): Promise<Message> {
    const form = await opener.modal();
    const { narrator } = this.#deps;
    narrator.tell('A form', `opens for ${who.user.name}: ${form.title}`, listFields(form));
    await this.#think();
    const sent = who.submit(form, changes);
    narrator.tell(who.user.name, 'changes and sends it', listValues(changes));
    return await this.#reply(sent);
  }

  #press(who: Person, message: Message, button: string): Sent {
    const subject = message.attachments[0]?.title;
    const where = subject ? ` under "${subject}"` : '';
    const sent = who.press(message, button);
    this.#deps.narrator.tell(who.user.name, `presses [${nameOf(message, button)}]${where}`);
    return sent;
  }

  async #reply(sent: Sent): Promise<Message> {
    const message = await sent.reply();
    this.#deps.narrator.look();
    return message;
  }

  #listResults(card: Message): readonly Message[] {
    const { channel, discord } = this.#deps.stage;
    return discord.messages(channel).filter(({ link }) => card.text.includes(link));
  }

  async #until(card: Message, look: () => boolean): Promise<void> {
    const { narrator, signal, stage, patienceMs } = this.#deps;
    const watch = () => {
      signal.throwIfAborted();
      narrator.look();
      return look();
    };
    try {
      await stage.discord.until(watch, { timeoutMs: patienceMs });
    } catch (error) {
      signal.throwIfAborted();
      const waited = `Nobody waits longer than ${patienceMs / 1000} seconds.`;
      throw new Error(`${waited} The card says: ${describe(card)}`, { cause: error });
    }
    await narrator.settled();
  }

  async #think(): Promise<void> {
    const { narrator, signal, thinkMs } = this.#deps;
    narrator.look();
    await narrator.settled();
    await pause(thinkMs, undefined, { signal });
  }
}

/** By what one sees that an answer is complete. */
interface Answered {
  readonly files?: number;
  readonly says?: readonly string[];
}

/** The only one, or the first of several. @throws Error when there is none */
export function first<T>(messages: readonly T[]): T {
  const [message] = messages;
  if (!message) throw new Error('Nothing was posted.');
  return message;
}

/** Whether a card will not come to a good end by itself. */
function isOver(card: Message): boolean {
  const isGivenUp = ['waits in /library', 'Nothing was spent.'].some((words) => card.text.includes(words));
  return isGivenUp || card.deleted || card.buttons.some(({ label }) => label === 'Try again');
}

/** Whether a card still offers to stop what it is about. */
function isWaited(card: Message): boolean {
  return card.buttons.some(({ label }) => label === 'Cancel' || label === 'Stop waiting');
}

function describe(message: Message): string {
  return formatEdit(message, () => undefined);
}

function countFiles(messages: readonly Message[]): number {
  return messages.reduce((sum, { attachments }) => sum + attachments.length, 0);
}

/** A button may be named by its picture, where several have the same word. */
function nameOf(message: Message, button: string): string {
  const { label } = message.button(button);
  return label === button ? label : `${button} ${label}`;
}

function isChoice(given: Given | FieldValue): given is Choice {
  return typeof given === 'object' && 'value' in given;
}

function readGiven(given: Given): OptionValue {
  return isChoice(given) ? given.value : given;
}

function wordOf(given: Given | FieldValue): string {
  return typeof given === 'object' && 'name' in given ? given.name : String(given);
}

function listValues(values: Readonly<Record<string, Given | FieldValue>>): string[] {
  return Object.entries(values).map(([name, value]) => `${name}: ${formatValue(wordOf(value))}`);
}

function listFields(form: Modal): string[] {
  return form.fields.map(({ label, value }) => `${label}: ${formatValue(String(value))}`);
}
