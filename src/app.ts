import { COMMANDS, MESSAGE_COMMANDS } from '../commands/index.ts';
import { createAttachments } from './composition/attachments.ts';
import { openBasis } from './composition/basis.ts';
import { createCards } from './composition/cards.ts';
import { createDelivering } from './composition/delivering.ts';
import { createDiscordSide } from './composition/discord.ts';
import { createFollowing } from './composition/following.ts';
import { createHttpSide } from './composition/http.ts';
import { createMusicApiSide } from './composition/music-api.ts';
import { createOperatorSide } from './composition/operator.ts';
import { createPrivacy } from './composition/privacy.ts';
import type { Config } from './config.ts';
import { ClipFinder } from './discord/clips/clip-finder.ts';
import { clipOperations } from './discord/clips/clip-operations.ts';
import { heartButton } from './discord/clips/heart-button.ts';
import { moreMenu } from './discord/clips/more-menu.ts';
import { deliveryButtons } from './discord/delivery/delivery-buttons.ts';
import { createFileLook } from './discord/drafts/attached-audio.ts';
import { draftButtons } from './discord/drafts/draft-buttons.ts';
import { DraftPlanner } from './discord/drafts/draft-planner.ts';
import { Drafts } from './discord/drafts/drafts.ts';
import { createLyricsReader } from './discord/drafts/lyrics-reader.ts';
import { RequestDesk } from './discord/drafts/request-desk.ts';
import { Answers } from './discord/interactions/answers.ts';
import { ChannelFacts } from './discord/interactions/channel-facts.ts';
import { Preferences } from './discord/interactions/preferences.ts';
import { Router } from './discord/interactions/router.ts';
import { settleWithin } from './discord/interactions/settle-within.ts';
import { libraryButtons } from './discord/library/library-buttons.ts';
import { tellKeyRefused } from './discord/people/key-notice.ts';
import { PersonaFinder } from './discord/people/persona-finder.ts';
import { PrivacyExports } from './discord/privacy/privacy-exports.ts';
import { AudioShelf } from './discord/recipe/audio-shelf.ts';
import { lostResults } from './discord/tasks/lost-results.ts';
import { taskButtons } from './discord/tasks/task-buttons.ts';
import { pickButtons } from './discord/timeline-pick/pick-buttons.ts';
import { SongLines } from './discord/timeline-pick/song-lines.ts';
import { toolButtons } from './discord/tools/tool-buttons.ts';
import type { StartError } from './errors.ts';
import type { HttpServer } from './http/server.ts';
import type { Logger } from './log.ts';
import { listTimedParts } from './musicapi/song-parts.ts';
import { memberAccount } from './store/accounts.ts';
import { releaseLeases } from './store/task-claims.ts';
import { DatabaseUnavailableError } from './store/unavailable.ts';
import { RuleBook } from './tracker/rule-book.ts';

/** The running bot. */
export interface App {
  /** Begins to follow tasks, connects to Discord and tells it the commands. Resolves when it is ready. */
  start(): Promise<void>;
  /** Takes in nothing more, finishes what is in flight (for `graceMs`), frees what it held. May be called again. */
  stop(): Promise<void>;
  /** Where the HTTP server listens on this machine; undefined without one. */
  readonly httpUrl: string | undefined;
}

interface AppOptions {
  readonly log: Logger;
  /** Epoch ms. @defaultValue Date.now */
  readonly now?: () => number;
  /** How long `stop` waits for what is in flight. @defaultValue 9_000 */
  readonly graceMs?: number;
  /** How long the work of a process that died waits for another one. @defaultValue DEFAULT_LEASE_MS */
  readonly leaseMs?: number;
  /**
   * Told when Discord has ended the connection for good, or the disk refused the database: only a person can mend that,
   * and a new start.
   */
  readonly onLost?: (reason: StartError) => void;
  /** For one download of a result. @defaultValue 2 min */
  readonly downloadTimeoutMs?: number;
}

/** With what closing takes, it is over in the ten seconds after which Docker kills. */
const DEFAULT_GRACE_MS = 9_000;
/** Connections that do not end by themselves end with the process. */
const CLOSE_MS = 1_000;

/**
 * The composition root: it builds all parts and ties them together; `composition/` builds what is inside of one part.
 * Opens the database, so it fails where that is impossible.
 *
 * @throws StartError with a sentence for the operator.
 */
export async function createApp(config: Config, options: AppOptions): Promise<App> {
  const { graceMs = DEFAULT_GRACE_MS, onLost, downloadTimeoutMs } = options;
  const basis = await openBasis(config, options);
  const { log, store, catalogue, owner, observe } = basis;

  const preferences = new Preferences(store, log);
  const channels = new ChannelFacts(basis.now);
  /** What is set holds at once, also in the other processes. */
  async function applySettings(): Promise<void> {
    store.ring();
    await preferences.refresh();
  }
  const discord = createDiscordSide(basis);
  const { client, api } = discord;
  const operator = createOperatorSide(basis, {
    discord,
    preferences,
    provider: (accountId) => provider(accountId),
    providerDownSince: () => tracker.providerDownSince,
  });
  const musicApi = createMusicApiSide(basis, {
    observeProvider: operator.observeProvider,
    onKeyChange: async () => {
      tracker.wake();
      await applySettings();
    },
    onKeyRefused: (key) => void tellKeyRefused({ api, preferences, log }, key),
  });
  const { provider, keys } = musicApi;
  const http = await createHttpSide(basis);
  const { webhooks } = http;

  const following = createFollowing(basis, {
    provider,
    webhooks,
    onChange: () => {
      cards.wake();
      deliveries.wake();
      store.ring();
    },
    onNews: () => {
      cards.wake();
      operator.watch.wake();
    },
    onFinding: (finding) => operator.watch.noteFinding(finding),
    onBalanced: () => operator.watch.noteBalanced(),
  });
  const { tracker, tracking, books } = following;
  const delivering = createDelivering(basis, {
    discord,
    provider,
    downloadTimeoutMs,
    onUnlistedHost: (host, reference) => {
      observe({ kind: 'unlisted-host' });
      void operator.notices.tell({ cause: 'unlisted-host', host, reference });
    },
    onRelease: () => cards.wake(),
  });
  const { deliveries, shower, files, limits, archive } = delivering;
  const cards = createCards(basis, { discord, tracking, files, limits });

  const { farewells, keeper } = createPrivacy(basis, {
    decisions: tracker,
    onChange: following.onChange,
    onGone: async (userId) => {
      // What is open in memory of the person's own key goes with the look at what is stored.
      await keys.find(memberAccount(userId));
      await applySettings();
    },
  });

  const attachments = createAttachments(basis);
  const checkFile = createFileLook({ downloader: attachments, log });
  const clips = new ClipFinder(store, api, checkFile);
  const personas = new PersonaFinder(store);
  const desk = new RequestDesk({
    config,
    store,
    catalogue,
    api,
    log,
    planner: new DraftPlanner({
      store,
      catalogue,
      clips,
      readLyrics: createLyricsReader(attachments),
      checkFile,
      findPersona: (named, userId) => personas.find(named, userId),
    }),
    preferences,
    channels,
    keys,
    intake: following.intake,
    onTask: () => {
      cards.wake();
      tracker.wake();
      store.ring();
    },
  });
  const router = new Router(
    {
      commands: COMMANDS,
      messageCommands: MESSAGE_COMMANDS,
      components: [
        clipOperations,
        taskButtons,
        toolButtons,
        lostResults,
        moreMenu,
        heartButton,
        libraryButtons,
        pickButtons,
        deliveryButtons,
        draftButtons,
      ],
    },
    {
      config,
      log,
      observe,
      store,
      catalogue,
      tracker,
      tracking,
      api,
      answers: new Answers(api),
      clips,
      lines: new SongLines({ store, listParts: listTimedParts }),
      personas,
      desk,
      drafts: new Drafts(store),
      audio: new AudioShelf(store, checkFile),
      cards,
      deliveries,
      shower,
      operators: discord.operators,
      members: following.members,
      rules: new RuleBook({ store, catalogue, log, onChange: applySettings }),
      keys,
      preferences,
      farewells,
      exports: new PrivacyExports({ store, api, songs: archive }),
      getBalance: musicApi.getBalance,
    },
  );

  let server: HttpServer | undefined;

  async function start(): Promise<void> {
    const { role } = config;
    server = await http.start({ tracker, isConnected: () => discord.isConnected });
    // Another process has changed something in the shared database.
    store.onRing(() => {
      void preferences.refresh();
      cards.wake();
      tracker.wake();
      deliveries.wake();
    });
    await preferences.start();
    if (role !== 'gateway') await tracker.start();
    if (role === 'worker') await discord.identify();
    else {
      channels.attach(client);
      router.attach(client);
      await discord.connect(onLost);
    }
    cards.start();
    if (role !== 'gateway') await deliveries.start();
    if (role !== 'worker') await discord.register([...COMMANDS, ...MESSAGE_COMMANDS]);
    await operator.watch.start();
    books.start();
    if (role !== 'gateway') keeper.start();
    log.info({ role, applicationId: client.application?.id, user: discord.user?.username }, 'ready');
  }

  async function stop(): Promise<void> {
    const endsAt = performance.now() + graceMs;
    if (server) await settleWithin([server.close()], CLOSE_MS);
    // An answer under way may still record a task, but must not use up the time of everything else.
    await router.close(graceMs / 2);
    const leftMs = Math.max(0, endsAt - performance.now());
    const ends = await Promise.allSettled([
      books.stop(),
      settleWithin([operator.watch.stop()], leftMs),
      keeper.stop(),
      tracker.stop(leftMs),
      deliveries.stop(leftMs),
      cards.stop(leftMs),
    ]);
    ends.push(...(await Promise.allSettled([store.transaction((tx) => releaseLeases(tx, owner))])));
    await client.destroy();
    await settleWithin([musicApi.close(), delivering.close(), attachments.close()], CLOSE_MS);
    await store.close();
    for (const end of ends) {
      // What could not be written is taken up when the leases run out.
      if (end.status === 'rejected' && !(end.reason instanceof DatabaseUnavailableError)) throw end.reason;
    }
  }

  let stopped: Promise<void> | undefined;
  return {
    get httpUrl() {
      return server?.url;
    },
    start,
    stop: () => (stopped ??= stop()),
  };
}
