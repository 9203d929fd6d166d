import type { Request } from '../../domain/request.ts';
import type { Answer } from '../answer.ts';
import type { CallPlace } from '../errors.ts';
import type { ProviderTask, Submission } from '../types.ts';
import type { Body, SentModel } from './body.ts';

/** A look at a provider task. */
export interface Look {
  readonly providerTaskId: string;
  /** What was asked for. Without it an answer is read as that of a song. */
  readonly request?: Request | undefined;
}

/** How one engine is spoken to. All of it is pure. */
export interface EngineProtocol {
  /** The body of the POST that sends the request. Fields that were not asked for are left out. */
  buildBody(request: Request, model: SentModel): Body;
  /**
   * Reads what that POST answered.
   *
   * @throws MusicApiError when the answer is not what was asked for.
   */
  readSubmission(answer: Answer, place: CallPlace, request: Request): Submission;
  /**
   * Where the task is looked at, below the base address.
   *
   * @throws TypeError for an id that no path can hold.
   */
  taskPath(providerTaskId: string): string;
  /**
   * Reads a look at a task.
   *
   * @throws MusicApiError when the answer says nothing about the task.
   */
  readTask(answer: Answer, place: CallPlace, look: Look): ProviderTask;
}
