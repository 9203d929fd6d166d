import { createHmac, timingSafeEqual } from 'node:crypto';
import type { StoredFile } from './records.ts';
import type { World } from './world.ts';

/** The address of a file with a signature that runs out. @see https://discord.com/developers/docs/reference#signed-attachment-cdn-urls */
export function signUrl(world: World, file: StoredFile): string {
  const issuedAt = Math.floor(world.clock.now() / 1000);
  const is = issuedAt.toString(16);
  const ex = Math.floor(issuedAt + world.limits.attachmentTtlMs / 1000).toString(16);
  return `${world.origin}${file.path}?ex=${ex}&is=${is}&hm=${signature(world, file.path, ex, is)}&`;
}

/** The file behind a signed address, if the signature is right and has not run out. */
export function findSignedFile(
  world: World,
  id: string,
  path: string,
  query: { ex?: string | undefined; is?: string | undefined; hm?: string | undefined },
): StoredFile | undefined {
  const { ex = '', is = '', hm = '' } = query;
  const file = world.files.get(id);
  if (!file || file.path !== path) return undefined;
  const expected = Buffer.from(signature(world, path, ex, is));
  const given = Buffer.from(hm);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined;
  if (Number.parseInt(ex, 16) * 1000 <= world.clock.now()) return undefined;
  return file;
}

function signature(world: World, path: string, ex: string, is: string): string {
  return createHmac('sha256', world.cdnSecret).update(`${path}:${ex}:${is}`).digest('hex');
}
