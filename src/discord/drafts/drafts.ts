/** What a person typed, as far as it was understood: enough to open its form again, and to ask for it once more. */
import type Keyv from 'keyv';
import { z } from 'zod';
import {
  type AudioFile,
  type ClipReference,
  ENGINES,
  type Engine,
  OPERATION_IDS,
  type OperationId,
  type PersonaReference,
  type Request,
  type RequestInputs,
} from '../../domain/request.ts';
import { UserError } from '../../errors.ts';
import { REQUEST } from '../../store/json.ts';
import { createCache } from '../../store/keyv-store.ts';
import type { Store } from '../../store/open.ts';
import { describes } from '../../store/stored-data.ts';
import { words } from '../../words/words.ts';

/** Something typed that could not be read. */
export interface Unread {
  readonly text: string;
  /** What is wrong with it, ready for a message. */
  readonly problem: string;
}

/** A text file with lyrics, as somebody attached it. */
export interface LyricsAttachment {
  readonly url: string;
  readonly name: string;
}

/** What a person asks for, before it is a request. */
export interface Draft {
  readonly operation: OperationId;
  /** Where no clip says which it is. @defaultValue the clip's, else the first engine that offers the operation */
  readonly engine?: Engine | undefined;
  readonly inputs: RequestInputs;
  /** What could not be read, by input; also `engine`. */
  readonly unread?: Readonly<Record<string, Unread>> | undefined;
  /** A reference where a button named it, which proves the right to it; else as it was typed. */
  readonly clip?: ClipReference | string | undefined;
  /** The other clip of a mashup. */
  readonly secondClip?: ClipReference | string | undefined;
  readonly file?: AudioFile | undefined;
  /** Text: the id of a persona that has to be looked up. */
  readonly persona?: PersonaReference | string | undefined;
  /** Lyrics that have not been read yet. */
  readonly lyricsFile?: LyricsAttachment | undefined;
  /** Own lyrics are wanted: the form is the one of `/compose`. */
  readonly isComposed?: true | undefined;
  /** So many of it, as one group. @defaultValue 1 */
  readonly count?: number | undefined;
  /** Operations asked for together with it, on the same clip; those that the clip does not allow are left out. */
  readonly also?: readonly OperationId[] | undefined;
}

/** What may be kept: a message's buttons lead back to it. */
export interface KeptDraft {
  readonly userId: string;
  readonly draft: Draft;
  /** The options of which something was found, so that its form shows them. */
  readonly fields: readonly string[];
}

/** How long what was typed is kept. The addresses of attached files die after a day as well. */
const DRAFT_TTL_MS = 24 * 60 * 60_000;

const { operation: _operation, engine: _engine, clip, secondClip: _second, ...others } = REQUEST.shape;
const { file, persona, ...inputs } = others;
const text = z.string();

const DRAFT = describes<Draft>()(
  z.object({
    operation: z.enum(OPERATION_IDS),
    engine: z.enum(ENGINES).optional(),
    inputs: z.object(inputs),
    unread: z.record(text, z.object({ text, problem: text })).optional(),
    clip: z.union([clip.unwrap(), text]).optional(),
    secondClip: z.union([clip.unwrap(), text]).optional(),
    file,
    persona: z.union([persona.unwrap(), text]).optional(),
    lyricsFile: z.object({ url: text, name: text }).optional(),
    isComposed: z.literal(true).optional(),
    count: z.number().optional(),
    also: z.array(z.enum(OPERATION_IDS)).readonly().optional(),
  }),
);

const KEPT_DRAFT = describes<KeptDraft>()(
  z.object({ userId: text, draft: DRAFT, fields: z.array(text).readonly() }),
);

/** Keeps drafts for a day, by the interaction in which they were typed. They outlive a restart. */
export class Drafts {
  readonly #store: Store;
  readonly #cache: Keyv<KeptDraft>;

  constructor(store: Store) {
    this.#store = store;
    this.#cache = createCache<KeptDraft>(store, 'drafts', DRAFT_TTL_MS);
  }

  /** Gives false when it could not be kept: then no button may lead to it. */
  async save(interactionId: string, kept: KeptDraft): Promise<boolean> {
    return await this.#cache.set(interactionId, kept);
  }

  /**
   * The draft behind a button.
   *
   * @throws UserError when it is gone, or somebody else's.
   */
  async get(interactionId: string, userId: string): Promise<KeptDraft> {
    const { data: kept } = KEPT_DRAFT.safeParse(await this.#cache.get(interactionId));
    if (!kept) {
      // A cache that cannot be read looks empty: then this throws what stands in the way.
      await this.#store.db.selectFrom('cache').select('key').limit(1).execute();
      throw new UserError(words().drafts.gone);
    }
    if (kept.userId === userId) return kept;
    throw new UserError(words().drafts.notYours);
  }
}

/** A request as somebody could have typed it. */
export function draftOf(request: Request): Draft {
  const { operation, engine, clip: about, secondClip, file: audio, persona: singer, ...typed } = request;
  return { operation, engine, clip: about, secondClip, file: audio, persona: singer, inputs: typed };
}
