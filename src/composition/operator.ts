import type { Preferences } from '../discord/interactions/preferences.ts';
import { BalanceWatch } from '../discord/operator/balance-watch.ts';
import { OperatorNotices } from '../discord/operator/operator-notices.ts';
import { OperatorWatch } from '../discord/operator/operator-watch.ts';
import { ProviderSigns } from '../discord/operator/provider-signs.ts';
import { listAttachmentHosts } from '../media/attachment-hosts.ts';
import type { MusicApi } from '../musicapi/types.ts';
import { OPERATOR_ACCOUNT } from '../store/accounts.ts';
import type { Basis } from './basis.ts';
import type { DiscordSide } from './discord.ts';

/** Nobody waits for this answer. */
const BALANCE_TIMEOUT_MS = 10_000;

interface OperatorOptions {
  readonly discord: DiscordSide;
  readonly preferences: Preferences;
  readonly provider: (accountId: string) => Pick<MusicApi, 'getCredits'>;
  /** Since when MusicAPI has not answered (epoch ms); undefined = it does. */
  readonly providerDownSince: () => number | undefined;
}

/** What notices that something is wrong with the bot as a whole, and tells those who run it. */
interface OperatorSide {
  readonly notices: OperatorNotices;
  readonly watch: OperatorWatch;
  /** The same MusicAPI, with what its answers say of key and credits taken in. */
  readonly observeProvider: (api: MusicApi) => MusicApi;
}

/** Creates it. */
export function createOperatorSide(basis: Basis, options: OperatorOptions): OperatorSide {
  const { config, store, log, observe } = basis;
  const { discord, preferences, provider, providerDownSince } = options;
  const { api, operators } = discord;
  const notices = new OperatorNotices({ store, api, operators, preferences, observe, log });
  const signs = new ProviderSigns(() => watch.wake());
  const balance = new BalanceWatch({
    store,
    notices,
    signs,
    getCredits: () =>
      provider(OPERATOR_ACCOUNT).getCredits({ signal: AbortSignal.timeout(BALANCE_TIMEOUT_MS) }),
    threshold: config.balanceWarningCredits,
  });
  const watch = new OperatorWatch({
    store,
    notices,
    signs,
    balance,
    providerDownSince,
    mediaHosts: [...config.mediaHosts, ...listAttachmentHosts(config.discordApiUrl)],
    log,
  });
  return { notices, watch, observeProvider: (one) => signs.observe(one) };
}
