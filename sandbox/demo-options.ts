import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { LocalDiscordOptions } from './discord/server.ts';
import { type TaskBehaviour, taskBehaviourSchema } from './musicapi/behaviours.ts';
import type { Timeline } from './musicapi/timeline.ts';

/** How fast the story goes. */
interface Pace {
  readonly timeline: Timeline;
  /** How long people think before they do something. */
  readonly thinkMs: number;
  readonly pollIntervalMs: number;
  /** How long people wait for one answer. */
  readonly patienceMs: number;
  /** The whole demo ends by then. */
  readonly limitMs: number;
  /** Shortest and longest song. */
  readonly songSeconds: readonly [number, number];
  /** Discord's limits, where a story that hurries would meet them. */
  readonly rateLimits: NonNullable<LocalDiscordOptions['rateLimits']>;
}

/** What the command line asks for. */
export interface DemoOptions {
  readonly pace: Pace;
  /** Folder for the songs. */
  readonly out: string;
  /** What MusicAPI does to the first task. */
  readonly fault: TaskBehaviour | undefined;
  /** Whether every command and everything that MusicAPI can do is played, instead of the main story. */
  readonly all: boolean;
  /** Whether only the pictures of this project's page are drawn, into that folder. */
  readonly pictures: boolean;
}

/** How to call the demo. */
export const USAGE = `npm run demo -- [--all] [--fast] [--out FOLDER] [--fault KIND] [--pictures FOLDER]
  --all              every command, and everything that MusicAPI can do (two minutes), with a table at the end
  --fast             nobody waits longer than needed
  --out FOLDER       where the songs go (default: demo)
  --fault KIND       MusicAPI misbehaves with the first task: fail, timeout, half, never, audio-404 …
  --pictures FOLDER   nothing but the pictures of README.md, drawn anew`;

/** What a person can follow. */
const USUAL: Pace = {
  timeline: { notReadyMs: 1_000, firstMs: 3_000, lastMs: 3_600 },
  thinkMs: 800,
  pollIntervalMs: 500,
  patienceMs: 58_000,
  limitMs: 58_000,
  songSeconds: [8, 14],
  rateLimits: {},
};

/** Where Discord's own limits would hold up people who hurry. */
const NO_HURRY = {
  'message-create': { limit: 100, windowMs: 1_000 },
  'interaction-webhook': { limit: 100, windowMs: 1_000 },
} as const;

/** Many songs, one after the other: each comes sooner. */
const USUAL_TOUR: Pace = {
  timeline: { notReadyMs: 300, firstMs: 1_000, lastMs: 1_300 },
  thinkMs: 400,
  pollIntervalMs: 300,
  patienceMs: 40_000,
  limitMs: 300_000,
  songSeconds: [8, 12],
  rateLimits: NO_HURRY,
};

/** For tests. */
const FAST_TOUR: Pace = {
  timeline: { notReadyMs: 10, firstMs: 20, lastMs: 30 },
  thinkMs: 0,
  pollIntervalMs: 100,
  patienceMs: 30_000,
  limitMs: 145_000,
  songSeconds: [2.05, 2.2],
  rateLimits: NO_HURRY,
};

/** For tests. */
const FAST: Pace = {
  timeline: { notReadyMs: 50, firstMs: 200, lastMs: 300 },
  thinkMs: 0,
  pollIntervalMs: 100,
  patienceMs: 55_000,
  limitMs: 55_000,
  songSeconds: [1, 2],
  rateLimits: NO_HURRY,
};

/** Songs as long as a verse and a chorus, as fast as they are composed. */
const PICTURES: Pace = { ...FAST, patienceMs: 140_000, limitMs: 140_000, songSeconds: [30, 36] };

/** Reads the arguments after the program's name. @throws Error with a sentence about the first that is wrong */
export function parseDemoOptions(args: readonly string[]): DemoOptions {
  const { values, tokens } = parseArgs({
    args: [...args],
    options: OPTIONS,
    // Node's own sentences about what is wrong are for those who write programs.
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    const problem = explainToken(token);
    if (problem) throw new Error(problem);
  }
  const { all, fast, out, fault, pictures } = values;
  const isPictures = typeof pictures === 'string';
  return {
    pace: isPictures ? PICTURES : all ? (fast ? FAST_TOUR : USUAL_TOUR) : fast ? FAST : USUAL,
    out: resolve(isPictures ? pictures : String(out)),
    fault: typeof fault === 'string' ? parseFault(fault) : undefined,
    all: all === true,
    pictures: isPictures,
  };
}

const OPTIONS = {
  all: { type: 'boolean', default: false },
  fast: { type: 'boolean', default: false },
  out: { type: 'string', default: 'demo' },
  fault: { type: 'string' },
  pictures: { type: 'string' },
} as const;

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number];

/** What is wrong with one part of the command line, in a sentence. */
function explainToken(token: Token): string | undefined {
  if (token.kind === 'option-terminator') return undefined;
  if (token.kind === 'positional') return `"${token.value}": the demo takes only the options below.`;
  const { name, rawName, value } = token;
  if (!Object.hasOwn(OPTIONS, name)) return `${rawName}: the demo has no such option.`;
  const { type } = OPTIONS[name as keyof typeof OPTIONS]; // it is one of them
  if (type === 'string' && (!value || value.startsWith('-'))) return `${rawName} needs a value.`;
  return type === 'boolean' && value !== undefined ? `${rawName} takes no value.` : undefined;
}

function parseFault(kind: string): TaskBehaviour {
  const { data } = taskBehaviourSchema.safeParse(kind);
  if (data) return data;
  throw new Error(`--fault ${kind}: MusicAPI cannot misbehave like that.`);
}
