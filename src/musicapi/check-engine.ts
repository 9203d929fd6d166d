/** What only one engine or operation asks of a request, beside the bounds of each input. */
import type { Request } from '../domain/request.ts';
import { shownCommand, shownOption } from '../words/shown-names.ts';
import { words } from '../words/words.ts';
import { countCodePoints } from './code-points.ts';
import { describeBgm, isNuroVocal } from './engines/nuro.ts';
import { findVocalWords, NURO_GENRES } from './engines/nuro-words.ts';
import { MAX_SOUND, soundOf } from './engines/producer.ts';
import { MAX_VOX_SECONDS } from './engines/sonic-tools.ts';
import { filled } from './mode.ts';
import type { Operation } from './operation.ts';
import type { Problem } from './problem.ts';

/** Everything that the engine of an operation would refuse beside a single input, or could not do. */
export function checkEngine(request: Request, operation: Operation): readonly Problem[] {
  return [...checkVoiceless(request, operation), ...CHECKS[operation.engine](request, operation)];
}

const CHECKS = { sonic: checkSonic, producer: checkProducer, nuro: checkNuro } as const;

function checkVoiceless(request: Request, { inputs }: Operation): readonly Problem[] {
  if (!inputs.instrumental || !request.instrumental || !filled(request.lyrics)) return [];
  const message = words().findings.request.voiceless({ option: shownOption('instrumental') });
  return [{ field: 'instrumental', message }];
}

function checkSonic(request: Request, { id }: Operation): readonly Problem[] {
  if (id === 'replace' && !filled(request.lyrics) && !filled(request.prompt)) {
    return [{ field: 'lyrics', message: words().findings.request.emptyPart }];
  }
  const { fromSeconds = 0, toSeconds } = request;
  // A range without a beginning is given one.
  const isRange = request.fromSeconds !== undefined && toSeconds !== undefined;
  if (id === 'vox' && isRange && toSeconds - fromSeconds > MAX_VOX_SECONDS) {
    const message = words().findings.request.longVoice({ seconds: MAX_VOX_SECONDS });
    return [{ field: 'to', message }];
  }
  return [];
}

function checkProducer(request: Request, { id, inputs }: Operation): readonly Problem[] {
  if (id === 'download' && request.format === 'm4a') {
    return [{ field: 'format', message: words().findings.request.producerFormats }];
  }
  if (!inputs.prompt || countCodePoints(soundOf(request) ?? '') <= MAX_SOUND) return [];
  // Each on its own is within its bounds, or was found already.
  const longest = Math.max(...[request.prompt, request.tags].map((text) => countCodePoints(text ?? '')));
  if (longest > MAX_SOUND) return [];
  const message = words().findings.request.promptAndTags({ engine: 'producer', most: MAX_SOUND });
  return [{ field: 'tags', message }];
}

/** nuro has two kinds of music with bounds of their own (docs.musicapi.ai/create-nuro-music, create-nuro-bgm). */
function checkNuro(request: Request): readonly Problem[] {
  return isNuroVocal(request) ? checkNuroVocal(request) : checkNuroBgm(request);
}

function checkNuroVocal(request: Request): readonly Problem[] {
  const problems: Problem[] = [];
  const { prompt, lyrics, tags, durationSeconds: value } = request;
  const says = words().findings.nuro;
  if (!filled(lyrics)) {
    const names = { command: shownCommand('compose'), option: shownOption('vocals') };
    problems.push({ field: 'vocals', message: says.noLyrics(names) });
  }
  if (filled(lyrics) && filled(prompt)) {
    problems.push({ field: 'prompt', message: says.eitherLyricsOrPrompt });
  }
  if (value !== undefined && value < MIN_VOCAL_SECONDS) {
    problems.push({ field: 'duration', message: says.shortSong({ least: MIN_VOCAL_SECONDS, value }) });
  }
  if (filled(tags) && !Object.values(findVocalWords(tags)).some(Boolean)) {
    problems.push({ field: 'tags', message: says.noTags({ genres: NURO_GENRES }) });
  }
  return problems;
}

const MIN_VOCAL_SECONDS = 30;
const MAX_BGM_SECONDS = 120;
/** "Under 200" (docs.musicapi.ai/create-nuro-bgm, v2.0). */
const MAX_BGM_DESCRIPTION = 199;

function checkNuroBgm(request: Request): readonly Problem[] {
  const problems: Problem[] = [];
  const { nuro, request: says } = words().findings;
  const { prompt, durationSeconds: value } = request;
  if (value !== undefined && value > MAX_BGM_SECONDS) {
    problems.push({ field: 'duration', message: nuro.longMusic({ most: MAX_BGM_SECONDS, value }) });
  }
  const isLong = countCodePoints(describeBgm(request) ?? '') > MAX_BGM_DESCRIPTION;
  if (isLong && countCodePoints(prompt?.trim() ?? '') <= MAX_BGM_DESCRIPTION) {
    const message = says.promptAndTags({ engine: 'nuro', most: MAX_BGM_DESCRIPTION });
    problems.push({ field: 'tags', message });
  }
  return problems;
}
