import type { Engine } from '../../domain/request.ts';
import type { Catalogue } from '../../musicapi/catalogue.ts';
import type { Draft } from './drafts.ts';

/** What a person asks for is one thing, whichever engine made the clip: producer's WAV file is a download. */
export function substituteOn(engine: Engine | undefined, draft: Draft, catalogue: Catalogue): Draft {
  if (
    draft.operation !== 'wav' ||
    !engine ||
    catalogue.find(engine, 'wav') ||
    !catalogue.find(engine, 'download')
  ) {
    return draft;
  }
  return { ...draft, operation: 'download', inputs: { ...draft.inputs, format: 'wav' } };
}
