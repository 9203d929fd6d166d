import type { BaseInteraction } from 'discord.js';
import type { TimedWord } from '../../domain/tool-result.ts';
import type { Store } from '../../store/open.ts';
import { findTimeline } from '../../store/task-lists.ts';
import type { FoundClip } from '../clips/clip-finder.ts';
import { findPayer } from '../drafts/request-account.ts';
import { listMoments, type Moment, type PartStart } from './moments.ts';

/** Lyrics with nothing but section names and directions in brackets: `[Instrumental]`. */
const ONLY_TAGS = /^\s*(?:\[[^\]]*\]\s*)+$/;

interface SongLinesDeps {
  readonly store: Pick<Store, 'db'>;
  /** Where the sections of a song begin, by its words. */
  readonly listParts: (words: readonly TimedWord[]) => readonly PartStart[];
}

/** Knows what one can point at in songs. */
export class SongLines {
  readonly #deps: SongLinesDeps;

  constructor(deps: SongLinesDeps) {
    this.#deps = deps;
  }

  /**
   * The lines and sections of a song, where somebody has asked before when its words are sung; undefined = nobody has.
   * Empty where nobody sings. Costs nothing.
   */
  async find(
    { reference, clip }: FoundClip,
    { user, guildId }: Pick<BaseInteraction, 'user' | 'guildId'>,
  ): Promise<readonly Moment[] | undefined> {
    const { store, listParts } = this.#deps;
    const asker = { userId: user.id, guildId: guildId ?? undefined };
    const accountId = clip?.accountId ?? (await findPayer(store.db, asker));
    const sung = await findTimeline(store.db, accountId, reference.clipId);
    if (sung) return listMoments(sung, listParts(sung), clip?.durationSeconds);
    return clip?.source === 'generated' && ONLY_TAGS.test(clip.lyrics ?? '') ? [] : undefined;
  }
}
