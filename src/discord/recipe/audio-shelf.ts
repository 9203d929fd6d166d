import type Keyv from 'keyv';
import { z } from 'zod';
import type { AudioFile, ClipReference } from '../../domain/request.ts';
import { ENGINES } from '../../domain/request.ts';
import { UserError } from '../../errors.ts';
import { formatRecipe, parseRecipe, type Recipe } from '../../media/recipe.ts';
import { createCache } from '../../store/keyv-store.ts';
import type { Store } from '../../store/open.ts';
import { words } from '../../words/words.ts';
import type { FileLook } from '../drafts/attached-audio.ts';

/** Audio that somebody pointed at. */
export interface FoundAudio {
  readonly userId: string;
  /** As attached; the one that is meant comes first, with its length, once it was looked into. */
  readonly files: readonly AudioFile[];
  /** What that one says of itself. */
  readonly recipe?: Recipe | undefined;
  /** The clip whose card of ours the message is. */
  readonly clip?: ClipReference | undefined;
}

/** The addresses of attached files die after a day as well. */
const TTL_MS = 24 * 60 * 60_000;

const text = z.string();
const KEPT = z.object({
  userId: text,
  files: z.array(z.object({ url: text, name: text, durationSeconds: z.number().optional() })),
  recipe: text.optional(),
  clip: z
    .object({ clipId: text, engine: z.enum(ENGINES), source: z.enum(['generated', 'uploaded']) })
    .optional(),
});

/** Looks into files, and keeps what was found for a day, by the interaction that asked for it. It outlives a restart. */
export class AudioShelf {
  /** Looks into a file, also for its recipe. */
  readonly look: FileLook;
  readonly #store: Store;
  readonly #cache: Keyv<z.input<typeof KEPT>>;

  constructor(store: Store, look: FileLook) {
    this.look = look;
    this.#store = store;
    this.#cache = createCache<z.input<typeof KEPT>>(store, 'audio', TTL_MS);
  }

  /** @throws UserError when it could not be kept: then no button may lead to it. */
  async save(interactionId: string, { recipe, files, ...rest }: FoundAudio): Promise<void> {
    const kept = { ...rest, files: [...files], recipe: recipe && formatRecipe(recipe) };
    if (!(await this.#cache.set(interactionId, kept))) throw new UserError(words().drafts.notKept);
  }

  /**
   * What a button is about.
   *
   * @throws UserError when it is gone, or somebody else's.
   */
  async get(interactionId: string, userId: string): Promise<FoundAudio> {
    const { data } = KEPT.safeParse(await this.#cache.get(interactionId));
    if (!data) {
      // A cache that cannot be read looks empty: then this throws what stands in the way.
      await this.#store.db.selectFrom('cache').select('key').limit(1).execute();
      throw new UserError(words().recipe.audio.gone);
    }
    if (data.userId !== userId) throw new UserError(words().recipe.audio.notYours);
    return { ...data, recipe: data.recipe === undefined ? undefined : parseRecipe(data.recipe) };
  }
}
