import type { TaskLimits } from './limits.ts';

/** A queued task, as far as its place matters. */
export interface QueueEntry {
  readonly id: string;
  /** Absent for a request from a DM: its requester then counts as a server of its own. */
  readonly guildId?: string | undefined;
  readonly memberId: string;
  readonly createdAt: number;
}

/** The last time that a task of a member in a server was sent (epoch ms). */
export interface Turn {
  readonly guildId?: string | undefined;
  readonly memberId: string;
  readonly at: number;
}

/** Turns longer ago than this no longer matter for the order. */
export const TURN_MEMORY_MS = 60 * 60_000;

interface Group<Item> {
  readonly items: readonly Item[];
  readonly lastTurnAt: number;
  readonly first: QueueEntry;
}

/**
 * The order in which the queued tasks of one account are sent: servers take turns, within a server its members
 * take turns, and a member's own tasks keep their order. Who had a turn longest ago comes first: without that
 * memory the server with the oldest task would be first again after every single send.
 */
export function orderQueue<Entry extends QueueEntry>(
  entries: readonly Entry[],
  turns: readonly Turn[] = [],
): Entry[] {
  const serverTurns = lastTurns(turns, serverOf);
  const memberTurns = lastTurns(turns, memberOf);
  const servers: Group<Entry>[] = [];
  for (const [server, ofServer] of groupSorted(entries, serverOf)) {
    const members: Group<Entry>[] = [];
    for (const [member, items] of groupSorted(ofServer, memberOf)) {
      members.push(groupOf(items, memberTurns.get(member)));
    }
    servers.push(groupOf(takeTurns(members), serverTurns.get(server), ofServer[0]));
  }
  return takeTurns(servers);
}

/** Time until a task at this place is sent, when nothing else goes wrong. */
export function startEstimateMs(
  place: number,
  { untilNextMs, submitIntervalMs }: { readonly untilNextMs: number; readonly submitIntervalMs: number },
): number {
  return Math.max(0, untilNextMs) + (place - 1) * submitIntervalMs;
}

/** A queued task with what its member and server have under way before it. */
export interface Standing<Entry> {
  readonly entry: Entry;
  /** How often tasks under way have to end first, because its member or server has as many as allowed. */
  readonly rounds: number;
}

/** Tasks under way, by member over all servers, and by server. */
interface Running {
  readonly members: ReadonlyMap<string, number>;
  readonly servers: ReadonlyMap<string, number>;
}

/**
 * Lets those go ahead whose member and server may have more under way: the others keep their order behind them.
 *
 * @param ordered - as `orderQueue` gives it
 */
export function holdBack<Entry extends QueueEntry>(
  ordered: readonly Entry[],
  running: Running,
  limits: TaskLimits,
): Standing<Entry>[] {
  const members = new Map(running.members);
  const servers = new Map(running.servers);
  const standings = ordered.map((entry) => {
    const ofMember = countUp(members, entry.memberId);
    const ofServer = entry.guildId === undefined ? 0 : countUp(servers, entry.guildId);
    const rounds = Math.max(
      Math.floor(ofMember / limits.member.running),
      Math.floor(ofServer / limits.server.running),
    );
    return { entry, rounds };
  });
  return standings.sort((a, b) => a.rounds - b.rounds);
}

/** Counts one more; gives how many there were before. */
function countUp(counts: Map<string, number>, id: string): number {
  const before = counts.get(id) ?? 0;
  counts.set(id, before + 1);
  return before;
}

function serverOf(entry: Pick<QueueEntry, 'guildId' | 'memberId'>): string {
  return entry.guildId === undefined ? `dm ${entry.memberId}` : `guild ${entry.guildId}`;
}

function memberOf(entry: Pick<QueueEntry, 'guildId' | 'memberId'>): string {
  return `${serverOf(entry)} ${entry.memberId}`;
}

function lastTurns(turns: readonly Turn[], keyOf: (turn: Turn) => string): Map<string, number> {
  const last = new Map<string, number>();
  for (const turn of turns) last.set(keyOf(turn), Math.max(turn.at, last.get(keyOf(turn)) ?? turn.at));
  return last;
}

function groupSorted<Entry extends QueueEntry>(
  entries: readonly Entry[],
  keyOf: (entry: Entry) => string,
): Map<string, Entry[]> {
  return Map.groupBy([...entries].sort(byAge), keyOf);
}

function groupOf<Entry extends QueueEntry>(
  items: readonly Entry[],
  lastTurnAt = Number.NEGATIVE_INFINITY,
  oldest: Entry | undefined = items[0],
): Group<Entry> {
  if (!oldest) throw new Error('a group has at least one entry');
  return { items, lastTurnAt, first: oldest };
}

/** One item of each group, then the second of each, and so on. */
function takeTurns<Entry extends QueueEntry>(groups: readonly Group<Entry>[]): Entry[] {
  const inOrder = [...groups].sort((a, b) =>
    a.lastTurnAt === b.lastTurnAt ? byAge(a.first, b.first) : a.lastTurnAt - b.lastTurnAt,
  );
  const longest = Math.max(0, ...inOrder.map((group) => group.items.length));
  const taken: Entry[] = [];
  for (let round = 0; round < longest; round += 1) {
    for (const group of inOrder) {
      const item = group.items[round];
      if (item) taken.push(item);
    }
  }
  return taken;
}

function byAge(a: QueueEntry, b: QueueEntry): number {
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
