import type { InputName, Request } from '../domain/request.ts';
import { operationWords } from '../words/operation-words.ts';
import { shownCommand, shownOption } from '../words/shown-names.ts';
import { words } from '../words/words.ts';
import { checkEngine } from './check-engine.ts';
import { INPUT_NAMES, isGiven, isNumber, isText, optionNameOf } from './inputs.ts';
import { filled, textModeOf } from './mode.ts';
import type { ClipNeed, FileNeed, InputRule, Operation } from './operation.ts';
import type { Problem } from './problem.ts';
import { checkLength, findShortText, type TextName } from './text-lengths.ts';

/** Everything in a request that MusicAPI would refuse, so that nobody pays to find out. */
export function checkRequest(request: Request, operation: Operation): readonly Problem[] {
  return [
    ...checkReferences(request, operation),
    ...INPUT_NAMES.flatMap((name) => checkInput(request, operation, name)),
    ...checkWords(request, operation),
    ...checkTimes(request),
    ...checkEngine(request, operation),
  ];
}

function checkInput(request: Request, operation: Operation, name: InputName): readonly Problem[] {
  const rule = operation.inputs[name];
  const field = optionNameOf(name, rule);
  const { input } = words().findings;
  const { label } = operationWords(operation);
  if (!rule) {
    if (!isGiven(request, name)) return [];
    const { engine } = operation;
    return [{ field, message: input.notTaken({ operation: label, option: shownOption(field), engine }) }];
  }
  if (!isGiven(request, name)) {
    if (!rule.required) return [];
    const called = rule.option === undefined && rule.field;
    const names = { operation: label, option: shownOption(field) };
    const message = called
      ? input.neededInForm({ ...names, field: input.fields[called] })
      : input.needed(names);
    return [{ field, message }];
  }
  if (isText(name)) return checkText(request, operation, name, rule);
  return isNumber(name) ? checkNumber(name, request[name], rule, field) : [];
}

function checkText(
  request: Request,
  operation: Operation,
  name: TextName,
  rule: InputRule,
): readonly Problem[] {
  const text = String(request[name]);
  if (name === 'prompt' && operationHasModes(rule)) return checkModedPrompt(request, text, operation, rule);
  return findShortText(name, rule, text) ?? checkLength(name, rule, text, rule.max);
}

/** Where a prompt may also be a brief, its limit depends on what stands beside it. */
function operationHasModes({ briefMax }: InputRule): boolean {
  return briefMax !== undefined;
}

function checkModedPrompt(
  request: Request,
  text: string,
  { inputs }: Operation,
  rule: InputRule,
): readonly Problem[] {
  const { max, briefMax = 0 } = rule;
  const { situations, advice } = words().findings.text;
  const check = (limit: number | undefined, situation?: string, how?: string) =>
    checkLength('prompt', rule, text, limit, situation, how);
  if (!inputs.lyrics) return check(max);
  if (request.operation !== 'create') {
    return check(max, situations.promptWithoutLyrics, advice.giveLyrics({ most: briefMax }));
  }
  if (textModeOf(request) === 'brief') return check(briefMax, situations.promptBesideTags);
  if (request.instrumental) return check(max, situations.instrumental);
  return check(max, situations.promptAlone, advice.addTags({ most: briefMax }));
}

/** Rules about prompt and lyrics together. */
function checkWords(request: Request, { inputs, engine, id }: Operation): readonly Problem[] {
  const hasPrompt = filled(request.prompt) !== undefined;
  const hasLyrics = filled(request.lyrics) !== undefined;
  if (engine === 'sonic' && hasPrompt && hasLyrics && id !== 'replace') {
    return [{ field: 'lyrics', message: words().findings.request.eitherLyricsOrPrompt }];
  }
  const isNew = id === 'create' || id === 'persona-song';
  if (isNew && !hasPrompt && !hasLyrics && inputs.prompt) {
    return [{ field: 'prompt', message: words().findings.request.emptyPrompt }];
  }
  return [];
}

function checkNumber(
  name: InputName,
  value: number | undefined,
  { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }: InputRule,
  field: string,
): readonly Problem[] {
  if (value === undefined) return [];
  const { input } = words().findings;
  if (name === 'atSeconds') {
    return Number.isFinite(value) && value > 0 ? [] : [{ field: 'at', message: input.at }];
  }
  if (name === 'durationSeconds' && !(Number.isInteger(value) && value >= min && value <= max)) {
    return [{ field, message: input.duration({ min, max, value }) }];
  }
  if (Number.isFinite(value) && value >= min && value <= max) return [];
  const option = shownOption(field);
  const message = Number.isFinite(max)
    ? input.between({ option, min, max, value })
    : input.atLeast({ option, min, value });
  return [{ field, message }];
}

function checkTimes({ fromSeconds = 0, toSeconds }: Request): readonly Problem[] {
  if (toSeconds === undefined || fromSeconds < toSeconds) return [];
  const names = { from: shownOption('from'), to: shownOption('to') };
  return [{ field: 'to', message: words().findings.input.order(names) }];
}

function checkReferences(request: Request, operation: Operation): readonly Problem[] {
  const problems: Problem[] = [];
  const says = words().findings.request;
  const { clip, secondClip, file } = request;
  if (clip && operation.clip) problems.push(...checkClip(clip, operation.clip, operation));
  if (secondClip && operation.secondClip) {
    problems.push(...checkClip(secondClip, operation.secondClip, operation));
    if (clip && secondClip.clipId === clip.clipId) {
      problems.push({ field: 'second', message: says.sameSongs });
    }
  }
  if (isMissing(clip, operation.clip)) problems.push({ field: 'clip', message: says.noSong });
  if (isMissing(secondClip, operation.secondClip)) {
    problems.push({ field: 'second', message: says.noSecondSong });
  }
  if (isMissing(file, operation.file)) problems.push({ field: 'file', message: says.noFile });
  if (operation.clip?.optional && operation.file?.optional && Boolean(clip) === Boolean(file)) {
    problems.push({ field: 'clip', message: says.songOrFile });
  }
  if (operation.persona && !request.persona) {
    problems.push({ field: 'persona', message: says.noPersona });
  }
  return problems;
}

function isMissing(value: unknown, need: ClipNeed | FileNeed | undefined): boolean {
  return need !== undefined && !need.optional && value === undefined;
}

function checkClip(
  clip: NonNullable<Request['clip']>,
  { source }: ClipNeed,
  operation: Operation,
): readonly Problem[] {
  const { engine } = operation;
  const { label } = operationWords(operation);
  const says = words().findings.request;
  if (clip.engine !== engine) {
    return [{ field: 'clip', message: says.otherEngine({ made: clip.engine, engine }) }];
  }
  if (source === undefined || clip.source === source) return [];
  const message =
    source === 'uploaded'
      ? says.uploadsOnly({ operation: label, command: shownCommand('upload') })
      : says.noUploads({ operation: label });
  return [{ field: 'clip', message }];
}
