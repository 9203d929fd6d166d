import type { BaseInteraction } from 'discord.js';
import type {
  AudioFile,
  ClipReference,
  PersonaReference,
  Request,
  RequestInputs,
} from '../../domain/request.ts';
import type { Catalogue, Operation } from '../../musicapi/catalogue.ts';
import type { Finding } from '../../musicapi/finding.ts';
import type { FileNeed } from '../../musicapi/operation.ts';
import type { Store } from '../../store/open.ts';
import { placeInFile, planOnClip } from '../clips/clip-defaults.ts';
import { explainClip, loadClipFacts } from '../clips/clip-eligibility.ts';
import type { ClipFinder, FoundClip } from '../clips/clip-finder.ts';
import { type CheckedFile, checkKnownFile } from './attached-audio.ts';
import { attempt, findUnread, formatProblem, place, tidyFindings } from './draft-findings.ts';
import { entryOf, isSuspect, lookAt } from './draft-look.ts';
import { sortFindings } from './draft-refusal.ts';
import { SOME_MOMENT_SECONDS, standIn } from './draft-stand-in.ts';
import type { Draft, LyricsAttachment } from './drafts.ts';
import { lintInputs } from './lint.ts';
import { substituteOn } from './substitutes.ts';

export interface PlannerDeps {
  readonly store: Store;
  readonly catalogue: Catalogue;
  readonly clips: ClipFinder;
  /**
   * Reads a text file.
   * @throws UserError when it is none, or cannot be had.
   */
  readonly readLyrics: (attachment: LyricsAttachment) => Promise<string>;
  /** Looks into an attached audio file. */
  readonly checkFile: (file: AudioFile, need: FileNeed) => Promise<CheckedFile>;
  /**
   * Finds a persona of a person by its id.
   * @throws UserError when it is none of theirs.
   */
  readonly findPersona: (named: string | PersonaReference, userId: string) => Promise<PersonaReference>;
}

/** What became of a draft. */
export interface PlannedDraft {
  /** With what was looked up: the text of a lyrics file, the engine of the clip. */
  readonly draft: Draft;
  /** Refusals come first. Empty: it may be sent. */
  readonly findings: readonly Finding[];
  /** What is to be sent if nothing stands in the way; several are one group. */
  readonly requests: readonly [Request, ...Request[]];
}

/** Turns what a person typed into requests, and finds all that stands in their way. */
export class DraftPlanner {
  readonly #deps: PlannerDeps;

  constructor(deps: PlannerDeps) {
    this.#deps = deps;
  }

  /** All that can be found without I/O. */
  look(draft: Draft, interaction: BaseInteraction): readonly Finding[] {
    return lookAt(draft, interaction, this.#deps);
  }

  /** Whether something is likely to be found once the clip is known. Needs no I/O. */
  suspects(draft: Draft): boolean {
    return isSuspect(draft, this.#deps.catalogue);
  }

  /** Looks up what the draft names, and finds everything. Throws only what is nobody's fault. */
  async plan(typed: Draft, interaction: BaseInteraction): Promise<PlannedDraft> {
    const { catalogue, store, clips } = this.#deps;
    const findings = findUnread(typed);
    const read = await this.#readLyrics(typed, findings);
    const find = (named: ClipReference | string) =>
      typeof named === 'string' ? clips.find(named, interaction) : clips.findPressed(named);
    const [found, second] = [
      await attempt(findings, 'clip', read.clip, find),
      await attempt(findings, 'second', read.secondClip, find),
    ];
    const persona = await this.#findPersona(read, interaction.user.id, findings);
    const engine = found?.reference.engine ?? read.engine;
    const draft = substituteOn(engine, read, catalogue);
    const operation = this.entryOf({ ...draft, engine });
    const file = await this.#checkFile(draft, operation, findings);
    // That the clip's engine is the wrong one is a finding about the clip: nobody chose it.
    const stand = standIn({ ...draft, file, persona, engine: found ? operation.engine : engine }, operation);
    const request: Request = {
      ...stand,
      ...placeOnClip(operation, found, draft, findings),
      ...placeOnFile(file, draft, findings),
      ...(found ? { clip: found.reference } : {}),
      ...(second ? { secondClip: second.reference } : {}),
    };
    const isUnplaced = typeof draft.clip === 'string' && !found;
    const problems = isUnplaced ? catalogue.checkAhead(request) : catalogue.check(request);
    findings.push(...problems.map(formatProblem));
    const now = await store.now();
    findings.push(...(await this.#judgeClips(operation, [found, second], now)));
    findings.push(...lintInputs(operation, draft.inputs, found?.clip));
    const requests = await this.#multiply(draft, request, found, now);
    // Its form and its price are those of the engine that made the clip.
    const placed = found ? { ...draft, engine: found.reference.engine } : draft;
    return { draft: placed, findings: tidyFindings(draft, findings), requests };
  }

  /** What stands in the way of a request that was made from no draft: nothing of it was typed just now. */
  async review(request: Request, userId: string): Promise<readonly Finding[]> {
    const { catalogue, clips, store } = this.#deps;
    const findings = catalogue.check(request).map(formatProblem);
    await this.#findPersona(request, userId, findings);
    const operation = catalogue.find(request.engine, request.operation);
    if (!operation) return findings;
    const { clip, secondClip, file } = request;
    const found = clip && (await clips.findPressed(clip));
    const second = secondClip && (await clips.findPressed(secondClip));
    const now = await store.now();
    if (file) findings.push(...checkKnownFile(file, operation.file, now));
    const judged = await this.#judgeClips(operation, [found, second], now);
    return sortFindings([...findings, ...judged]);
  }

  /** The catalogue's entry that a draft is read by. */
  entryOf(draft: Pick<Draft, 'operation' | 'engine' | 'clip'>): Operation {
    return entryOf(draft, this.#deps.catalogue);
  }

  async #judgeClips(
    operation: Operation,
    [first, second]: readonly [FoundClip | undefined, FoundClip | undefined],
    now: number,
  ): Promise<readonly Finding[]> {
    const findings: Finding[] = [];
    for (const [field, about, need] of [
      ['clip', first, operation.clip],
      ['second', second, operation.secondClip],
    ] as const) {
      const facts = about && (await loadClipFacts(about, this.#deps.store));
      const reason = facts && explainClip(operation, facts, now, need);
      if (reason) findings.push(formatProblem({ field, message: reason }));
    }
    return findings;
  }

  async #readLyrics(draft: Draft, findings: Finding[]): Promise<Draft> {
    const { lyricsFile, inputs } = draft;
    if (!lyricsFile || inputs.lyrics) return draft;
    const lyrics = await attempt(findings, 'lyrics', lyricsFile, this.#deps.readLyrics);
    return lyrics === undefined
      ? draft
      : { ...draft, lyricsFile: undefined, inputs: { ...inputs, lyrics: lyrics.trim() } };
  }

  async #checkFile({ file }: Draft, operation: Operation, findings: Finding[]) {
    const { checkFile } = this.#deps;
    if (!file || !operation.file) return file;
    const need = operation.file;
    const checked = await attempt(findings, 'file', file, (one) => checkFile(one, need));
    findings.push(...(checked?.findings ?? []));
    return checked?.file ?? file;
  }

  async #findPersona({ persona }: Pick<Draft, 'persona'>, userId: string, findings: Finding[]) {
    const { findPersona } = this.#deps;
    return (await attempt(findings, 'persona', persona, (named) => findPersona(named, userId))) ?? persona;
  }

  /** Several of one, or one beside others. */
  async #multiply(
    { count = 1, also = [] }: Draft,
    request: Request,
    found: FoundClip | undefined,
    now: number,
  ): Promise<[Request, ...Request[]]> {
    const { catalogue, store } = this.#deps;
    const requests: [Request, ...Request[]] = [request];
    for (let more = 1; more < count; more += 1) requests.push(request);
    const facts = found && also.length > 0 ? await loadClipFacts(found, store) : undefined;
    for (const operation of also) {
      const entry = catalogue.find(request.engine, operation);
      if (entry && !(facts && explainClip(entry, facts, now))) requests.push({ ...request, operation });
    }
    return requests;
  }
}

/** Fills in what the clip itself says; what stands in the way of that is a finding. */
function placeOnClip(
  operation: Operation,
  found: FoundClip | undefined,
  draft: Draft,
  findings: Finding[],
): RequestInputs {
  if (!found || !operation.clip || found.reference.engine !== operation.engine) return {};
  const { inputs, unread = {} } = draft;
  const atSeconds = inputs.atSeconds ?? (unread.atSeconds ? SOME_MOMENT_SECONDS : undefined);
  const typed: RequestInputs = atSeconds === undefined ? inputs : { ...inputs, atSeconds };
  return place(findings, 'at', () => planOnClip(operation, found, typed));
}

/** Moments of an attached file; what lies behind its end is a finding. */
function placeOnFile(file: AudioFile | undefined, { inputs }: Draft, findings: Finding[]): RequestInputs {
  const field = inputs.atSeconds === undefined ? 'from' : 'at';
  return file ? place(findings, field, () => placeInFile(file, inputs)) : {};
}
