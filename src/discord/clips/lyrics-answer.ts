import { EmbedBuilder } from '@discordjs/builders';
import type { Clip } from '../../domain/clip.ts';
import { words } from '../../words/words.ts';
import type { OutgoingFile } from '../api/api.ts';
import { titleOf } from '../messages/clip-title.ts';
import { buildMessage, type CardMessage } from '../messages/message.ts';
import { fileName, plain } from '../messages/text.ts';

const MAX_TITLE_LENGTH = 100;
const TEXT_TYPE = 'text/plain; charset=utf-8';
/** Discord takes 4,096 characters in the description of an embed. */
const MAX_SHOWN_LENGTH = 4_000;

/** The lyrics of a song as text; complete as a file where they are too long for a message. */
export function buildLyricsAnswer(clip: Clip): {
  readonly body: CardMessage;
  readonly files: readonly OutgoingFile[];
} {
  const { lyrics: say, thisClip } = words().clips;
  const text = clip.lyrics?.trim() ?? '';
  const title = titleOf(clip);
  const heading = say.of({ title: plain(title, MAX_TITLE_LENGTH) || thisClip });
  const whole = plain(text, text.length * 3 + 1, { lines: 'keep' });
  const isLong = whole.length > MAX_SHOWN_LENGTH;
  const shown = isLong ? plain(text, MAX_SHOWN_LENGTH, { lines: 'keep' }) : whole;
  const embed = new EmbedBuilder().setDescription(shown || '…');
  return {
    body: buildMessage({ content: isLong ? `${heading}\n${say.attached}` : heading, embed }),
    files: isLong
      ? [{ name: fileName(title, say.file, 'txt'), bytes: Buffer.from(`${text}\n`), contentType: TEXT_TYPE }]
      : [],
  };
}
