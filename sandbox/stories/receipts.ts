import type { Engine, OperationId } from '../../src/domain/request.ts';
import type { Catalogue, Operation } from '../../src/musicapi/catalogue.ts';
import type { LoggedRequest } from '../musicapi/request-log.ts';
import type { LocalMusicApi } from '../musicapi/server.ts';

/** An operation by its engine and id: `sonic create`. */
export type Wish = `${Engine} ${OperationId}`;

/** What somebody asked for, and what came of it. */
export interface Receipt {
  /** The command or the buttons: `/create`, `[More] [WAV]`. */
  readonly way: string;
  /** What MusicAPI was asked for; empty where it was not asked. */
  readonly operations: readonly Operation[];
  /** Credits that MusicAPI took. */
  readonly credits: number;
  readonly result: string;
}

/** Looks behind the scene: compares what people asked for with what MusicAPI was sent and what it took. */
export class Receipts {
  readonly list: Receipt[] = [];
  readonly #musicApi: LocalMusicApi;
  readonly #catalogue: Catalogue;

  constructor(musicApi: LocalMusicApi, catalogue: Catalogue) {
    this.#musicApi = musicApi;
    this.#catalogue = catalogue;
  }

  /**
   * Plays what somebody asks for and notes what came of it.
   *
   * @param play - gives the result in a few words, and whatever the story goes on with
   * @throws Error with the way in its sentence when it did not end as announced
   */
  async note<T>(way: string, wishes: readonly Wish[], play: () => Promise<readonly [string, T]>): Promise<T> {
    const operations = wishes.map((wish) => this.#find(wish));
    const sentBefore = this.#musicApi.requests.length;
    const creditsBefore = this.#countCredits();
    try {
      const [result, value] = await play();
      checkSent(operations, this.#musicApi.requests.slice(sentBefore));
      const credits = creditsBefore - this.#countCredits();
      checkPrice(operations, credits);
      this.list.push({ way, operations, credits, result });
      return value;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${way} did not end as expected. ${reason}`, { cause: error });
    }
  }

  /** The operations of the catalogue that nobody has asked for. */
  listUnplayed(): readonly Operation[] {
    const played = this.list.flatMap(({ operations }) => operations);
    const isPlayed = ({ engine, id }: Operation) =>
      played.some((one) => one.engine === engine && one.id === id);
    return this.#catalogue.list().filter((operation) => !isPlayed(operation));
  }

  #find(wish: Wish): Operation {
    const found = this.#catalogue.list().find(({ engine, id }) => wish === `${engine} ${id}`);
    if (found) return found;
    throw new Error(`The catalogue has no operation "${wish}".`);
  }

  #countCredits(): number {
    const { credits, extraCredits } = this.#musicApi.credits();
    return credits + extraCredits;
  }
}

/** MusicAPI has to be sent these operations and nothing else, each accepted once; a 202 asks to be asked again. */
function checkSent(operations: readonly Operation[], requests: readonly LoggedRequest[]): void {
  const posts = requests.filter(({ method, status }) => method === 'POST' && status !== 202);
  const refused = posts.find(({ status }) => status !== 200);
  if (refused) throw new Error(`MusicAPI answered ${refused.status} to ${refused.path}.`);
  const sent = posts.map(({ path }) => path.replace(/^\/api\/v1/, '')).sort();
  const wanted = operations.map(({ path }) => path).sort();
  if (sent.join() === wanted.join()) return;
  throw new Error(
    `MusicAPI should be sent ${wanted.join(', ') || 'nothing'}; it was ${sent.join(', ') || 'nothing'}.`,
  );
}

function checkPrice(operations: readonly Operation[], credits: number): void {
  const announced = operations.reduce((sum, { price }) => sum + price, 0);
  if (credits !== announced)
    throw new Error(`The price was to be ${announced} credits, and MusicAPI took ${credits}.`);
}
