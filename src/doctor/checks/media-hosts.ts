import pLimit from 'p-limit';
import { isLoopback } from '../../media/hosts.ts';
import type { Check } from '../check.ts';
import { type Finding, found } from '../outcomes.ts';
import { describeReason } from '../reason.ts';

/** A host that takes longer counts as silent; all of them have to be asked in time. */
const HOST_TIMEOUT_MS = 4_000;

const MAX_AT_ONCE = 16;

/** Whether the hosts that songs are downloaded from answer at all, whatever they answer. */
export const mediaHosts: Check = {
  id: 'media-hosts',
  title: 'Media hosts',
  needs: ['configuration'],
  async run({ config, env }, signal) {
    const exact = config.mediaHosts.filter((host) => !host.startsWith('.'));
    const limit = pLimit(MAX_AT_ONCE);
    const silent = await Promise.all(exact.map((host) => limit(() => findTrouble(host, signal))));
    return judgeHosts({
      asked: exact.length,
      patterns: config.mediaHosts.length - exact.length,
      silent: silent.filter((trouble) => trouble !== undefined),
      isOwnList: Boolean(env.MUSICAPI_MEDIA_HOSTS?.trim()),
    });
  },
};

interface Trouble {
  readonly host: string;
  readonly reason: string;
}

interface HostFacts {
  /** How many exact hosts there are. */
  readonly asked: number;
  /** Entries such as `.suno.ai`, which name no host that could be asked. */
  readonly patterns: number;
  readonly silent: readonly Trouble[];
  /** Whether the operator wrote the list: of the built-in one some hosts are known from documents only. */
  readonly isOwnList: boolean;
}

/** What it means that some hosts do not answer. */
export function judgeHosts({ asked, patterns, silent, isOwnList }: HostFacts): readonly Finding[] {
  const fix = 'Let this machine open https connections to it, or correct MUSICAPI_MEDIA_HOSTS.';
  const named = silent.map(({ host, reason }) => `${host} (${reason})`);
  const answering = `${asked - silent.length} of ${asked} hosts of songs answer`;
  if (asked === 0) {
    const words = `${patterns} entries with a dot in front: none of them names a host that can be asked.`;
    return [found('media-hosts', 'answering', words)];
  }
  if (silent.length === 0) {
    const more = patterns > 0 ? `; ${patterns} with a dot in front cannot be asked` : '';
    return [found('media-hosts', 'answering', `${answering}${more}.`)];
  }
  if (silent.length === asked) {
    const words = `No host of songs answers: ${named.join(', ')}.`;
    return [
      found(
        'media-hosts',
        'all-silent',
        words,
        'Look at the network and at firewalls: songs cannot be fetched.',
      ),
    ];
  }
  if (isOwnList) return named.map((one) => found('media-hosts', 'silent', `${one} does not answer.`, fix));
  return [found('media-hosts', 'partly', `${answering}; not ${silent.map(({ host }) => host).join(', ')}.`)];
}

async function findTrouble(host: string, signal: AbortSignal): Promise<Trouble | undefined> {
  const scheme = isLoopback(host.replace(/:\d+$/, '')) ? 'http' : 'https';
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(HOST_TIMEOUT_MS)]);
  try {
    await fetch(`${scheme}://${host}/`, { method: 'HEAD', redirect: 'manual', signal: inTime });
    return undefined;
  } catch (error) {
    return { host, reason: describeReason(error) };
  }
}
