import type { LoggedRequest } from '../../sandbox/musicapi/request-log.ts';
import type { Task } from '../../src/domain/task.ts';

/** Not taken: too many requests, or still being prepared. Such an answer is free, and the same is asked again. */
const NOT_TAKEN: readonly (number | undefined)[] = [429, 202];

/** A request that MusicAPI was sent more often than somebody asked for it. */
interface SentTwice {
  readonly request: string;
  readonly times: number;
}

/**
 * The requests that MusicAPI was sent, or may have been sent, more often than they were asked for. Those of a batch are
 * alike, so they may come as often as there are tasks of it.
 *
 * @param posts - what reached MusicAPI
 */
export function findSentTwice(
  posts: readonly Pick<LoggedRequest, 'path' | 'body' | 'status'>[],
  tasks: readonly Pick<Task, 'groupId' | 'request'>[],
): readonly SentTwice[] {
  const sent = new Map<string, number>();
  for (const { path, body, status } of posts) {
    if (NOT_TAKEN.includes(status)) continue;
    const request = `${path} ${JSON.stringify(body)}`;
    sent.set(request, (sent.get(request) ?? 0) + 1);
  }
  const countAskedFor = (text: string) =>
    tasks.filter(
      ({ groupId, request: { operation, prompt } }) =>
        groupId !== undefined && operation === 'create' && text.includes(JSON.stringify(prompt)),
    ).length;
  return [...sent]
    .map(([request, times]) => ({ request, times }))
    .filter(({ times, request }) => times > 1 && times > countAskedFor(request));
}
