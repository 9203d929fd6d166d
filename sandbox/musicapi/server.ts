import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { type AccountOptions, Accounts, type Balance } from './accounts.ts';
import { type TaskBehaviourInput, taskBehaviourSchema } from './behaviours.ts';
import { Clips, type ForeignClipOptions } from './clips.ts';
import { createClock } from './clock.ts';
import type { Context } from './context.ts';
import { ApiError } from './errors.ts';
import { registerFaultHooks } from './fault-hooks.ts';
import { type ActiveFault, type FaultInput, Faults } from './faults.ts';
import { registerControl } from './handlers/control.ts';
import { registerCreate } from './handlers/create.ts';
import { registerCredits } from './handlers/credits.ts';
import { registerFiles } from './handlers/files.ts';
import { registerMashup } from './handlers/mashup.ts';
import { registerMedia } from './handlers/media.ts';
import { registerNuro } from './handlers/nuro.ts';
import { registerProducer } from './handlers/producer.ts';
import { registerReplaceSection } from './handlers/replace-section.ts';
import { registerRetired } from './handlers/retired.ts';
import { registerSample } from './handlers/sample.ts';
import { registerStems } from './handlers/stems.ts';
import { registerTask } from './handlers/task.ts';
import { registerTools } from './handlers/tools.ts';
import { registerUploadSongs } from './handlers/upload-songs.ts';
import { Renderer } from './media/renderer.ts';
import { completeOptions, type LocalMusicApiOptions } from './options.ts';
import { Personas } from './personas.ts';
import type { Operation } from './prices.ts';
import { type LoggedRequest, RequestLog } from './request-log.ts';
import { type Task, Tasks } from './tasks.ts';
import type { Timeline } from './timeline.ts';
import { describeEvents } from './webhook-event.ts';
import { type SentWebhook, type WebhookSettings, Webhooks } from './webhooks.ts';

const BASE_PATH = '/api/v1';

/** Behaviours that wait for a task. */
interface PlannedTask {
  /** Whether no task has taken them yet. */
  waits(): boolean;
  cancel(): void;
}

/** A running local MusicAPI and everything a test may want to do to it. */
export interface LocalMusicApi {
  /** Base of the API, ending in `/api/v1`. */
  readonly url: string;
  /** `127.0.0.1:PORT`, also the host of all media. */
  readonly host: string;
  /** The first key. */
  readonly key: string;
  /** Every request except those to `/_…`, oldest first. */
  readonly requests: readonly LoggedRequest[];
  /** Every task that was accepted, oldest first. */
  readonly tasks: readonly Task[];
  /** Adds an account and returns its key. */
  addKey(options?: AccountOptions): string;
  /** Takes a key back, as its owner can in the dashboard. */
  revokeKey(key: string): void;
  /** Adds a clip that this server did not make (or an upload) and returns its id. */
  addForeignClip(options?: ForeignClipOptions): string;
  /** Loses a clip and its files, as if its time at the provider were over. */
  removeClip(clipId: string): void;
  /** The credits of a key, the first one by default. @throws RangeError when there is no such key */
  credits(key?: string): Balance;
  /** Sets credits. @throws RangeError when there is no such key */
  setCredits(balance: Partial<Balance>, key?: string): void;
  /** Switches a fault on. @throws ZodError when it makes no sense */
  fault(input: FaultInput): ActiveFault;
  /** Every fault that was switched on and not off again, used up or not. */
  faults(): readonly ActiveFault[];
  /** Switches all faults off and forgets behaviours of tasks to come. */
  clearFaults(): void;
  /** Switches one fault off. */
  clearFault(fault: ActiveFault): void;
  /** Tells the next task (of one operation, when named) how to behave. Calls queue up, one task each. */
  nextTask(
    behaviours: TaskBehaviourInput | readonly TaskBehaviourInput[],
    operation?: Operation,
  ): PlannedTask;
  /** Changes how an accepted task goes on; an empty list makes it behave. @throws RangeError when there is no such task */
  setTask(taskId: string, behaviours: TaskBehaviourInput | readonly TaskBehaviourInput[]): void;
  /** Changes when tasks do what, for those accepted from now on; without a timeline, to that of the start. */
  setTimeline(timeline?: Timeline): void;
  /** Lets nobody connect any more, or lets them again. */
  setReachable(isReachable: boolean): void;
  /** What was sent to the webhooks of tasks, oldest first. */
  readonly webhooks: readonly SentWebhook[];
  /** Switches how webhooks are sent, and where to. */
  setWebhooks(settings: WebhookSettings): void;
  /** The time here, in epoch ms. */
  now(): number;
  /** Moves the clock forward. */
  advance(ms: number): void;
  /** Ends everything at once, open connections included. */
  close(): Promise<void>;
}

/**
 * Starts a program that answers like `https://api.musicapi.ai/api/v1` on loopback and really composes.
 *
 * Shapes, wordings and timelines follow the provider's documentation (docs.musicapi.ai); what that leaves open is said where it is decided.
 * Texts that contain "taylor swift" or "the beatles" are refused as artist names, "badword" as inappropriate, "stolen line" in lyrics as
 * copyrighted, unless the options name other words.
 */
export async function startLocalMusicApi(options: LocalMusicApiOptions = {}): Promise<LocalMusicApi> {
  const settings = completeOptions(options, randomUUID());
  const clock = createClock(options.now ?? Date.now);
  const accounts = new Accounts(settings.createIntervalMs);
  const key = accounts.add({ key: 'local-musicapi-key', ...options.account });
  const clips = new Clips(options.foreignClips === true, settings.seed, clock.now);
  if (Array.isArray(options.foreignClips))
    for (const clipId of options.foreignClips) clips.addForeign({ clipId });
  const log = new RequestLog(settings.rememberedRequests);
  const stopping = new AbortController();
  let origin = '';
  const context: Context = {
    webhooks: new Webhooks((task) => describeEvents(context, task), {
      now: clock.now,
      signal: stopping.signal,
    }),
    settings,
    clock,
    accounts,
    clips,
    personas: new Personas(),
    voices: new Map(),
    tasks: new Tasks(accounts, clock.now),
    faults: new Faults(),
    renderer: new Renderer(),
    planned: [],
    getOrigin: () => origin,
  };

  const app = fastify({ forceCloseConnections: true });
  registerFaultHooks(app, { faults: context.faults, log, now: clock.now, signal: stopping.signal });
  registerErrors(app);
  registerControl(app, context);
  registerMedia(app, context);
  registerFiles(app, context);
  await app.register(
    async (api) => {
      // Handlers authorize again to learn the key; here it keeps strangers' bodies from being read.
      api.addHook('onRequest', async (request) => {
        accounts.authorize(request.headers.authorization);
      });
      registerCreate(api, context);
      registerUploadSongs(api, context);
      registerSample(api, context);
      registerMashup(api, context);
      registerReplaceSection(api, context);
      registerProducer(api, context);
      registerNuro(api, context);
      registerRetired(api);
      registerStems(api, context);
      registerTask(api, context);
      registerTools(api, context);
      registerCredits(api, context);
    },
    { prefix: BASE_PATH },
  );
  await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  const host = `127.0.0.1:${(app.server.address() as AddressInfo).port}`; // TCP: never a pipe's name
  origin = `http://${host}`;
  return buildHandle({ app, context, log, host, key, stopping });
}

interface Parts {
  readonly app: FastifyInstance;
  readonly context: Context;
  readonly log: RequestLog;
  readonly host: string;
  readonly key: string;
  readonly stopping: AbortController;
}

function buildHandle({ app, context, log, host, key, stopping }: Parts): LocalMusicApi {
  const { accounts, clips, clock, faults, planned, renderer, tasks, webhooks } = context;
  const firstTimeline = context.settings.timeline;
  return {
    url: `http://${host}${BASE_PATH}`,
    host,
    key,
    requests: log.entries,
    tasks: tasks.accepted,
    addKey: (account) => accounts.add(account),
    revokeKey: (one) => accounts.revoke(one),
    addForeignClip: (clip) => clips.addForeign(clip),
    removeClip: (clipId) => clips.remove(clipId),
    credits: (of = key) => {
      tasks.settle();
      return accounts.getBalance(of);
    },
    setCredits: (balance, of = key) => accounts.setBalance(of, balance),
    fault: (input) => faults.add(input),
    faults: () => faults.list(),
    clearFaults: () => {
      faults.remove();
      planned.length = 0;
    },
    clearFault: ({ id }) => faults.remove(id),
    nextTask: (behaviours, operation) => {
      const plan = { operation, behaviours: parseBehaviours(behaviours) };
      planned.push(plan);
      return {
        waits: () => planned.includes(plan),
        cancel: () => {
          if (planned.includes(plan)) planned.splice(planned.indexOf(plan), 1);
        },
      };
    },
    setTask: (taskId, behaviours) => tasks.setBehaviours(taskId, parseBehaviours(behaviours)),
    setTimeline: (timeline = firstTimeline) => {
      context.settings.timeline = timeline;
    },
    setReachable: (isReachable) => {
      if (isReachable) {
        const [hostname, port] = host.split(':');
        app.server.listen(Number(port), hostname);
      } else {
        app.server.close();
        app.server.closeAllConnections();
      }
    },
    webhooks: webhooks.sent,
    setWebhooks: (changes) => webhooks.set(changes),
    now: clock.now,
    advance: clock.advance,
    close: async () => {
      stopping.abort();
      await Promise.all([renderer.close(), app.close()]);
    },
  };
}

function parseBehaviours(input: TaskBehaviourInput | readonly TaskBehaviourInput[]) {
  return (Array.isArray(input) ? input : [input]).map((one) => taskBehaviourSchema.parse(one));
}

function registerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | ApiError, _request, reply) => {
    if (error instanceof ApiError) return reply.code(error.status).headers(error.headers).send(error.body);
    const status = error.statusCode ?? 500;
    return reply.code(status).send({ error: status < 500 ? error.message : 'Internal Server Error.' });
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: 'Not Found' }));
}
