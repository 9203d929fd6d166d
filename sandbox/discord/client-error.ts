/** What Discord's own client does not let a person do: the bot never hears of it. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
}
