/** Ways to put a result in front of a person, in the order of section "Routes of a delivery". */
export type Route = 'channel' | 'follow-up' | 'direct-message';

/** One message of a delivery that is known to exist. */
export interface PostedPart {
  /** 0, 1, 2 …: stems fill several messages. */
  readonly part: number;
  /** How many of the delivery's clips it holds: the next part goes on after them. */
  readonly count: number;
  readonly route: Route;
  readonly channelId: string;
  /** Absent when a person said that it is there: where exactly is not known. */
  readonly messageId?: string | undefined;
  /** Only the requester sees it: Discord hides public answers where a server does not want them. */
  readonly isHidden?: true | undefined;
}

/** The part whose sending was started; kept until its message is known. */
export interface AttemptedPart {
  readonly part: number;
  readonly count: number;
  readonly route: Route;
  readonly channelId?: string | undefined;
  readonly startedAt: number;
  /** Nothing says that it was made, but a database that was set back would not know of it. Never stored. */
  readonly isPresumed?: true | undefined;
}

export type DeliveryState = 'pending' | 'delivering' | 'delivered' | 'undecided' | 'undeliverable';

/** Why a delivery has not happened yet, for the card and the log. */
export type DeliverySetback = 'unlisted-host' | 'audio-missing' | 'not-audio' | 'no-route' | 'discord';

/** Putting one clip, or the stems of one task, in front of the person, once. */
export interface Delivery {
  readonly id: string;
  readonly taskId: string;
  readonly kind: 'clip' | 'stems';
  readonly clipIds: readonly string[];
  readonly state: DeliveryState;
  /** Whether its first message mentions the requester: one per task, settled when that message is first tried. */
  readonly mention: boolean;
  /** Grows when a person wants it posted again: each wanted message has its own nonce. */
  readonly generation: number;
  readonly posted: readonly PostedPart[];
  readonly attempt?: AttemptedPart | undefined;
  readonly tries: number;
  /** Epoch ms of the next try; absent when it ended or waits for a person. */
  readonly dueAt?: number | undefined;
  readonly setback?: DeliverySetback | undefined;
  /** Epoch ms since when nothing could be posted although it was tried; absent while nobody can help it. */
  readonly troubledSince?: number | undefined;
  /** A copy as a direct message of what is delivered elsewhere: nobody is told when it cannot be brought. */
  readonly isCopy?: true | undefined;
  /** What exactly stood in the way, e.g. the host that is not listed. */
  readonly detail?: string | undefined;
  readonly createdAt: number;
}
