import type { Catalogue } from '../../musicapi/catalogue.ts';
import type { SongDefaults } from '../interactions/preferences.ts';
import type { Draft } from './drafts.ts';

/**
 * A draft of a new song with what is set for those options that were left out; the same draft where nothing is.
 *
 * @param defaults - the most particular first
 */
export function fillDefaults(draft: Draft, defaults: readonly SongDefaults[], catalogue: Catalogue): Draft {
  if (draft.operation !== 'create' || draft.clip || draft.file || draft.persona) return draft;
  const { inputs, unread = {} } = draft;
  const isOffered = (one: SongDefaults) => one.engine && catalogue.find(one.engine, 'create') !== undefined;
  const chosen = draft.engine ?? (unread.engine ? undefined : defaults.find(isOffered)?.engine);
  // A model says something only together with its engine.
  const byEngine = defaults.find(({ engine, model }) => engine === chosen && model !== undefined);
  const isModelLeft = inputs.model === undefined && !unread.model && chosen !== undefined;
  const model = isModelLeft ? byEngine?.model : undefined;
  const instrumental =
    inputs.instrumental ?? defaults.find((one) => one.instrumental !== undefined)?.instrumental;
  const isSung = instrumental !== true && inputs.vocals === undefined && !unread.vocals;
  const vocals = isSung ? defaults.find((one) => one.vocals !== undefined)?.vocals : undefined;
  const added = {
    ...(model === undefined ? {} : { model }),
    ...(inputs.instrumental === undefined && instrumental && !hasWords(draft) ? { instrumental } : {}),
    ...(vocals === undefined ? {} : { vocals }),
  };
  if (chosen === draft.engine && Object.keys(added).length === 0) return draft;
  return { ...draft, engine: chosen, inputs: { ...inputs, ...added } };
}

/** Whoever gives lyrics wants them sung. */
function hasWords({ inputs, lyricsFile, isComposed }: Draft): boolean {
  return (
    inputs.lyrics !== undefined ||
    inputs.vocals !== undefined ||
    lyricsFile !== undefined ||
    isComposed === true
  );
}
