import { extname } from 'node:path';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';
import type { FieldValue } from '../discord/client-modal.ts';
import type { Message } from '../discord/message-view.ts';
import type { Person } from '../discord/person.ts';
import { first, type Given, Story, type StoryDeps } from '../story.ts';
import { Receipts, type Wish } from './receipts.ts';

type Options = Readonly<Record<string, Given>>;
type Fields = Readonly<Record<string, FieldValue>>;

/** Somebody's way to ask for something: a command, an entry of a menu, buttons, with forms in between. */
export type Way =
  | { readonly command: string; readonly options?: Options; readonly fields?: Fields }
  | {
      /** Chosen in the menu of the message, before the buttons below its answer. */
      readonly entry?: string;
      readonly buttons: readonly string[];
      readonly under: Message;
      readonly fields?: Fields;
    }
  | { readonly menu: string; readonly choice: string; readonly under: Message };

/** What has to come of it. */
interface Outcome {
  /** What MusicAPI is to be asked for; left out: nothing. */
  readonly wishes?: readonly Wish[];
  readonly files?: number;
  /** Words that the answer has to hold. */
  readonly says?: readonly string[];
  /** What the table says of it; left out: the files. */
  readonly result?: string;
}

/** A walk through everything that can be asked for; each step is checked on both sides of the bot. */
export class Tour {
  readonly receipts: Receipts;
  readonly #story: Story;
  readonly #deps: StoryDeps;
  readonly #usedCommands = new Set<string>();

  constructor(deps: StoryDeps) {
    this.#deps = deps;
    this.#story = new Story(deps);
    this.receipts = new Receipts(deps.stage.musicApi, createCatalogue());
  }

  /** Opens a part of the walk. */
  chapter(title: string, sentence: string): void {
    this.#deps.narrator.chapter(title, sentence);
  }

  /** The list entry for a song of that name, as the command offers it. */
  async song(who: Person, path: string, name: string, option = 'clip'): Promise<Given> {
    return await this.#story.choose(who, path, option, name);
  }

  /** Somebody asks for songs or tracks, which are posted as messages of their own. Gives these messages. */
  async make(who: Person, way: Way, wish: Wish, files: number): Promise<readonly [Message, ...Message[]]> {
    return await this.receipts.note(nameWay(way), [wish], async () => {
      const card = await this.#ask(who, way);
      const posted = await this.#story.untilDone(card, files);
      return [listFiles(posted), [first(posted), ...posted.slice(1)] as const] as const;
    });
  }

  /** The same for several songs with one card. */
  async makeSeveral(who: Person, way: Way, wishes: readonly Wish[], files: number): Promise<void> {
    await this.receipts.note(nameWay(way), wishes, async () => {
      const card = await this.#ask(who, way);
      const posted = await this.#story.untilPosted(card, files);
      return [listFiles(posted), undefined] as const;
    });
  }

  /** Somebody asks for something that comes in the answer itself. Gives the answer. */
  async answer(
    who: Person,
    way: Way,
    { wishes = [], files = 0, says = [], result }: Outcome,
  ): Promise<Message> {
    return await this.receipts.note(nameWay(way), wishes, async () => {
      const answer = await this.#story.untilAnswered(await this.#ask(who, way), { files, says });
      return [result ?? listFiles([answer]), answer] as const;
    });
  }

  /** @throws Error when a command or an operation was left out */
  checkComplete(): void {
    const forgotten = listTyped(this.#deps.stage).filter((name) => !this.#usedCommands.has(name));
    if (forgotten.length > 0) throw new Error(`Nobody has used ${forgotten.join(', ')}.`);
    const unplayed = this.receipts.listUnplayed().map(({ engine, id }) => `${engine} ${id}`);
    if (unplayed.length > 0) throw new Error(`Nobody has asked for ${unplayed.join(', ')}.`);
  }

  async #ask(who: Person, way: Way): Promise<Message> {
    const story = this.#story;
    if ('command' in way) {
      this.#usedCommands.add(`/${way.command}`);
      return way.fields
        ? await story.commandForm(who, way.command, way.options ?? {}, way.fields)
        : await story.command(who, way.command, way.options);
    }
    if ('menu' in way) return await story.pick(who, way.under, way.menu, way.choice);
    let message = way.under;
    if (way.entry !== undefined) {
      this.#usedCommands.add(`/${way.entry}`);
      message = await story.entry(who, message, way.entry);
    }
    for (const [index, button] of way.buttons.entries()) {
      const isLast = index === way.buttons.length - 1;
      if (isLast && way.fields) return await story.fillForm(who, message, button, way.fields);
      message = await story.press(who, message, button);
    }
    return message;
  }
}

/** Every command that can be typed here, sub-commands on their own: `/persona create`. */
function listTyped({ discord }: StoryDeps['stage']): readonly string[] {
  return discord.commands().flatMap(({ body }) => {
    const branches = (body.options ?? []).filter(({ type }) => type === 1);
    return branches.length > 0 ? branches.map(({ name }) => `/${body.name} ${name}`) : [`/${body.name}`];
  });
}

function nameWay(way: Way): string {
  if ('command' in way) return `/${way.command}`;
  if ('menu' in way) return `[${way.choice}]`;
  if (way.entry !== undefined) return [way.entry, ...way.buttons].map((label) => `[${label}]`).join(' ');
  const [button = '', ...others] = way.buttons;
  // A button that goes by its picture is called by its word.
  return [way.under.button(button).label, ...others].map((label) => `[${label}]`).join(' ');
}

/** The files under messages, takes of a song together: `Night Sea (2 takes)`. */
function listFiles(messages: readonly Message[]): string {
  const names = messages.flatMap(({ attachments }) => attachments.map(nameFile));
  const groups = Map.groupBy(names, (name) => TAKE.exec(name)?.[1] ?? name);
  return [...groups]
    .map(([name, { length }]) => (length > 1 ? `${name} (${length} takes)` : name))
    .join(', ');
}

const TAKE = /^(.+) - take \d+\.\w+$/;

function nameFile({ name, title }: Message['attachments'][number]): string {
  return title === undefined ? name : title + extname(name);
}
