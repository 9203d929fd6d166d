import type { ButtonInteraction } from 'discord.js';
import type { ToolResult } from '../../domain/tool-result.ts';
import { UserError } from '../../errors.ts';
import type { Store } from '../../store/open.ts';
import { findPersona } from '../../store/personas.ts';
import { findTask } from '../../store/tasks.ts';
import { operationWords } from '../../words/operation-words.ts';
import { words } from '../../words/words.ts';
import { openDraft } from '../drafts/draft-buttons.ts';
import type { Answer, Components } from '../interactions/command.ts';
import type { Services } from '../interactions/services.ts';

/** A title has at most so many characters (MusicAPI: Sonic instructions); one that MusicAPI wrote may have more. */
const MAX_TITLE_LENGTH = 80;

/** The buttons of tools' results: what one does next with lyrics, tags and singers. */
export const toolButtons: Components = {
  buttons: {
    'compose-1': (interaction, { taskId }, services) => compose(interaction, taskId, 0, services),
    'compose-2': (interaction, { taskId }, services) => compose(interaction, taskId, 1, services),

    'create-with': (interaction, { taskId }, services) =>
      openDraft(
        interaction,
        services,
        async () => {
          const { tags } = await getTool(taskId, 'tags', services.store);
          return { operation: 'create', engine: 'sonic', inputs: { tags } };
        },
        operationWords({ engine: 'sonic', id: 'create' }).label,
      ),

    sing: (interaction, { taskId }, services) =>
      openDraft(
        interaction,
        services,
        async () => {
          const { personaId } = await getTool(taskId, 'persona', services.store);
          const persona = await findPersona(services.store.db, interaction.user.id, personaId);
          if (!persona) throw new UserError(words().tools.refusals.notTheirVoice);
          const { name } = persona;
          return { operation: 'persona-song', engine: 'sonic', persona: { personaId, name }, inputs: {} };
        },
        words().tools.buttons.sing,
      ),
  },
};

/** Makes a song of one draft, at once: the price stands beside the button. */
function compose(
  interaction: ButtonInteraction,
  taskId: string,
  index: number,
  { desk, store }: Services,
): Answer {
  return desk.answerPress(interaction, `compose-${index + 1}`, async () => {
    const { drafts } = await getTool(taskId, 'lyrics', store);
    const draft = drafts.filter(({ lyrics }) => lyrics.trim() !== '')[index];
    if (!draft) throw new UserError(words().tools.refusals.noDraft);
    const title = [...(draft.title?.trim() ?? '')].slice(0, MAX_TITLE_LENGTH).join('') || undefined;
    return { operation: 'create', engine: 'sonic', lyrics: draft.lyrics, title };
  });
}

/** What a task gave back. */
async function getTool<Kind extends ToolResult['kind']>(
  taskId: string,
  kind: Kind,
  { db }: Pick<Store, 'db'>,
): Promise<Extract<ToolResult, { readonly kind: Kind }>> {
  const task = await findTask(db, taskId);
  const tool = task?.state === 'succeeded' ? task.tool : undefined;
  if (isOf(tool, kind)) return tool;
  throw new UserError(words().tools.refusals.gone);
}

function isOf<Kind extends ToolResult['kind']>(
  tool: ToolResult | undefined,
  kind: Kind,
): tool is Extract<ToolResult, { readonly kind: Kind }> {
  return tool?.kind === kind;
}
