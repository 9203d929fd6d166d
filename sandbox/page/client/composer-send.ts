import { api } from './api.ts';
import type { Call } from './composer-call.ts';
import { toFileInput, toOptionInputs } from './composer-files.ts';
import type { PageStore } from './page-store.ts';

/** Who sends something, and where. */
export interface Sender {
  readonly as: string;
  readonly channel: string;
}

/**
 * Sends a message or a command.
 *
 * @param onSent - called once nobody can refuse it any more, before a modal opens that came as its answer
 * @throws ApiError when Discord's client would not send it: nothing has happened
 */
export async function send(
  store: PageStore,
  sender: Sender,
  call: Call,
  onSent: (isAnswered: boolean) => Promise<unknown>,
): Promise<void> {
  if (call.kind === 'say') {
    const { content } = call;
    await api.say({ ...sender, content, files: await Promise.all(call.files.map(toFileInput)) });
    await onSent(true);
    return;
  }
  const { command } = call;
  const options = await toOptionInputs(call.values);
  await store.interact({ what: `/${command}` }, async () => {
    const outcome = await api.command({ ...sender, command, options });
    await onSent(outcome.kind !== 'failed');
    return outcome;
  });
}
