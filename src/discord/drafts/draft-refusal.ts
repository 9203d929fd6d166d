/** Refusals that keep what was typed, and warnings that leave the choice. */
import { EmbedBuilder } from '@discordjs/builders';
import { UserError } from '../../errors.ts';
import type { Finding } from '../../musicapi/finding.ts';
import { words } from '../../words/words.ts';
import { cutLines } from '../messages/lines.ts';
import { COLOURS } from '../messages/message.ts';
import { formatCredits } from '../messages/text.ts';
import type { Draft } from './drafts.ts';

/** A message takes 2,000 (Discord: Create Message); the rest is for a line below it. */
const MAX_CONTENT_LENGTH = 1_900;
const MAX_EMBED_LENGTH = 4_096;

/**
 * What stands in the way of a request. It was not sent and nothing is recorded; what was typed can be mended and, if
 * these are warnings only, sent as it is.
 */
export class DraftRefusal extends UserError {
  readonly draft: Draft;
  readonly findings: readonly Finding[];
  /** Credits that sending it as it is would cost. */
  readonly price: number;

  /** @param text - in place of the list of findings */
  constructor(draft: Draft, findings: readonly Finding[], price = 0, text?: string) {
    super(text ?? formatFindings(findings, price));
    this.draft = draft;
    this.findings = findings;
    this.price = price;
  }

  /** Whether the person may send it nevertheless. */
  get isChoice(): boolean {
    return isChoice(this.findings);
  }

  /** What the message shows; more than a message's text takes stands in an embed. */
  get parts(): { readonly content: string; readonly embed?: EmbedBuilder } {
    if (this.message.length <= MAX_CONTENT_LENGTH) return { content: this.message };
    const description = cutLines(listLines(this.findings), MAX_EMBED_LENGTH);
    const found = words().drafts.found({ count: this.findings.length });
    const colour = this.isChoice ? COLOURS.doubtful : COLOURS.bad;
    return {
      content: `${found} ${closingOf(this.findings, this.price)}`,
      embed: new EmbedBuilder().setColor(colour).setDescription(description),
    };
  }
}

/** Several sentences about the same thing are told once, and what stands in the way comes first. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  const told = new Set<string>();
  const distinct = findings.filter(({ message }) => !told.has(message) && told.add(message));
  return [...distinct.filter(isRefusal), ...distinct.filter((finding) => !isRefusal(finding))];
}

/** A finding that stands in the way. Its message has to be harmless for Discord already. */
export function refusal(field: string, message: string): Finding {
  return { field, severity: 'refusal', message };
}

/** Whether a finding stands in the way; else it is a warning. */
export function isRefusal({ severity }: Finding): boolean {
  return severity === 'refusal';
}

function isChoice(findings: readonly Finding[]): boolean {
  return findings.length > 0 && !findings.some(isRefusal);
}

function formatFindings(findings: readonly Finding[], price: number): string {
  const [only, ...others] = findings;
  if (only && isRefusal(only) && others.length === 0 && only.message.endsWith(words().answers.nothingSpent)) {
    return only.message;
  }
  return [...listLines(findings), closingOf(findings, price)].join('\n');
}

function listLines(findings: readonly Finding[]): readonly string[] {
  const [only, ...others] = findings;
  if (!only) return [];
  if (others.length === 0) return [only.message];
  const bullets = (some: readonly Finding[]) => some.map(({ message }) => `- ${withoutClosing(message)}`);
  const warnings = findings.filter((finding) => !isRefusal(finding));
  const refusals = findings.filter(isRefusal);
  if (warnings.length === 0 || refusals.length === 0) return bullets(findings);
  return [...bullets(refusals), words().drafts.lookToo, ...bullets(warnings)];
}

function closingOf(findings: readonly Finding[], price: number): string {
  const { answers, drafts } = words();
  if (!isChoice(findings)) return answers.nothingSpent;
  const sending = price === 0 ? drafts.sendFree : drafts.sendPaid({ price: formatCredits(price) });
  return `${answers.nothingSpent} ${sending}`;
}

/** Sentences of their own say already what the last line says. */
function withoutClosing(message: string): string {
  const closing = ` ${words().answers.nothingSpent}`;
  return message.endsWith(closing) ? message.slice(0, -closing.length) : message;
}
