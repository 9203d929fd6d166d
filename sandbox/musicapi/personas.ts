import { badRequest } from './errors.ts';

/** A singer that songs can be made with (task type `persona_music`). */
export interface Persona {
  readonly personaId: string;
  /** The key it belongs to; `null`: any key may use it. */
  readonly key: string | null;
  readonly name: string;
  /** Style words it was described with; they colour the songs that name no tags of their own. */
  readonly styles: string;
  /** Register of the singer. */
  readonly voice: 'f' | 'm';
  /** The task that makes it (create-voice); `null` for personas that are there at once. */
  readonly taskId: string | null;
}

/** All personas that exist at this provider. */
export class Personas {
  readonly #personas = new Map<string, Persona>();

  /** Adds a persona. */
  add(persona: Persona): void {
    this.#personas.set(persona.personaId, persona);
  }

  /** The persona of that id, whoever owns it. */
  find(personaId: string): Persona | undefined {
    return this.#personas.get(personaId);
  }

  /** The persona of that id, for a key that wants to use it. @throws ApiError 400 when there is none or it is another key's; the wording is ours */
  getFor(key: string, personaId: string): Persona {
    const persona = this.find(personaId);
    if (persona === undefined || (persona.key !== null && persona.key !== key))
      throw badRequest('persona not found.');
    return persona;
  }
}
