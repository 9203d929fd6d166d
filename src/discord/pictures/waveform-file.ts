/** The waveform of a song as a file of its card. */

import type { Clip } from '../../domain/clip.ts';
import type { Waveform } from '../../media/waveform.ts';
import { words } from '../../words/words.ts';
import type { OutgoingFile } from '../api/api.ts';
import { MAX_BYTES_PER_MESSAGE, MAX_FILES_PER_MESSAGE } from '../delivery/delivery-plan.ts';
import { type Freight, listFiles, sumSizes } from '../delivery/freight.ts';
import { titleOf } from '../messages/clip-title.ts';
import { formatDuration, oneLine } from '../messages/text.ts';

const NAME = 'waveform.png';

/** What an embed shows it by. */
export const WAVEFORM_URL = `attachment://${NAME}` as const;

/** Discord takes 1,024 characters (Discord: Attachment Object). */
const MAX_DESCRIPTION_LENGTH = 1_024;
const MAX_TITLE_LENGTH = 200;
const MAX_NAME_LENGTH = 60;

/** The picture, with what is in it in the words of the language that is spoken. */
export function buildWaveformFile(waveform: Waveform, clip: Clip): OutgoingFile {
  return {
    name: NAME,
    bytes: waveform.png,
    contentType: 'image/png',
    description: describeWaveform(waveform, titleOf(clip)),
  };
}

/**
 * Whether a message takes the picture besides its files without coming near to what it takes: the sound goes before it.
 *
 * @param limitBytes - largest single file
 */
export function hasRoomFor({ png }: Waveform, freight: Freight, limitBytes: number): boolean {
  const files = listFiles(freight);
  const limit = Math.min(limitBytes, MAX_BYTES_PER_MESSAGE);
  return files.length < MAX_FILES_PER_MESSAGE && sumSizes(files) + png.length <= limit;
}

function describeWaveform({ durationSeconds, sections }: Waveform, title: string): string {
  const say = words().pictures;
  const length = formatDuration(durationSeconds);
  const first = say.waveform({ title: oneLine(title, MAX_TITLE_LENGTH) || words().answers.untitled, length });
  const named = (sections?.list ?? []).flatMap(({ name, startSeconds }) => {
    const shown = oneLine(name, MAX_NAME_LENGTH);
    return shown ? [say.part({ name: shown, time: formatDuration(startSeconds) })] : [];
  });
  for (let count = named.length; count > 0; count -= 1) {
    const parts = named.slice(0, count);
    if (count < named.length) parts.push(say.more({ count: named.length - count }));
    const text = `${first} ${sections?.isApproximate ? say.partsAbout({ parts }) : say.parts({ parts })}`;
    if (text.length <= MAX_DESCRIPTION_LENGTH) return text;
  }
  return first;
}
