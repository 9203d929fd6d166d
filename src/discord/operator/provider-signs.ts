import { MusicApiError } from '../../musicapi/errors.ts';
import type { MusicApi } from '../../musicapi/types.ts';

/** What calls with the operator's key have shown since somebody looked last. */
export interface Answers {
  /** MusicAPI answered, if only to refuse. */
  readonly isThere: boolean;
  /** It took the key. */
  readonly isKeyAccepted: boolean;
}

/** Learns from every call with the operator's key what it says of key, credits and MusicAPI as a whole. */
export class ProviderSigns {
  readonly #onTrouble: () => void;
  #answers: Answers = { isThere: false, isKeyAccepted: false };
  #isKeyRefused = false;
  #areCreditsWanting = false;

  /** @param onTrouble - called when a call has shown that something is wrong */
  constructor(onTrouble: () => void) {
    this.#onTrouble = onTrouble;
  }

  /** Whether MusicAPI refuses the key, as far as is known. */
  get isKeyRefused(): boolean {
    return this.#isKeyRefused;
  }

  /** Whether MusicAPI refused something for want of credits, since `forgetCredits`. */
  get areCreditsWanting(): boolean {
    return this.#areCreditsWanting;
  }

  /** Credits have been added. */
  forgetCredits(): void {
    this.#areCreditsWanting = false;
  }

  /** What was seen since the last time. */
  takeAnswers(): Answers {
    const answers = this.#answers;
    this.#answers = { isThere: false, isKeyAccepted: false };
    return answers;
  }

  /** The same MusicAPI, watched. */
  observe(api: MusicApi): MusicApi {
    const call = async <T>(work: Promise<T>): Promise<T> => {
      try {
        const value = await work;
        this.#accept();
        return value;
      } catch (error) {
        if (error instanceof MusicApiError && !error.isLocal) this.#note(error);
        throw error;
      }
    };
    return {
      submit: (request, options) => call(api.submit(request, options)),
      getTask: (engine, providerTaskId, options) => call(api.getTask(engine, providerTaskId, options)),
      getCredits: (options) => call(api.getCredits(options)),
    };
  }

  #accept(): void {
    this.#answers = { isThere: true, isKeyAccepted: true };
    this.#isKeyRefused = false;
  }

  #note({ kind, status }: MusicApiError): void {
    if (status === undefined || status >= 500) return;
    this.#answers = { ...this.#answers, isThere: true };
    if (kind === 'not-authorised') {
      this.#answers = { isThere: true, isKeyAccepted: false };
      this.#isKeyRefused = true;
    } else if (kind === 'no-credits') this.#areCreditsWanting = true;
    else return;
    this.#onTrouble();
  }
}
