import { createHash } from 'node:crypto';
import type { TaskCard } from '../../store/cards.ts';
import { languageForAll, languageForRequester } from '../../words/readers.ts';
import { speak, words } from '../../words/words.ts';
import type { OutgoingFile } from '../api/api.ts';
import { contentOf, listFiles } from '../delivery/freight.ts';
import { fileName } from '../messages/text.ts';
import { buildFilesCard, type FetchOutcome } from '../tools/files-card.ts';
import { songTitleOf } from '../tools/song-title.ts';
import type { TextFile } from '../tools/tool-card.ts';
import type { ToolFiles } from '../tools/tool-files.ts';
import { buildCard, type CardContent, type FetchedResult, findFetched } from './card-content.ts';
import type { CardSender } from './card-sender.ts';
import type { StatusView } from './status-card.ts';

/** A card that is ready to be sent. */
export interface MadeCard {
  readonly content: CardContent;
  /** The same for the requester alone. */
  readonly direct: () => CardContent;
  /** Stands for the files that the message has when this was sent; empty = none. */
  readonly filesKey: string;
  /** Something is still missing: the card is made anew after so long. */
  readonly retryMs?: number | undefined;
  /** The same with smaller files, or at last without; absent where there are none. */
  readonly shrink?: (() => Promise<MadeCard>) | undefined;
}

const HOST_RETRY_MS = 60_000;
const MIN_RETRY_MS = 5_000;

/** Makes cards with their files. Those that the message has already are neither fetched nor sent again. */
export class CardMaker {
  readonly #sender: Pick<CardSender, 'limitOf'>;
  readonly #files: Pick<ToolFiles, 'load' | 'shrink'>;

  constructor(sender: Pick<CardSender, 'limitOf'>, files: Pick<ToolFiles, 'load' | 'shrink'>) {
    this.#sender = sender;
    this.#files = files;
  }

  /**
   * Gives undefined when the message has all that it will ever have.
   *
   * @throws the reason of `signal` when aborted while files are fetched.
   */
  async make(view: StatusView, card: TaskCard, signal: AbortSignal): Promise<MadeCard | undefined> {
    return await speak(languageForAll(view.task.origin), () => this.#make(view, card, signal));
  }

  async #make(view: StatusView, card: TaskCard, signal: AbortSignal): Promise<MadeCard | undefined> {
    const shownKey = filesKeyOf(card.digest);
    const fetched = findFetched(view);
    if (fetched) {
      const filesKey = hash(fetched.tool);
      return filesKey === shownKey ? undefined : await this.#fetch(view, fetched, card, filesKey, signal);
    }
    const { body, texts } = buildCard(view);
    const filesKey = texts.length > 0 ? hash(texts) : '';
    const files = filesKey === shownKey ? [] : texts.map(toFile);
    const isLeft = shownKey !== '' && filesKey === '';
    const direct = () =>
      speak(languageForRequester(view.task.origin), () => {
        const theirs = buildCard(view);
        return { body: theirs.body, files: theirs.texts.map(toFile) };
      });
    return { content: { body: isLeft ? { ...body, attachments: [] } : body, files }, direct, filesKey };
  }

  async #fetch(
    view: StatusView,
    fetched: FetchedResult,
    card: TaskCard,
    filesKey: string,
    signal: AbortSignal,
  ): Promise<MadeCard> {
    const { task, now } = view;
    const limitBytes = await this.#sender.limitOf(task, card, now);
    const outcome = await this.#files.load(fetched, songTitleOf(view), { limitBytes, now }, signal);
    return this.#madeOf(view, fetched, outcome, filesKey, signal);
  }

  #madeOf(
    view: StatusView,
    fetched: FetchedResult,
    outcome: FetchOutcome,
    filesKey: string,
    signal: AbortSignal,
  ): MadeCard {
    const { origin } = fetched.task;
    const build = (): CardContent => ({
      body: buildFilesCard(view, fetched.tool, outcome),
      files: outcome.kind === 'held' ? [] : listOutgoing(outcome),
    });
    const content = build();
    const direct = () => speak(languageForRequester(origin), build);
    if (outcome.kind === 'held') {
      const sinceMs = view.now - fetched.task.endedAt;
      const retryMs = outcome.reason === 'unavailable' ? Math.max(MIN_RETRY_MS, sinceMs / 4) : HOST_RETRY_MS;
      return { content, direct, filesKey: '', retryMs: Math.round(retryMs) };
    }
    // It is asked for when nothing is being made any more, and so when nothing is spoken.
    const shrink = async () =>
      await speak(languageForAll(origin), async () =>
        this.#madeOf(view, fetched, await this.#files.shrink(outcome, signal), filesKey, signal),
      );
    return { content, direct, filesKey, shrink: content.files.length > 0 ? shrink : undefined };
  }
}

/** What a card shows and which words went with it, as one text: `<words>:<files>.<body>`. */
export function digestOf(wordKey: string, { content, filesKey }: MadeCard): string {
  return `${wordKey}:${filesKey ? `${filesKey}.` : ''}${hash(content.body)}`;
}

function filesKeyOf(digest = ''): string {
  const [key = '', body] = digest.slice(digest.lastIndexOf(':') + 1).split('.');
  return body === undefined ? '' : key;
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}

function toFile({ name, text }: TextFile): OutgoingFile {
  return { name, bytes: Buffer.from(text, 'utf8'), contentType: 'text/plain; charset=utf-8' };
}

function listOutgoing({ freight }: Extract<FetchOutcome, { kind: 'loaded' }>): OutgoingFile[] {
  const count = listFiles(freight).length;
  return freight.clips.flatMap(({ clip, files }) =>
    files.map((file, index) => {
      const part = { part: index + 1, parts: count };
      const piece = files.length > 1 ? words().delivery.files.partOf(part) : undefined;
      const name = fileName(clip.title ?? '', piece, file.extension);
      return { name, bytes: contentOf(file), contentType: file.contentType };
    }),
  );
}
