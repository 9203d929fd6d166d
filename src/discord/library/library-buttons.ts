import { UserError } from '../../errors.ts';
import { words } from '../../words/words.ts';
import { embedsOf } from '../clips/clip-forms.ts';
import type { Components } from '../interactions/command.ts';
import { privately, updating } from '../interactions/command.ts';
import { readSearch } from './library-list.ts';
import { loadLibrary } from './library-page.ts';

/** The buttons of `/library`, and **Fetch it**. */
export const libraryButtons: Components = {
  buttons: {
    library: (interaction, { page }, services) =>
      updating(async () => {
        const text = readSearch(page, embedsOf(interaction.message));
        await services.answers.fill(interaction, await loadLibrary(interaction, page, text, services));
      }),

    // For these eyes only: whoever wants to share a song uses /clip show.
    'library-show': (interaction, { clip: reference }, { clips, shower }) =>
      privately(async () => {
        const { clip } = await clips.findListed(reference, interaction);
        if (!clip) throw new UserError(words().library.show.unknownHere({ clipId: reference.clipId }));
        await shower.show(interaction, clip);
      }),

    fetch: (interaction, { clip }, { desk }) =>
      desk.answerPress(interaction, 'fetch', () => ({
        operation: 'download',
        engine: clip.engine,
        clip,
        format: 'mp3',
      })),
  },
};
