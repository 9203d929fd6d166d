/** An error whose message is written for the person who asked: what happened and what to do now. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** Whatever was thrown, as an Error. */
export function coerceError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown });
}

/** Why the program cannot start; the message is written for the operator: what is wrong and what to do. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
