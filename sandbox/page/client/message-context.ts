import type { MarkdownContext } from './markdown-view.ts';
import type { Notice, PageState } from './page-state.ts';
import type { PageStore } from './page-store.ts';

/** What the view of a message needs besides the message, and what one can do there. */
export interface MessageContext extends MarkdownContext {
  readonly state: PageState;
  readonly store: PageStore;
  /** Whether an answer to this button or menu is still awaited. */
  isBusy(messageId: string, customId: string): boolean;
  press(messageId: string, customId: string, what: string): void;
  select(messageId: string, customId: string, what: string, values: readonly string[]): void;
  open(channelId: string): void;
  dismiss(messageId: string): void;
  dismissNotice(notice: Notice): void;
}
