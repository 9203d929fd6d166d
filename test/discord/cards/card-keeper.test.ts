import { REST } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Channel } from '../../../sandbox/discord/channel.ts';
import { type LocalDiscord, startLocalDiscord } from '../../../sandbox/discord/server.ts';
import { DiscordApi } from '../../../src/discord/api/api.ts';
import { restOptions } from '../../../src/discord/api/rest-options.ts';
import { CardKeeper } from '../../../src/discord/cards/card-keeper.ts';
import { CardMaker } from '../../../src/discord/cards/card-maker.ts';
import { CardSender } from '../../../src/discord/cards/card-sender.ts';
import { CardViews } from '../../../src/discord/cards/card-views.ts';
import { UploadLimits } from '../../../src/discord/delivery/upload-limits.ts';
import { failTask, startSubmitting } from '../../../src/domain/transitions.ts';
import { createLogger } from '../../../src/log.ts';
import { createCatalogue } from '../../../src/musicapi/catalogue.ts';
import { claimDueCards, type DueCard, findCard, saveCard } from '../../../src/store/cards.ts';
import type { Store } from '../../../src/store/open.ts';
import { insertTask, updateTask } from '../../../src/store/tasks.ts';
import { unobserved } from '../../../src/telemetry/events.ts';
import { createHistory } from '../../../src/tracker/history.ts';
import { createPlaces } from '../../../src/tracker/places.ts';
import { createPostgresDatabase } from '../../support/postgres.ts';
import { type CreateDatabase, createSqliteDatabase, openTestStore } from '../../support/store.ts';
import { queuedTask, T0 } from '../../support/tasks.ts';
import { NO_RATE_LIMITS } from '../../support/world.ts';
import { TASK_ID } from '../support/examples.ts';

const LEASE_MS = 30_000;
const OTHER = 'another process';

/** For cards that have none. */
const NO_FILES = {
  load: () => Promise.reject(new Error('no file was asked for')),
  shrink: () => Promise.reject(new Error('no file was asked for')),
};

let discord: LocalDiscord;
let channel: Channel;
beforeAll(async () => {
  // Each keeper has a REST client of its own, which knows nothing of what the one before has used of a limit.
  discord = await startLocalDiscord({ rateLimits: NO_RATE_LIMITS });
  channel = discord.addGuild({ name: 'Music Makers' }).addChannel({ name: 'songs' });
});
afterAll(() => discord.close());

/** A moment that the test waits for, and one at which it lets go. */
function createGate() {
  const reached = Promise.withResolvers<void>();
  const open = Promise.withResolvers<void>();
  const pass = async () => {
    reached.resolve();
    await open.promise;
  };
  return { pass, reached: reached.promise, open: () => open.resolve() };
}

/** Stands still after the edit; what is said is written down only. */
class StandingSender extends CardSender {
  readonly after = createGate();
  readonly said: string[] = [];

  override async edit(...given: Parameters<CardSender['edit']>) {
    const shown = await super.edit(...given);
    await this.after.pass();
    return shown;
  }

  override async say(...[, , wordKey]: Parameters<CardSender['say']>) {
    this.said.push(wordKey);
  }
}

/** Stands still between the claim of a card and the edit. */
class StandingViews extends CardViews {
  readonly gate = createGate();

  override async load(...given: Parameters<CardViews['load']>) {
    const view = await super.load(...given);
    await this.gate.pass();
    return view;
  }
}

/** A keeper with the card of one task that failed, of which nobody was told yet. */
async function startKeeper(createDatabase: CreateDatabase) {
  const clock = { now: T0 };
  const { store, cleanup } = await openTestStore({ now: () => clock.now, createDatabase });
  const api = new DiscordApi(
    new REST(restOptions(discord.apiUrl, unobserved)).setToken(discord.token),
    discord.apiUrl,
  );
  const message = await api.post(channel.id, { content: 'the card', nonce: `${performance.now()}` });
  const origin = { channelId: channel.id, tokenExpiresAt: 0 };
  const queued = queuedTask(TASK_ID, { origin });
  await insertTask(store.db, queued, T0 - LEASE_MS);
  const failure = { kind: 'moderation', text: 'not this' } as const;
  await updateTask(store.db, queued, failTask(startSubmitting(queued, T0), failure, T0));
  await claim(store, OTHER, T0 - LEASE_MS);
  const place = { channelId: channel.id, messageId: message.id };
  await saveCard(store.db, TASK_ID, OTHER, { version: 0, dueAt: T0, digest: 'running:before', ...place });
  const complaints: string[] = [];
  const destination = { write: (line: string) => complaints.push(line) };
  const log = createLogger({ level: 'warn', destination });
  const sender = new StandingSender(api, log, new UploadLimits(api, log));
  const catalogue = createCatalogue();
  const tracking = { history: createHistory(catalogue), places: createPlaces(), submitIntervalMs: 0 };
  const views = new StandingViews(store, catalogue, tracking);
  const maker = new CardMaker(sender, NO_FILES);
  const keeper = new CardKeeper({
    store,
    log,
    sender,
    views,
    maker,
    owner: 'this process',
    leaseMs: LEASE_MS,
  });
  onTestFinished(async () => {
    views.gate.open();
    sender.after.open();
    await keeper.stop(5_000);
    await cleanup();
    expect(complaints).toEqual([]);
  });
  keeper.start();
  await views.gate.reached;
  return { store, clock, keeper, sender, views, messageId: message.id };
}

async function claim(store: Store, owner: string, now: number): Promise<readonly DueCard[]> {
  return await claimDueCards(store.db, { now, limit: 10, owner, leaseUntil: now + LEASE_MS });
}

/** Another process takes the card over when the lease has run out, and shows it. */
async function showElsewhere({ store, clock }: { store: Store; clock: { now: number } }): Promise<void> {
  const [due] = await claim(store, OTHER, T0 + LEASE_MS);
  clock.now = T0 + LEASE_MS;
  const shown = { version: due?.card.version ?? -1, dueAt: undefined, digest: 'failed:elsewhere', edits: 9 };
  expect(await saveCard(store.db, TASK_ID, OTHER, shown)).toBe(true);
}

const countEdits = (messageId: string) =>
  discord.requests.filter(({ method, path }) => method === 'PATCH' && path.endsWith(messageId)).length;

describe.each([
  ['SQLite', createSqliteDatabase],
  ['PostgreSQL', createPostgresDatabase],
])('a card keeper that stood still for longer than its lease, on %s', (_, createDatabase) => {
  it('edits nothing and says nothing when another process has shown the card meanwhile', async () => {
    const world = await startKeeper(createDatabase);
    await showElsewhere(world);
    world.views.gate.open();
    await world.keeper.stop(5_000);
    expect(countEdits(world.messageId)).toBe(0);
    expect(world.sender.said).toEqual([]);
    expect(await findCard(world.store.db, TASK_ID)).toMatchObject({ digest: 'failed:elsewhere', edits: 9 });
  });

  it('edits once more, without saying it again, when its edit may have come after that of the other', async () => {
    const world = await startKeeper(createDatabase);
    world.views.gate.open();
    await world.sender.after.reached;
    await showElsewhere(world);
    world.sender.after.open();
    await expect.poll(async () => (await findCard(world.store.db, TASK_ID))?.edits).toBe(10);
    await world.keeper.stop(5_000);
    expect(countEdits(world.messageId)).toBe(2);
    expect(world.sender.said).toEqual([]);
    const card = await findCard(world.store.db, TASK_ID);
    expect(card?.digest).toMatch(/^failed:.{20}/);
    expect(card?.dueAt).toBeUndefined();
  });

  it('shows the card and says what is to be said when nobody has taken it over', async () => {
    const world = await startKeeper(createDatabase);
    world.clock.now = T0 + 2 * LEASE_MS;
    world.views.gate.open();
    world.sender.after.open();
    await expect.poll(async () => (await findCard(world.store.db, TASK_ID))?.edits).toBe(1);
    await world.keeper.stop(5_000);
    expect(countEdits(world.messageId)).toBe(1);
    expect(world.sender.said).toEqual(['failed']);
  });
});
