import { type APIGatewayBotInfo, Routes } from 'discord-api-types/v10';
import type { Check } from '../check.ts';
import { type Finding, found } from '../outcomes.ts';
import { describeReason } from '../reason.ts';

/** Fewer starts than these, for every shard, may be used up by trouble in the night. */
const FEW_STARTS = 20;

/** Whether a gateway connection can be opened, and how often a bot may still start today. */
export const gateway: Check = {
  id: 'discord-gateway',
  title: 'Gateway',
  needs: ['discord'],
  async run({ discord }, signal) {
    const info = (await discord.get(Routes.gatewayBot(), { signal })) as APIGatewayBotInfo;
    try {
      await greet(info.url, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      const words = `The gateway cannot be reached at ${info.url} (${describeReason(error)}).`;
      const fix = 'Let this machine open web sockets (wss) to *.discord.gg: look at firewalls and proxies.';
      return [found('discord-gateway', 'unreachable', words, fix)];
    }
    return [judgeStarts(info)];
  },
};

function judgeStarts({ shards, session_start_limit: limit }: APIGatewayBotInfo): Finding {
  const left = `${limit.remaining} of ${limit.total} starts of a shard are left today`;
  const words = `The gateway answers; ${left}, and a start takes ${shards}.`;
  const hours = Math.ceil(limit.reset_after / 3_600_000);
  const fix = `Do not start the bot again and again; in ${hours} h they are all there again.`;
  if (limit.remaining < shards) return found('discord-gateway', 'used-up', words, fix);
  if (limit.remaining < shards * FEW_STARTS) return found('discord-gateway', 'few', words, fix);
  return found('discord-gateway', 'reached', words);
}

/** Opens a connection and waits for its first word, which comes before anybody has said who they are. */
async function greet(url: string, signal: AbortSignal): Promise<void> {
  const socket = new WebSocket(`${url}?v=10&encoding=json`);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('message', () => resolve());
      socket.addEventListener('error', () => reject(new Error('the connection failed')));
      socket.addEventListener('close', ({ code }) => reject(new Error(`closed with code ${code}`)));
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  } finally {
    socket.close();
  }
}
