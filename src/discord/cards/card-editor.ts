import { isOpen } from '../../domain/task.ts';
import type { SavedCard, TaskCard } from '../../store/cards.ts';
import { isResult } from './card-content.ts';
import { digestOf, type MadeCard } from './card-maker.ts';
import type { CardSender } from './card-sender.ts';
import type { StatusView } from './status-card.ts';

/** Trouble of Discord itself: the edit is tried again after this. */
export const RETRY_MS = 5_000;

/** Stands for a result that could be brought to nobody. */
const LOST_RESULT = 'lost';

/** Brings a card to its place, down the ladder where Discord takes no files as large, and says what it shows then. */
export class CardEditor {
  readonly #sender: CardSender;

  constructor(sender: CardSender) {
    this.#sender = sender;
  }

  /** Edits the message if its content changed, and says when to look again. */
  async edit(view: StatusView, card: TaskCard, made: MadeCard, wordKey: string): Promise<SavedCard> {
    const { task, now } = view;
    const { version } = card;
    const dueAt = made.retryMs === undefined ? nextLookAt(view, card) : now + made.retryMs;
    const digest = digestOf(wordKey, made);
    if (digest === card.digest) return { version, dueAt };
    const shown = await this.#sender.edit(task, card, made.content, now);
    switch (shown.kind) {
      case 'retry':
        return { version, dueAt: now + RETRY_MS };
      case 'too-large':
        return await this.#shrink(made, version, now, (smaller) => this.edit(view, card, smaller, wordKey));
      case 'postponed':
        // The words that go with the card need not wait; the digest is of no content, so the edit is tried again.
        return { version, dueAt: now + shown.waitMs, digest: `${wordKey}:` };
      case 'unreachable':
        if (isResult(view)) return await this.#sendDirectly(view, card, made, wordKey);
        // Nothing more can be shown, so nothing more is tried until the task changes.
        return { version, dueAt: undefined, digest };
      case 'shown': {
        const { channelId, messageId } = shown;
        return { version, dueAt, digest, channelId, messageId, edits: card.edits + 1, editedAt: now };
      }
      default:
        return shown satisfies never;
    }
  }

  /** Nobody can see the card any more, and it is what was asked for. */
  async #sendDirectly(view: StatusView, card: TaskCard, made: MadeCard, wordKey: string): Promise<SavedCard> {
    const { task, now } = view;
    const { version } = card;
    if (made.retryMs !== undefined) return { version, dueAt: now + made.retryMs };
    const digest = digestOf(wordKey, made);
    const sent = await this.#sender.sendDirectly(task, made.direct(), digest);
    switch (sent.kind) {
      case 'shown':
        return { version, dueAt: undefined, digest };
      case 'too-large':
        return await this.#shrink(made, version, now, (smaller) =>
          this.#sendDirectly(view, card, smaller, wordKey),
        );
      case 'unreachable':
        return { version, dueAt: undefined, digest: `${wordKey}:${LOST_RESULT}`, lostAt: now };
      case 'retry':
        return { version, dueAt: now + RETRY_MS };
      case 'postponed':
        return { version, dueAt: now + sent.waitMs };
      default:
        return sent satisfies never;
    }
  }

  /** Steps down the ladder. */
  async #shrink(
    made: MadeCard,
    version: number,
    now: number,
    send: (smaller: MadeCard) => Promise<SavedCard>,
  ): Promise<SavedCard> {
    return made.shrink ? await send(await made.shrink()) : { version, dueAt: now + RETRY_MS };
  }
}

/** When a card has something new to show by itself; undefined = never. */
function nextLookAt(view: StatusView, card: TaskCard): number | undefined {
  const { group = [view], now } = view;
  if (!group.some(({ task }) => isOpen(task))) return undefined;
  const estimatesMs = group.map(({ estimateMs = 0 }) => estimateMs);
  return now + progressGapMs(card.edits, Math.max(...estimatesMs));
}

/**
 * Time between two edits that show nothing but progress: five seconds at first, then ever longer, and longer from
 * the start where the end is far away: a long queue moves all of its cards.
 */
export function progressGapMs(edits: number, estimateMs = 0): number {
  const gapMs = Math.max(5_000 * 1.25 ** Math.max(0, edits - 3), estimateMs / 40);
  // PostgreSQL keeps whole milliseconds only.
  return Math.round(Math.min(gapMs, 60_000));
}
