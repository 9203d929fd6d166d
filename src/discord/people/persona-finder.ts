import type { PersonaReference } from '../../domain/request.ts';
import { UserError } from '../../errors.ts';
import type { Store } from '../../store/open.ts';
import { findPersona, type Persona, searchPersonas } from '../../store/personas.ts';
import { words } from '../../words/words.ts';
import type { Choice } from '../interactions/command.ts';
import { oneLine, plain } from '../messages/text.ts';

/** Discord takes at most this many suggestions, each with a name of at most so many characters. */
const MAX_CHOICES = 25;
const MAX_CHOICE_LENGTH = 100;

/** Several voices may have one name: the end of the id tells them apart. */
const SHOWN_ID_LENGTH = 4;

/** Finds the voice that a person means, among that person's own: nobody sings with the voice of somebody else. */
export class PersonaFinder {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Reads a `persona` option: a list entry (whose value is the id), an id, or a name.
   *
   * @throws UserError when this person has no such voice, or several of that name.
   */
  async get(text: string, userId: string): Promise<Persona> {
    const wanted = text.trim();
    const { db } = this.#store;
    const found = await findPersona(db, userId, wanted);
    if (found) return found;
    const named = await searchPersonas(db, { ownerId: userId, text: wanted, limit: MAX_CHOICES });
    const [only, ...others] = named.filter((one) => fold(one.name) === fold(wanted));
    if (only && others.length === 0) return only;
    const name = plain(wanted, 80);
    const { several, none } = words().people.voices;
    throw new UserError(only ? several({ name }) : none({ name }));
  }

  /**
   * The same as a request names it, also where a request has named it before: by then it may have been forgotten, and
   * whoever asks for the same once more may be somebody else.
   *
   * @throws UserError when it is no voice of this person.
   */
  async find(named: string | PersonaReference, userId: string): Promise<PersonaReference> {
    if (typeof named === 'string') {
      const { personaId, name } = await this.get(named, userId);
      return { personaId, name };
    }
    const found = await findPersona(this.#store.db, userId, named.personaId);
    if (found) return { personaId: found.personaId, name: found.name };
    throw new UserError(words().people.voices.notYours({ name: plain(named.name, 80) }));
  }

  /** Suggestions for what was typed: own voices by name. */
  async complete(typed: string, userId: string): Promise<readonly Choice[]> {
    const found = await searchPersonas(this.#store.db, { ownerId: userId, text: typed, limit: MAX_CHOICES });
    return found.map((persona, _, all) => ({ name: describeChoice(persona, all), value: persona.personaId }));
  }
}

function describeChoice({ name, personaId }: Persona, all: readonly Persona[]): string {
  const isAlone = all.filter((other) => fold(other.name) === fold(name)).length === 1;
  const id = isAlone ? '' : ` · ${personaId.slice(-SHOWN_ID_LENGTH)}`;
  return oneLine(name, MAX_CHOICE_LENGTH - id.length) + id;
}

function fold(name: string): string {
  return name.trim().toLocaleLowerCase('en');
}
