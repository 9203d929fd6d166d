/** How many tasks may be under way at the same time. */
interface InFlight {
  /** Being sent to MusicAPI, or made there: more of them wait in the queue. */
  readonly running: number;
  /** Waiting in the queue: more of them are refused. */
  readonly queued: number;
}

/** Limits of tasks under way on one account. */
export interface TaskLimits {
  /** Of one member, over all servers. */
  readonly member: InFlight;
  /** Of all members of one server. */
  readonly server: InFlight;
}

/** What one member can listen to at a time, and what keeps a busy server from filling everybody's queue. */
export const DEFAULT_LIMITS: TaskLimits = {
  member: { running: 3, queued: 10 },
  server: { running: 20, queued: 100 },
};
