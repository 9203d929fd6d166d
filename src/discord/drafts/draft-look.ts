/** What can be found about a draft before anything is looked up. */
import type { BaseInteraction } from 'discord.js';
import { ENGINES, type Engine } from '../../domain/request.ts';
import type { Catalogue, Operation } from '../../musicapi/catalogue.ts';
import type { Finding } from '../../musicapi/finding.ts';
import type { ClipFinder } from '../clips/clip-finder.ts';
import { findUnread, formatProblem, tidyFindings } from './draft-findings.ts';
import { refusal } from './draft-refusal.ts';
import { standIn } from './draft-stand-in.ts';
import type { Draft } from './drafts.ts';
import { lintInputs } from './lint.ts';

interface LookDeps {
  readonly catalogue: Catalogue;
  readonly clips: Pick<ClipFinder, 'checkName'>;
}

/**
 * The catalogue's entry that a draft is read by: its engine's, else that of the first engine that offers it.
 *
 * @throws UserError when no engine does.
 */
export function entryOf(
  { operation, engine, clip }: Pick<Draft, 'operation' | 'engine' | 'clip'>,
  catalogue: Catalogue,
): Operation {
  const wanted = engine ?? (typeof clip === 'object' ? clip.engine : undefined);
  const order: readonly Engine[] = wanted ? [wanted, ...ENGINES] : ENGINES;
  for (const candidate of order) {
    const entry = catalogue.find(candidate, operation);
    if (entry) return entry;
  }
  return catalogue.get('sonic', operation);
}

/** Credits that all of a draft costs. */
export function priceOf(draft: Draft, catalogue: Catalogue): number {
  const { engine, id } = entryOf(draft, catalogue);
  const operations = [id, ...(draft.also ?? [])];
  const prices = operations.map((operation) => catalogue.find(engine, operation)?.price ?? 0);
  return prices.reduce((sum, each) => sum + each, 0) * (draft.count ?? 1);
}

/** Everything that stands in the way whatever a look-up would give. */
export function lookAt(
  draft: Draft,
  interaction: BaseInteraction,
  { catalogue, clips }: LookDeps,
): readonly Finding[] {
  const findings = findUnread(draft);
  for (const [field, named] of namedClips(draft)) {
    const texts: string[] = [];
    clips.checkName(named, interaction, texts);
    findings.push(...texts.map((text) => refusal(field, text)));
  }
  const operation = entryOf(draft, catalogue);
  const stand = standIn(draft, operation);
  const isUnplaced = typeof draft.clip === 'string';
  const problems = isUnplaced ? catalogue.checkAhead(stand) : catalogue.check(stand);
  findings.push(...problems.map(formatProblem));
  // What stands in a clip's own texts is nobody's fault, and those are not known yet.
  if (!draft.clip) findings.push(...lintInputs(operation, draft.inputs));
  return tidyFindings(draft, findings);
}

/**
 * Whether something is likely to be found once the clip is known: one of the engines that may have made it would not
 * take this, or texts have faults that may be the clip's own.
 */
export function isSuspect(draft: Draft, catalogue: Catalogue): boolean {
  if (!draft.clip) return false;
  if (lintInputs(entryOf(draft, catalogue), draft.inputs).length > 0) return true;
  if (typeof draft.clip !== 'string') return false;
  return ENGINES.some((engine) => {
    const operation = catalogue.find(engine, draft.operation);
    return operation !== undefined && catalogue.check(standIn({ ...draft, engine }, operation)).length > 0;
  });
}

/** Whether something about a draft is known only after a look-up. */
export function needsLookUp({ clip, secondClip, lyricsFile, persona, file }: Draft): boolean {
  return [clip, secondClip, lyricsFile, file].some(Boolean) || typeof persona === 'string';
}

function namedClips({ clip, secondClip }: Draft): readonly (readonly [string, string])[] {
  return [
    ...(typeof clip === 'string' ? [['clip', clip] as const] : []),
    ...(typeof secondClip === 'string' ? [['second', secondClip] as const] : []),
  ];
}
