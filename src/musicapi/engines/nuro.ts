import type { Request } from '../../domain/request.ts';
import { readAccepted } from '../answers.ts';
import { filled } from '../mode.ts';
import { path } from '../path.ts';
import { type Body, compact, joinTexts } from './body.ts';
import type { EngineProtocol } from './engine.ts';
import { readNuroTask } from './nuro-task.ts';
import { findBgmWords, findVocalWords } from './nuro-words.ts';

/** Shortest background music of v2.0; what is shorter is v1 (docs.musicapi.ai/create-nuro-bgm). */
const V2_MIN_SECONDS = 30;

/** What v1 makes when nobody says how long; v2.0 names no default, so it is said. */
const DEFAULT_BGM_SECONDS = 60;

/** Whether a request is for a song with lyrics; else it is for background music. */
export function isNuroVocal(request: Request): boolean {
  return filled(request.lyrics) !== undefined || request.vocals !== undefined;
}

/** The description of background music: all that was said of it. */
export function describeBgm({ prompt, tags }: Request): string | undefined {
  return joinTexts(prompt, tags);
}

/**
 * The engine for long lyrics and for background music; its title is ours alone. A service with the same pages has
 * retired it: an HTTP 410, on create or poll, is an error of the kind `gone`.
 *
 * @see {@link https://docs.musicapi.ai/nuro-instruction}
 */
export const nuro: EngineProtocol = {
  buildBody: (request) => compact(isNuroVocal(request) ? buildVocal(request) : buildBgm(request)),
  readSubmission: readAccepted,
  taskPath: (providerTaskId) => path`/nuro/task/${providerTaskId}`,
  readTask: readNuroTask,
};

const GENDERS = { female: 'Female', male: 'Male' } as const;

/** Of several tags for one field the first counts; nuro has no field for tags that are none of its words. */
function buildVocal(request: Request): Body {
  return {
    type: 'vocal',
    lyrics: filled(request.lyrics) ?? filled(request.prompt),
    gender: request.vocals && GENDERS[request.vocals],
    ...findVocalWords(request.tags),
    duration: request.durationSeconds,
  };
}

function buildBgm(request: Request): Body {
  const { durationSeconds = DEFAULT_BGM_SECONDS } = request;
  const common = { type: 'bgm', description: describeBgm(request), duration: durationSeconds };
  if (durationSeconds >= V2_MIN_SECONDS) return { ...common, version: 'v2.0' };
  const { genre, mood, instrument, theme } = findBgmWords(request.tags);
  return {
    ...common,
    genre: some(genre),
    mood: some(mood),
    instrument: some(instrument),
    theme: some(theme),
  };
}

function some(words: readonly string[]): readonly string[] | undefined {
  return words.length > 0 ? words : undefined;
}
