import { randomBytes } from 'node:crypto';
import type { WebSocket } from 'ws';

const MAX_REPLAY = 1000;

/** One event as it went, or would have gone, over the gateway. */
interface Dispatch {
  readonly op: 0;
  readonly t: string;
  readonly s: number;
  readonly d: unknown;
}

/** A gateway session: it outlives its connection, and keeps the events that may have to be replayed. */
export class GatewaySession {
  readonly id = randomBytes(16).toString('hex');
  readonly shard: readonly [id: number, count: number];
  readonly intents: number;
  #seq = 0;
  #history: Dispatch[] = [];
  socket: WebSocket | undefined;
  /** When the connection was lost; undefined while there is one. */
  disconnectedAt: number | undefined;

  constructor(shard: readonly [number, number], intents: number) {
    this.shard = shard;
    this.intents = intents;
  }

  /** The number of the last event. */
  get seq(): number {
    return this.#seq;
  }

  /** Sends an event now, or keeps it for a resume. */
  dispatch(type: string, data: unknown): void {
    this.#seq += 1;
    const event: Dispatch = { op: 0, t: type, s: this.#seq, d: data };
    this.#history.push(event);
    if (this.#history.length > MAX_REPLAY) this.#history.shift();
    this.#send(event);
  }

  /** Whether everything after `seq` can still be replayed. */
  canReplayFrom(seq: number): boolean {
    const oldest = this.#history[0]?.s ?? this.#seq + 1;
    return seq <= this.#seq && seq >= oldest - 1;
  }

  /** Sends everything after `seq` again. */
  replayFrom(seq: number): void {
    for (const event of this.#history) if (event.s > seq) this.#send(event);
  }

  #send(event: Dispatch): void {
    if (this.socket?.readyState === 1) this.socket.send(JSON.stringify(event));
  }
}
