import type { Delivery, Route } from '../domain/delivery.ts';
import type { Task } from '../domain/task.ts';

/** How a person used the bot. */
export type InteractionKind = 'command' | 'message_command' | 'autocomplete' | 'button' | 'select' | 'modal';

/** How an interaction ended for the person; `not_ours` where another process answered it, or nobody could in time. */
export type InteractionOutcome = 'answered' | 'refused' | 'failed' | 'not_ours';

/** An interaction was answered, one way or another. */
interface InteractionEvent {
  readonly kind: 'interaction';
  readonly used: InteractionKind;
  /** The command, or the action of a button, list or form; `unknown` for those of another version. */
  readonly name: string;
  readonly outcome: InteractionOutcome;
  /** From its arrival until Discord had taken the first answer; absent where it never did. */
  readonly ackMs?: number | undefined;
}

/** A task was taken in (`before` is absent), or its state changed. */
interface TaskEvent {
  readonly kind: 'task-changed';
  readonly before?: Task | undefined;
  readonly after: Task;
  /** Epoch ms of the clock that decides. */
  readonly at: number;
}

/** A look at a task began. */
interface PollEvent {
  readonly kind: 'poll';
  /** How long after its time. */
  readonly lagMs: number;
}

/** A look found a task ended. */
interface DetectionEvent {
  readonly kind: 'end-detected';
  /** Since the look before, which found it unfinished: MusicAPI does not say when exactly it ended. */
  readonly lagMs: number;
}

/** How a call to MusicAPI ended, as `MusicApiError` tells it, with what `unavailable` was told apart. */
export type ProviderOutcome =
  | 'ok'
  | 'not_authorised'
  | 'no_credits'
  | 'moderation'
  | 'invalid_request'
  | 'rate_limited'
  | 'not_found'
  | 'gone'
  | 'server_error'
  | 'malformed'
  | 'no_connection'
  | 'answer_lost'
  | 'aborted';

/** One HTTP exchange with MusicAPI ended; one that is sent again is another one. */
interface ProviderCallEvent {
  readonly kind: 'provider-call';
  readonly method: string;
  /** Template of the path, such as `/sonic/task/:id`. */
  readonly route: string;
  readonly outcome: ProviderOutcome;
  readonly status?: number | undefined;
  readonly ms: number;
  /** 1, 2 … */
  readonly attempt: number;
  /** What MusicAPI calls it, for its support. */
  readonly requestId?: string | undefined;
}

/** One HTTP exchange with Discord ended. */
interface DiscordCallEvent {
  readonly kind: 'discord-call';
  /** Template with its method, such as `POST /channels/:id/messages`. */
  readonly route: string;
  /** Absent without an answer. */
  readonly status?: number | undefined;
  /** Why there was no answer. */
  readonly failure?: string | undefined;
  readonly ms: number;
}

/** Discord, or its client before it asks, puts a call off. */
interface DiscordRateLimitEvent {
  readonly kind: 'discord-rate-limit';
  readonly route: string;
  readonly scope: 'user' | 'global' | 'shared';
  readonly waitMs: number;
}

/** Files were sent to Discord. */
interface UploadEvent {
  readonly kind: 'upload';
  /** `refused`: Discord said no; `failed`: it gave no answer. */
  readonly outcome: 'ok' | 'refused' | 'failed';
  readonly files: number;
  readonly bytes: number;
}

/** How the download of a file ended. */
export type DownloadOutcome =
  | 'ok'
  | 'unlisted_host'
  | 'not_found'
  | 'unavailable'
  | 'too_large'
  | 'not_audio'
  | 'aborted';

/** A file was fetched, or was not. */
interface DownloadEvent {
  readonly kind: 'download';
  readonly host: string;
  readonly outcome: DownloadOutcome;
  readonly status?: number | undefined;
  readonly bytes: number;
  readonly ms: number;
}

/** MusicAPI, or somebody in its name, called. */
interface WebhookEvent {
  readonly kind: 'webhook';
  readonly taskId: string;
  /** `known`: there was nothing left to do; `repeated`: the same call came before. */
  readonly outcome: 'woken' | 'known' | 'repeated' | 'no_task' | 'refused' | 'failed';
  readonly ms: number;
}

/** What a message of a delivery carries: the files as they came, smaller, in pieces, in an archive, or only words and a link. */
export type Rung = 'file' | 'smaller' | 'pieces' | 'archive' | 'link';

/** One try to post one message of a delivery ended. */
interface DeliveryTryEvent {
  readonly kind: 'delivery-tried';
  readonly delivery: Delivery;
  readonly rung: Rung;
  readonly route: Route;
  /** Its results go into a thread of the channel. */
  readonly isThread: boolean;
  readonly outcome: 'posted' | 'too-large' | 'closed' | 'refused' | 'uncertain';
  /** Epoch ms of the clock that decides. */
  readonly at: number;
}

/** A delivery ended without its message: it waits in the library. */
interface DeliveryEndEvent {
  readonly kind: 'delivery-ended';
  readonly outcome: 'undeliverable' | 'undecided';
}

/** A result lies on a host that is not listed. */
interface UnlistedHostEvent {
  readonly kind: 'unlisted-host';
}

/** The books differ from what they should be. */
interface FindingEvent {
  readonly kind: 'ledger-finding';
  readonly accountId: string;
  readonly sum: 'reserved' | 'charged' | 'balance';
  /** Credits expected less credits found. */
  readonly difference: number;
}

/** MusicAPI told the balance of an account. */
interface BalanceEvent {
  readonly kind: 'balance';
  readonly accountId: string;
  readonly credits: number;
}

/** What operators are told of by direct message. */
export type NoticeCause =
  | 'unlisted-host'
  | 'key-refused'
  | 'balance-empty'
  | 'balance-low'
  | 'provider-down'
  | 'database'
  | 'ledger-difference';

/** One operator was told something, or could not be. */
interface OperatorNoticeEvent {
  readonly kind: 'operator-notice';
  readonly cause: NoticeCause;
  /** `not_taken`: the person takes no direct messages. */
  readonly outcome: 'sent' | 'not_taken' | 'failed';
}

/** Something that metrics count or the log tells. Holds nothing that anybody typed. */
export type BotEvent =
  | InteractionEvent
  | TaskEvent
  | PollEvent
  | DetectionEvent
  | ProviderCallEvent
  | DiscordCallEvent
  | DiscordRateLimitEvent
  | UploadEvent
  | DownloadEvent
  | WebhookEvent
  | DeliveryTryEvent
  | DeliveryEndEvent
  | UnlistedHostEvent
  | FindingEvent
  | BalanceEvent
  | OperatorNoticeEvent;

/** An event of one kind. */
export type EventOf<Kind extends BotEvent['kind']> = Extract<BotEvent, { readonly kind: Kind }>;

/** Is told what happened. Never throws, and is quick: it is called where people wait. */
export type Observe = (event: BotEvent) => void;

/** For whoever is built without anybody to tell, as in tests. */
export const unobserved: Observe = () => {};
