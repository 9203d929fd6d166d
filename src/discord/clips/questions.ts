/** Private messages that ask something back. */
import { ButtonStyle } from 'discord-api-types/v10';
import type { ClipReference } from '../../domain/request.ts';
import { words } from '../../words/words.ts';
import { buildButton, buildMessage, buildRow, type CardMessage } from '../messages/message.ts';
import { formatCredits, plain } from '../messages/text.ts';

interface StemsQuestion {
  readonly clip: ClipReference;
  readonly title?: string | undefined;
  readonly basicPrice: number;
  readonly fullPrice: number;
}

/** Asks which stems; the press spends, so both prices stand in the question. */
export function buildStemsQuestion({ clip, title, basicPrice, fullPrice }: StemsQuestion): CardMessage {
  const { stems, thisClip } = words().clips;
  return buildMessage({
    content: [
      stems.ask({ title: plain(title ?? '', 100) || thisClip }),
      stems.basic({ price: formatCredits(basicPrice) }),
      stems.full({ price: formatCredits(fullPrice) }),
    ].join('\n'),
    rows: [
      buildRow(
        buildButton(stems.buttons.basic, { action: 'stems-basic', clip }, { style: ButtonStyle.Primary }),
        buildButton(stems.buttons.full, { action: 'stems-full', clip }, { style: ButtonStyle.Primary }),
      ),
    ],
  });
}

/** Answers **Clip ID**: the id alone on its line, so that it can be copied. */
export function buildClipIdAnswer({ clipId }: Pick<ClipReference, 'clipId'>): CardMessage {
  return buildMessage({ content: words().clips.clipId({ clipId }) });
}
