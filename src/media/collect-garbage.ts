import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Frees what this thread has used last and does not use any more. The engine would wait for 64 MB of it, as
 * sound lies outside of its heap.
 */
export const collectGarbage: () => void = findCollector();

function findCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  return typeof collect === 'function' ? () => collect({ type: 'minor' }) : () => undefined;
}
