import { setTimeout as delay } from 'node:timers/promises';
import { Client, type ClientConfig, type Pool } from 'pg';

/** Rings within this time are one. */
const GATHER_MS = 20;

/** Wait before the listening connection is made again. */
const RECONNECT_MS = 1_000;

/** A way for processes to wake each other; a hint only, because every loop also looks by itself. */
export interface Bell {
  ring(): void;
  /** Calls `listener` when another process rings, and when rings may have been missed. */
  onRing(listener: () => void): void;
  close(): Promise<void>;
}

interface BellOptions {
  readonly pool: Pool;
  readonly connection: ClientConfig;
  /** PostgreSQL's name for the conversation: the same for all processes of one set of tables. */
  readonly channel: string;
  /** Tells this process from the others. */
  readonly self: string;
}

/** Creates the bell of one process, over LISTEN and NOTIFY. It holds a connection only once somebody listens. */
export function createBell({ pool, connection, channel, self }: BellOptions): Bell {
  const closing = new AbortController();
  const listeners: (() => void)[] = [];
  let gathering: NodeJS.Timeout | undefined;
  let listening: Promise<void> | undefined;

  function tell(): void {
    for (const listener of listeners) listener();
  }

  /** Listens over one connection until that breaks. */
  async function listen(): Promise<void> {
    const client = new Client(connection);
    const ended = new Promise<void>((resolve) => {
      client.once('end', resolve);
      client.once('error', () => resolve());
    });
    const end = () => void client.end().catch(() => undefined);
    closing.signal.addEventListener('abort', end);
    try {
      await client.connect();
      client.on('notification', ({ payload }) => {
        if (payload !== self) tell();
      });
      await client.query(`listen ${client.escapeIdentifier(channel)}`);
      tell();
      await ended;
    } finally {
      closing.signal.removeEventListener('abort', end);
      // After an error the connection may be half open.
      end();
    }
  }

  async function listenOn(): Promise<void> {
    while (!closing.signal.aborted) {
      await listen().catch(() => undefined);
      await delay(RECONNECT_MS, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  }

  return {
    ring() {
      if (closing.signal.aborted) return;
      gathering ??= setTimeout(() => {
        gathering = undefined;
        pool.query('select pg_notify($1, $2)', [channel, self]).catch(() => undefined);
      }, GATHER_MS);
    },
    onRing(listener) {
      listeners.push(listener);
      listening ??= listenOn();
    },
    async close() {
      closing.abort();
      clearTimeout(gathering);
      await listening;
    },
  };
}
