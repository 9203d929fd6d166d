import { extname } from 'node:path';
import type { Channel } from './discord/channel.ts';
import type { Message } from './discord/message-view.ts';
import type { LocalDiscord } from './discord/server.ts';
import { readFacts } from './posted-file.ts';
import {
  formatClock,
  formatEdit,
  formatMessage,
  formatNews,
  listPieces,
  type NameOf,
  readState,
  type ShownFile,
} from './transcript.ts';

/** How the lines look. */
export interface Paint {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

/** A file that was attached to a message, with its bytes. */
export interface PostedFile extends ShownFile {
  readonly data: Buffer;
}

interface NarratorOptions {
  readonly discord: LocalDiscord;
  readonly channel: Channel;
  readonly write: (line: string) => void;
  readonly paint: Paint;
  readonly nameOf: NameOf;
  /** Least time between two lines about the progress of one card; left out: only ends are told. */
  readonly progressEveryMs?: number | undefined;
}

interface Seen {
  readonly state: string;
  readonly text: string;
  readonly at: number;
  readonly files: number;
  readonly pieces: readonly string[];
}

const INDENT = ' '.repeat(10);

/** Watches a channel and writes down what happens in it, in the order in which it happens. */
export class Narrator {
  /** Every file that was posted, oldest first. */
  readonly files: PostedFile[] = [];
  readonly #options: NarratorOptions;
  readonly #seen = new Map<string, Seen>();
  #writing: Promise<void> = Promise.resolve();

  constructor(options: NarratorOptions) {
    this.#options = options;
  }

  /** Writes what a person does. */
  tell(who: string, deed: string, details: readonly string[] = []): void {
    this.#queue(clock(), `${who} ${deed}`, async () => details);
  }

  /** Opens a chapter of a long story. */
  chapter(title: string, sentence: string): void {
    const { write, paint } = this.#options;
    this.#append(async () => {
      write(`\n${paint.strong(`== ${title} ==`)}\n${sentence}`);
    });
  }

  /** Looks at the channel and writes what is new: messages at once, the progress of a card sparingly. */
  look(): void {
    const { discord, channel } = this.#options;
    for (const message of discord.messages(channel)) if (!message.loading) this.#notice(message);
  }

  /** Resolves when everything noticed so far is written; rejects when a posted file cannot be played. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  #notice(message: Message): void {
    const { nameOf, progressEveryMs } = this.#options;
    const seen = this.#seen.get(message.id);
    const state = readState(message);
    const files = message.attachments.length;
    const sight = { state, text: message.text, at: Date.now(), files, pieces: listPieces(message, nameOf) };
    if (!seen) {
      this.#seen.set(message.id, sight);
      this.#queue(clock(), message.author.name + this.#privacyOf(message), async () =>
        formatMessage(message, await this.#listen(message), nameOf),
      );
      return;
    }
    if (files > seen.files || (state !== seen.state && isResult(message))) {
      this.#seen.set(message.id, sight);
      this.#queue(clock(), `${message.author.name} answers${this.#privacyOf(message)}`, async () =>
        formatMessage(message, await this.#listen(message), nameOf),
      );
      return;
    }
    if (isSongCard(message) || isPanel(message)) {
      this.#noticeNews(message, seen, sight);
      return;
    }
    const isProgress = message.text !== seen.text && sight.at - seen.at >= (progressEveryMs ?? 0);
    const isNews = progressEveryMs === undefined ? isEnd(message) : state !== seen.state || isProgress;
    if (!isNews || message.text === seen.text) return;
    this.#seen.set(message.id, { ...sight, files: seen.files });
    const line = formatEdit(message, nameOf);
    this.#queue(clock(), `${message.author.name} edits: ${line}`, async () => []);
  }

  /** Songs and panels stay as they are, but for what came of a song, its hearts, and what was chosen. */
  #noticeNews(message: Message, seen: Seen, sight: Seen): void {
    const news = formatNews(sight.pieces, seen.pieces);
    this.#seen.set(message.id, sight);
    if (news === '') return;
    const subject = message.attachments[0]?.title;
    const what = subject === undefined ? 'its answer' : `the card of "${subject}"`;
    this.#queue(clock(), `${message.author.name} edits ${what}: ${news}`, async () => []);
  }

  #privacyOf(message: Message): string {
    if (!message.ephemeral) return '';
    const { discord } = this.#options;
    const asked = discord.interactions().find(({ id }) => id === message.interactionId);
    return ` (only ${asked?.user.name ?? 'one person'} sees this)`;
  }

  /** Reads the files under a message as a player would. */
  async #listen(message: Message): Promise<readonly ShownFile[]> {
    const posted: PostedFile[] = [];
    for (const [index, { name, title }] of message.attachments.entries()) {
      const data = await message.file(index);
      const shownName = title === undefined ? name : title + extname(name);
      posted.push({ ...(await readFacts(shownName, data)), data });
    }
    const subject = message.attachments[0]?.title ?? 'Song';
    for (const [index, { name, description }] of message.pictures.entries()) {
      const data = message.picture(index);
      // Every card's picture has the same name, so it goes by that of its song.
      const shownName = `${subject}, ${name}`;
      posted.push({ name: shownName, bytes: data.length, words: description ?? 'nothing', data });
    }
    this.files.push(...posted);
    return posted;
  }

  #queue(at: string, headline: string, listDetails: () => Promise<readonly string[]>): void {
    const { write, paint } = this.#options;
    this.#append(async () => {
      const details = await listDetails();
      write(`${paint.faint(at)}  ${paint.strong(headline)}`);
      for (const line of details) write(INDENT + line);
    });
  }

  #append(writing: () => Promise<void>): void {
    this.#writing = this.#writing.then(writing);
    // Whoever awaits `settled` hears of it; until then it is nobody's unhandled rejection.
    this.#writing.catch(() => undefined);
  }
}

/** Lines of a card that are more than a word about its progress. */
const LONG_TEXT_LINES = 5;

/** Whether a message now holds a result itself, as the answers of tools do. */
function isResult({ buttons, embeds }: Message): boolean {
  const isToGoOn = buttons.some(({ label }) => ['Again', 'Sing'].includes(label));
  const lines = embeds[0]?.description?.split('\n') ?? [];
  return isToGoOn || lines.length > LONG_TEXT_LINES;
}

/** Whether this is a song with its buttons, and not a card about how it is made. */
function isSongCard({ attachments, buttons }: Message): boolean {
  return attachments.length > 0 && buttons.some(({ emoji }) => emoji === '❤️');
}

/** Whether this is something private to choose from. */
function isPanel({ ephemeral, selects }: Message): boolean {
  return ephemeral && selects.length > 0;
}

/** What the card of a batch says when all of it is done. */
const ALL_DONE = /^\d+ songs: \d+ done\.$/m;

/** Whether nothing more comes of a card, for better or worse. */
function isEnd(card: Message): boolean {
  const isDone =
    card.text.startsWith('Done') || (ALL_DONE.test(card.text) && !card.text.includes('being posted'));
  return isDone || card.buttons.some(({ label }) => label === 'Try again');
}

function clock(): string {
  return formatClock(new Date());
}
