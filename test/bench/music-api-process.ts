/** A MusicAPI in a process of its own: what it computes for a song must not hold up the Discord next to it. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { startLocalMusicApi } from '../../sandbox/musicapi/server.ts';

/** Where a bot finds its MusicAPI. */
export interface MusicApiAddress {
  readonly url: string;
  readonly key: string;
  readonly host: string;
}

/** Starts one with as many credits as anybody could ask for. */
export async function startMusicApiProcess(): Promise<MusicApiAddress & { close(): Promise<void> }> {
  const child = fork(import.meta.filename);
  const [address] = (await once(child, 'message')) as [MusicApiAddress];
  return { ...address, close: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

if (import.meta.main) {
  const { url, key, host } = await startLocalMusicApi({ account: { credits: 1_000_000 } });
  process.send?.({ url, key, host } satisfies MusicApiAddress);
  process.once('disconnect', () => process.exit());
}
