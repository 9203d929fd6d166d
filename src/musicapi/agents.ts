import { Agent, buildConnector, type Dispatcher } from 'undici';
import { markNeverConnected } from './connection.ts';

/** The connections of a client, by what may happen on them. */
export interface Agents {
  /** For calls that may be repeated: keeps connections alive. */
  readonly reading: Dispatcher;
  /** For calls that spend: every one on a fresh connection. */
  readonly spending: Dispatcher;
  close(): Promise<void>;
}

/**
 * Creates the connections.
 *
 * @param given - used for everything instead, and not closed
 */
export function createAgents(connectMs: number, given?: Dispatcher): Agents {
  if (given) return { reading: given, spending: given, close: async () => {} };
  // A kept-alive connection may die in the moment of sending, which cannot be told from a lost answer. The request
  // option `reset` closes a connection afterwards but may begin on a kept one, hence an agent that keeps none.
  const reading = createAgent(connectMs);
  const spending = createAgent(connectMs);
  return {
    reading,
    spending,
    close: async () => {
      await Promise.all([reading.close(), spending.close()]);
    },
  };
}

function createAgent(connectMs: number): Agent {
  const connect = buildConnector({ timeout: connectMs, allowH2: false });
  return new Agent({
    // HTTP/1.1 only: what a broken connection means for a request is known there.
    allowH2: false,
    connect: (target, callback) =>
      connect(target, (...args) => {
        const [error] = args;
        if (error) markNeverConnected(error);
        callback(...args);
      }),
  });
}
