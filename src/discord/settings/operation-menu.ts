import { ENGINES, OPERATION_IDS, type OperationId } from '../../domain/request.ts';
import { operationWords } from '../../words/operation-words.ts';
import type { CustomId } from '../messages/custom-ids.ts';
import { formatCredits } from '../messages/text.ts';
import { buildMenu } from './panel-parts.ts';
import type { ServerView } from './server-view.ts';

/** Operations that make songs; the others make files of them, or look at them. */
const SONG_OPERATIONS: readonly OperationId[] = OPERATION_IDS.slice(0, OPERATION_IDS.indexOf('stems-basic'));
const TOOL_OPERATIONS: readonly OperationId[] = OPERATION_IDS.filter((id) => !SONG_OPERATIONS.includes(id));

/** Operations by the part of the section that switches them: one menu has no room for all. */
export const OPERATION_PARTS: Readonly<Record<string, readonly OperationId[]>> = {
  songs: SONG_OPERATIONS,
  tools: TOOL_OPERATIONS,
};

/** The menu of operations that can be switched off, with their prices. */
export function buildOperationMenu(
  part: 'songs' | 'tools',
  placeholder: string,
  { settings, catalogue }: ServerView,
  id: CustomId,
) {
  return buildMenu({
    id,
    placeholder,
    options: (OPERATION_PARTS[part] ?? []).map((value) => {
      const engine = ENGINES.find((one) => catalogue.find(one, value)) ?? ENGINES[0];
      const price = catalogue.find(engine, value)?.price;
      return {
        label: operationWords({ engine, id: value }).label,
        value,
        description: price === undefined ? undefined : formatCredits(price),
      };
    }),
    chosen: settings.offOperations,
    takesAny: true,
  });
}
