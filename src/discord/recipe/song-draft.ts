/** A song from the text of a message: nothing is spent before somebody has seen what would be asked for. */
import { EmbedBuilder } from '@discordjs/builders';
import { ButtonStyle } from 'discord-api-types/v10';
import type { Catalogue } from '../../musicapi/catalogue.ts';
import { words } from '../../words/words.ts';
import { cut } from '../clips/clip-defaults.ts';
import type { Draft } from '../drafts/drafts.ts';
import type { RequestDesk } from '../drafts/request-desk.ts';
import { cutLines } from '../messages/lines.ts';
import { buildButton, buildMessage, buildRow, type CardMessage, COLOURS } from '../messages/message.ts';
import { formatCredits, plain } from '../messages/text.ts';

const MAX_CONTENT_LENGTH = 2_000;
const MAX_PROMPT_LENGTH = 3_000;

/** The text as the description of a new song; `cutAt` where it was longer than one may be. */
export function draftOfText(
  text: string,
  catalogue: Pick<Catalogue, 'get'>,
): { readonly draft: Draft; readonly cutAt: number | undefined } {
  const max = catalogue.get('sonic', 'create').inputs.prompt?.max ?? Number.POSITIVE_INFINITY;
  const prompt = cut(text, max)?.trim();
  return {
    draft: { operation: 'create', inputs: { prompt } },
    cutAt: [...text].length > max ? max : undefined,
  };
}

/** Shows it with its price, what is worth a look, and the two ways on. */
export function buildSongDraft(
  { draft, warnings, price }: ReturnType<RequestDesk['preview']>,
  { cutAt, draftId }: { readonly cutAt: number | undefined; readonly draftId: string },
): CardMessage {
  const { song } = words().recipe;
  const lines = [
    song.draft,
    ...(cutAt === undefined ? [] : [song.cut({ most: words().units.number({ value: cutAt }) })]),
    ...warnings.map(({ message }) => message),
    song.price({ price: formatCredits(price) }),
  ];
  return buildMessage({
    content: cutLines(lines, MAX_CONTENT_LENGTH),
    embed: new EmbedBuilder()
      .setColor(COLOURS.waiting)
      .setDescription(plain(draft.inputs.prompt ?? '', MAX_PROMPT_LENGTH, { lines: 'keep' })),
    rows: [
      buildRow(
        buildButton(song.buttons.create, { action: 'draft-send', draftId }, { style: ButtonStyle.Primary }),
        buildButton(song.buttons.edit, { action: 'draft-edit', draftId }),
      ),
    ],
  });
}
