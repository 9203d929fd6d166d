import type { Message } from '../../sandbox/discord/message-view.ts';
import type { InteractionRecord } from '../../sandbox/discord/records.ts';
import type { LoggedRequest } from '../../sandbox/musicapi/request-log.ts';
import type { Task as ProviderTask } from '../../sandbox/musicapi/tasks.ts';
import { decodeId } from '../../src/discord/messages/custom-ids.ts';
import type { Delivery } from '../../src/domain/delivery.ts';
import { findDelivery } from '../../src/store/deliveries.ts';
import type { Store } from '../../src/store/open.ts';
import { type Account, listPosts, readAccounts } from '../support/evidence.ts';
import type { TestWorld } from '../support/world.ts';
import type { BotKeeper, Life } from './bot-keeper.ts';
import { REMEMBERED_REQUESTS, type Town } from './town.ts';

/** A message that brings results: it carries the id of its delivery. */
export interface Post {
  readonly deliveryId: string;
  readonly part: number;
  readonly messageId: string;
}

/** What became of an interaction. */
interface Answer {
  /** The command, or the custom id of what was pressed. */
  readonly what: string;
  /** `failed`: "The application did not respond". `thinking`: it said that it would answer, and never did. */
  readonly state: 'answered' | 'failed' | 'thinking';
  /** The bot was dead or cut off then. */
  readonly isExcused: boolean;
}

/** What MusicAPI did for one of its tasks. */
type Made = Pick<ProviderTask, 'taskId' | 'price' | 'refunded'>;

/** Everything by which a soak is judged, once the bot has stopped. */
export interface Evidence {
  readonly accounts: readonly Account[];
  /** Credits of reconciliations, of no task. */
  readonly adjusted: number;
  /** What the balance at MusicAPI went down by. */
  readonly spent: number;
  readonly made: readonly Made[];
  readonly posts: readonly Pick<LoggedRequest, 'path' | 'body' | 'status'>[];
  readonly deliveries: readonly Delivery[];
  /** Songs of tasks, stems apart. */
  readonly clips: readonly { readonly taskId: string; readonly clipId: string }[];
  /** Ids of tasks of which a person said not to wait any longer: their songs go silently into the library. */
  readonly abandoned: ReadonlySet<string>;
  readonly messages: readonly Post[];
  readonly answers: readonly Answer[];
  /** More requests came than the services remember: what is judged would be half of it. */
  readonly isIncomplete: boolean;
  /** What Discord refused as malformed. */
  readonly malformed: readonly string[];
  /** Cards that do not show how their task ended. */
  readonly staleCards: readonly string[];
  /** Ids of interactions that the bot could not answer well, whatever it logged of them. */
  readonly excused: ReadonlySet<string>;
  readonly lives: readonly Life[];
  readonly secrets: readonly string[];
}

/**
 * Gathers it.
 *
 * @param creditsBefore - at MusicAPI, before anything was asked for
 */
export async function gatherEvidence(
  town: Town,
  store: Store,
  keeper: BotKeeper,
  creditsBefore: number,
): Promise<Evidence> {
  const { world } = town;
  const { discord, musicApi } = world;
  const interactions = discord.interactions();
  const accounts = await readAccounts(store);
  return {
    accounts,
    adjusted: await sumAdjustments(store),
    spent: creditsBefore - countCredits(world),
    made: musicApi.tasks,
    posts: listPosts(world),
    deliveries: await listDeliveries(store),
    clips: await listClips(store),
    abandoned: listAbandoned(accounts, interactions),
    messages: listDeliveryMessages(town),
    answers: interactions.map((one) => readAnswer(one, keeper.deafTimes.isExcused(one))),
    isIncomplete: [musicApi, discord].some(({ requests }) => requests.length >= REMEMBERED_REQUESTS),
    malformed: discord.requests
      .filter(({ status }) => status === 400)
      .map(({ method, route, errorCode }) => `${method} ${route}: ${errorCode}`),
    staleCards: await listStaleCards(store),
    excused: new Set(interactions.filter((one) => keeper.deafTimes.isExcused(one)).map(({ id }) => id)),
    lives: keeper.lives,
    secrets: [discord.token, musicApi.key, ...interactions.map(({ token }) => token)],
  };
}

/** What MusicAPI says that the account has. */
export function countCredits({ musicApi }: TestWorld): number {
  const { credits, extraCredits } = musicApi.credits();
  return credits + extraCredits;
}

async function sumAdjustments({ db }: Store): Promise<number> {
  const rows = await db.selectFrom('ledger').select('charged').where('kind', '=', 'adjust').execute();
  return rows.reduce((sum, { charged }) => sum + charged, 0);
}

async function listDeliveries({ db }: Store): Promise<readonly Delivery[]> {
  const rows = await db.selectFrom('deliveries').select('id').orderBy('id').execute();
  const found = await Promise.all(rows.map(({ id }) => findDelivery(db, id)));
  return found.filter((delivery) => delivery !== undefined);
}

async function listClips({ db }: Store): Promise<Evidence['clips']> {
  const rows = await db
    .selectFrom('clips')
    .select(['clip_id', 'task_id'])
    .where('kind', '=', 'song')
    .where('deleted_at', 'is', null)
    .execute();
  return rows.map(({ clip_id, task_id }) => ({ clipId: clip_id, taskId: task_id }));
}

async function listStaleCards({ db }: Store): Promise<readonly string[]> {
  const rows = await db.selectFrom('tasks').select('id').where('card_due_at', 'is not', null).execute();
  return rows.map(({ id }) => id);
}

/** The tasks that somebody stopped waiting for: one, or all that were asked for together. */
function listAbandoned(
  accounts: Evidence['accounts'],
  interactions: readonly InteractionRecord[],
): ReadonlySet<string> {
  const stopped = new Set(interactions.flatMap((one) => findStopped(one) ?? []));
  const tasks = accounts
    .map(({ task }) => task)
    .filter(({ id, groupId = id }) => stopped.has(id) || stopped.has(groupId));
  return new Set(tasks.map(({ id }) => id));
}

/** The task, or the first one of its group, whose button it was. */
function findStopped({ payload }: InteractionRecord): string | undefined {
  const { custom_id: customId } = payload.data as { readonly custom_id?: string };
  const id = customId === undefined ? undefined : decodeId(customId);
  return id?.action === 'stop' ? id.taskId : undefined;
}

function listDeliveryMessages({ members, world }: Town): readonly Post[] {
  const places = new Set(members.flatMap((member) => member.places));
  return [...places].flatMap((place) => world.discord.messages(place)).flatMap(readPost);
}

function readPost({ id, buttons }: Message): readonly Post[] {
  const ids = buttons.flatMap(({ customId }) => (customId && decodeId(customId)) || []);
  const more = ids.find(({ action }) => action === 'more');
  if (more?.action !== 'more' || more.deliveryId === undefined) return [];
  return [{ deliveryId: more.deliveryId, part: more.part ?? 0, messageId: id }];
}

function readAnswer(interaction: InteractionRecord, isExcused: boolean): Answer {
  const { commandName, payload, state, original } = interaction;
  const { custom_id: customId } = payload.data as { readonly custom_id?: string };
  const isThinking = state === 'deferred' && original?.deleted === false && original.editedCount === 0;
  return {
    what: commandName === undefined ? (customId ?? '') : `/${commandName}`,
    state: state === 'failed' || state === 'waiting' ? 'failed' : isThinking ? 'thinking' : 'answered',
    isExcused,
  };
}
