/** What is found about a draft, collected from checks and look-ups. */
import type { RequestInputs } from '../../domain/request.ts';
import { UserError } from '../../errors.ts';
import type { Finding } from '../../musicapi/finding.ts';
import { optionNameOf } from '../../musicapi/inputs.ts';
import { words } from '../../words/words.ts';
import { plain } from '../messages/text.ts';
import { refusal, sortFindings } from './draft-refusal.ts';
import type { Draft } from './drafts.ts';

const MAX_PROBLEM_LENGTH = 300;

/** A sentence that stands in the way and may quote what was typed; the names of options in it are our own. */
export function formatProblem({
  field,
  message,
}: {
  readonly field: string;
  readonly message: string;
}): Finding {
  return refusal(field, plain(message, MAX_PROBLEM_LENGTH).replaceAll(/\\`([\p{Ll}-]+)\\`/gu, '`$1`'));
}

/** What could not be read. */
export function findUnread({ unread = {} }: Draft): Finding[] {
  return Object.entries(unread).map(([name, { problem }]) => refusal(name, problem));
}

/** Fills in moments; one that lies outside is a finding. */
export function place(findings: Finding[], field: string, plan: () => RequestInputs): RequestInputs {
  try {
    return plan();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    findings.push(refusal(field, error.message));
    return {};
  }
}

/** Looks up what was named, if it was; what the look-up refuses is a finding. */
export async function attempt<Named, Found>(
  findings: Finding[],
  field: string,
  named: Named | undefined,
  look: (named: Named) => Promise<Found>,
): Promise<Found | undefined> {
  if (named === undefined) return undefined;
  try {
    return await look(named);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    findings.push(refusal(field, error.message));
    return undefined;
  }
}

/** Leaves out what is said of an input beside what is wrong with it anyway. */
export function tidyFindings(
  { unread = {}, isComposed, inputs, lyricsFile }: Draft,
  findings: readonly Finding[],
) {
  const names = Object.keys(unread);
  const shadowed = new Set(names.map((name) => optionNameOf(name as keyof RequestInputs)));
  const kept = findings.filter(({ field }) => names.includes(field) || !shadowed.has(field));
  if (!isComposed || inputs.lyrics?.trim() || lyricsFile) return sortFindings(kept);
  const empty = refusal('lyrics', words().drafts.noLyrics);
  return sortFindings([empty, ...kept.filter(({ field }) => field !== 'prompt')]);
}
