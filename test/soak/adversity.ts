import { setTimeout as delay } from 'node:timers/promises';
import type { TaskBehaviourInput } from '../../sandbox/musicapi/behaviours.ts';
import { TROUBLES } from '../support/troubles.ts';
import type { BotKeeper } from './bot-keeper.ts';
import type { Course } from './course.ts';
import type { Dice } from './dice.ts';
import type { Pace } from './pace.ts';
import type { Town } from './town.ts';

interface AdversityDeps {
  readonly town: Town;
  readonly keeper: BotKeeper;
  readonly pace: Pace;
  readonly dice: Dice;
  readonly course: Course;
}

/** How often each thing went wrong, by its name. */
export type TroubleCounts = ReadonlyMap<string, number>;

/** Simulated ms between two small troubles. */
const TROUBLE_EVERY_MS = 8_000;
/** Every so many of them, MusicAPI makes a song badly instead. */
const BAD_SONG_EVERY = 5;
const MINUTE_MS = 60_000;

const BAD_SONGS: readonly [name: string, behaviour: TaskBehaviourInput][] = [
  ['failed song', 'fail'],
  ['song of half its takes', 'half'],
  ['timed out song (504)', 'timeout'],
  ['changed address', 'changed-url'],
  // Long enough for the interaction's token to die meanwhile.
  ['slow song', { kind: 'slow', factor: 12 }],
];

type Deps = Omit<AdversityDeps, 'course'>;

/**
 * What happens besides, and at which part of the time. Both kills come early, so that what memory does can be seen in
 * one long life.
 */
const PLAN: readonly (readonly [at: number, name: string, happen: (deps: Deps) => Promise<unknown>])[] = [
  [0.05, 'gateway cut', ({ keeper }) => keeper.cut()],
  [0.1, 'kill -9', ({ town, keeper }) => town.hush.during(() => keeper.kill())],
  [0.2, 'outage of MusicAPI', breakMusicApi],
  [0.28, 'kill -9', ({ town, keeper }) => town.hush.during(() => keeper.kill())],
  [0.42, 'permission lost', losePermission],
  [0.5, 'gateway cut', ({ keeper }) => keeper.cut()],
  [0.66, 'outage of MusicAPI', breakMusicApi],
  [0.76, 'permission lost', losePermission],
  [0.86, 'gateway cut', ({ keeper }) => keeper.cut()],
];

/** Lets one thing after the other go wrong until it is stopped, then mends everything. Gives what went wrong. */
export async function makeAdversity(deps: AdversityDeps): Promise<TroubleCounts> {
  const counts = new Map<string, number>();
  const note = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  try {
    await Promise.all([makeTroubles(deps, note), followPlan(deps, note)]);
  } finally {
    mend(deps.town);
  }
  return counts;
}

async function makeTroubles(deps: AdversityDeps, note: (name: string) => void): Promise<void> {
  const { town, pace, dice, course } = deps;
  const step = TROUBLE_EVERY_MS / (pace.lifeMs * pace.factor);
  for (let count = 1; await course.reaches(count * step); count += 1) {
    if (count % BAD_SONG_EVERY === 0) {
      const [name, behaviour] = dice.pick(BAD_SONGS) ?? BAD_SONGS[0] ?? [];
      if (behaviour) town.world.musicApi.nextTask(behaviour);
      note(name ?? '');
    } else {
      const trouble = dice.pick(TROUBLES);
      trouble?.happen(town.world, count);
      note(trouble?.name ?? '');
    }
  }
}

async function followPlan(deps: AdversityDeps, note: (name: string) => void): Promise<void> {
  for (const [at, name, happen] of PLAN) {
    if (!(await deps.course.reaches(at))) return;
    await happen(deps);
    note(name);
  }
}

/** For a minute, whatever MusicAPI is asked is answered with 503. */
async function breakMusicApi({ town: { world }, pace }: Deps): Promise<void> {
  world.musicApi.fault({ times: 'all', answer: { status: 503, body: { error: 'Service Unavailable' } } });
  await delay(pace.real(MINUTE_MS));
  world.musicApi.clearFaults();
}

/** For a minute, the bot may not attach files in one of its channels. */
async function losePermission({ town, pace, dice }: Deps): Promise<void> {
  const channel = dice.pick(town.channels);
  channel?.setBotPermissions({ without: ['AttachFiles'] });
  await delay(pace.real(MINUTE_MS));
  channel?.setBotPermissions({ without: [] });
}

/** From here on, everything goes well. */
function mend({ world: { discord, musicApi }, channels }: Town): void {
  discord.clearFaults();
  musicApi.clearFaults();
  for (const channel of channels) channel.setBotPermissions({ without: [] });
  for (const { taskId, behaviours } of musicApi.tasks) {
    if (behaviours.some(({ kind }) => kind === 'slow')) musicApi.setTask(taskId, []);
  }
}
