/** What can be said against typed texts before anything is paid. */
import type { Clip } from '../../domain/clip.ts';
import type { RequestInputs } from '../../domain/request.ts';
import type { Finding } from '../../musicapi/finding.ts';
import { optionNameOf } from '../../musicapi/inputs.ts';
import { lintLyrics } from '../../musicapi/lyrics-lint.ts';
import type { Operation } from '../../musicapi/operation.ts';
import { lintStyleWords } from '../../musicapi/words-lint.ts';
import { cut } from '../clips/clip-defaults.ts';
import { plain } from '../messages/text.ts';

/** Inputs that describe music, where MusicAPI looks for names. */
const DESCRIBING = ['prompt', 'tags', 'title', 'describe'] as const;

/** A finding has at most 300 characters, and escapes come on top. */
const MAX_MESSAGE_LENGTH = 500;

/**
 * Looks over the texts that a person typed, as far as the operation takes them. Lengths are the catalogue's affair.
 *
 * @param own - the clip that it is about: its own texts stand in forms, and MusicAPI took them before
 */
export function lintInputs(
  { inputs }: Pick<Operation, 'inputs'>,
  typed: RequestInputs,
  own?: Pick<Clip, 'lyrics' | 'tags' | 'title' | 'prompt'>,
): readonly Finding[] {
  const findings: Finding[] = [];
  if (inputs.lyrics && typed.lyrics && !isSame(typed.lyrics, own?.lyrics, inputs.lyrics.max)) {
    findings.push(...lintLyrics(typed.lyrics, { limit: Number.POSITIVE_INFINITY }));
  }
  for (const name of DESCRIBING) {
    const text = typed[name];
    const known = name === 'describe' ? undefined : own?.[name];
    if (!inputs[name] || !text || isSame(text, known, inputs[name].max)) continue;
    findings.push(...lintStyleWords(optionNameOf(name, inputs[name]), text));
  }
  return findings.map((finding) => ({ ...finding, message: plain(finding.message, MAX_MESSAGE_LENGTH) }));
}

/** Forms show no more of the clip's own texts than MusicAPI takes back, and Discord trims what stands in a field. */
function isSame(typed: string, own: string | undefined, maxCharacters?: number): boolean {
  if (own === undefined) return false;
  const shown = maxCharacters === undefined ? own : cut(own, maxCharacters);
  return [own, shown].some((text) => squash(text ?? '') === squash(typed));
}

function squash(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
