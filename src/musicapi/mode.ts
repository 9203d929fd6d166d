import type { Request } from '../domain/request.ts';

/**
 * How MusicAPI reads the text of a request:
 *
 * - `description`: the prompt describes the song (`gpt_description_prompt`);
 * - `brief`: lyrics are written from the prompt (`auto_lyrics`);
 * - `lyrics`: the text is what is sung;
 * - `own`: no text; the clip's own lyrics stay.
 */
export type TextMode = 'description' | 'brief' | 'lyrics' | 'own';

/** The text without outer white space, or undefined when nothing is left: an emptied form field means "not given". */
export function filled(text: string | undefined): string | undefined {
  return text?.trim() || undefined;
}

/** The mode of a request that carries text. Lyrics win over a prompt; that both are given is a problem of its own. */
export function textModeOf(request: Request): TextMode {
  if (filled(request.lyrics)) return 'lyrics';
  if (!filled(request.prompt)) return 'own';
  if (request.operation !== 'create' || request.instrumental) return 'description';
  return filled(request.tags) || filled(request.title) ? 'brief' : 'description';
}
