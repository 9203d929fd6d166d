import { ButtonStyle } from 'discord-api-types/v10';
import type { ClipReference } from '../../domain/request.ts';
import type { Catalogue } from '../../musicapi/catalogue.ts';
import { words } from '../../words/words.ts';
import { buildButton, buildMessage, buildRow, type CardMessage } from '../messages/message.ts';
import { formatCredits } from '../messages/text.ts';

/** Says that a clip is not known, and offers to have MusicAPI give its file out. The press spends. */
export function buildFetchQuestion(clip: ClipReference, catalogue: Catalogue): CardMessage {
  const say = words().library.show;
  const operation = catalogue.find(clip.engine, 'download');
  if (!operation) return buildMessage({ content: say.unknownHere({ clipId: clip.clipId }) });
  const fetch = buildButton(say.buttons.fetch, { action: 'fetch', clip }, { style: ButtonStyle.Primary });
  return buildMessage({
    content: say.unknown({ clipId: clip.clipId, price: formatCredits(operation.price) }),
    rows: [buildRow(fetch)],
  });
}
