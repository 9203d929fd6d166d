/** How long somebody pauses before the bot is asked what goes on from there. */
const PAUSE_MS = 250;

/** Follows what is being asked: each new question ends the one before it. */
export interface Asker<Q> {
  /** @param question - the same object for as long as it is the same question; `undefined` for none */
  follow(question: Q | undefined): void;
}

/**
 * Asks while somebody types: not before they pause, and never two questions at once.
 *
 * @param ask - carries a question out; by its signal it learns that nobody waits for the answer any more
 */
export function createAsker<Q extends { readonly text: string }>(
  ask: (question: Q, signal: AbortSignal) => Promise<void>,
  pauseMs = PAUSE_MS,
): Asker<Q> {
  let current: Q | undefined;
  let stop = () => {};
  return {
    follow(question) {
      if (question === current) return;
      current = question;
      stop();
      if (!question) return;
      const abort = new AbortController();
      // Before anything is typed there is no pause to wait for.
      const timer = setTimeout(() => void ask(question, abort.signal), question.text === '' ? 0 : pauseMs);
      stop = () => {
        clearTimeout(timer);
        abort.abort();
      };
    },
  };
}
