import type { AutocompleteInteraction } from 'discord.js';
import { CLIP_ID_PATTERN } from '../../domain/clip.ts';
import { UserError } from '../../errors.ts';
import type { Choice } from '../interactions/command.ts';
import type { Services } from '../interactions/services.ts';
import { parseTime } from '../messages/text.ts';
import type { Moment } from './moments.ts';
import { formatMoment } from './pick-message.ts';

/** Discord takes at most this many suggestions. */
const MAX_CHOICES = 25;

/**
 * Suggests lines and sections of the song in the option `clip` while a time is typed: those that begin there or later,
 * or whose words were typed. Without a known timeline there are none, and what is typed counts in any case.
 *
 * @param edge - of a line, which the time stands for
 */
export async function completeTime(
  interaction: AutocompleteInteraction,
  edge: 'start' | 'end',
  { clips, lines }: Services,
): Promise<readonly Choice[]> {
  const clipId = interaction.options.getString('clip')?.trim() ?? '';
  if (!CLIP_ID_PATTERN.test(clipId)) return [];
  // Nothing but the database is asked: this runs at every key.
  const named = { clipId, engine: 'sonic', source: 'generated' } as const;
  const found = await clips.findListed(named, interaction).catch(ignoreRefusal);
  const moments = (found && (await lines.find(found, interaction))) ?? [];
  const isWanted = filterFor(interaction.options.getFocused().trim(), edge);
  return moments
    .filter(isWanted)
    .slice(0, MAX_CHOICES)
    .map((moment) => ({ name: formatMoment(moment), value: String(timeOf(moment, edge)) }));
}

function filterFor(typed: string, edge: 'start' | 'end'): (moment: Moment) => boolean {
  const seconds = parseTime(typed);
  if (seconds !== undefined) return (moment) => timeOf(moment, edge) >= seconds;
  const wanted = typed.toLowerCase();
  return ({ text }) => text.toLowerCase().includes(wanted);
}

function timeOf({ startSeconds, endSeconds }: Moment, edge: 'start' | 'end'): number {
  return edge === 'start' ? startSeconds : endSeconds;
}

/** Nothing is suggested of songs that are not for this person; sending says why. */
function ignoreRefusal(error: unknown): undefined {
  if (!(error instanceof UserError)) throw error;
  return undefined;
}
