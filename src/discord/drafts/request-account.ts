import type { BaseInteraction } from 'discord.js';
import type { Config } from '../../config.ts';
import type { Origin } from '../../domain/origin.ts';
import type { ClipReference, Request } from '../../domain/request.ts';
import { UserError } from '../../errors.ts';
import type { AccountKeys } from '../../keys/account-keys.ts';
import { listAccountsWithKey } from '../../store/account-keys.ts';
import { memberAccount, OPERATOR_ACCOUNT, ownerOf, serverAccount } from '../../store/accounts.ts';
import { findClip } from '../../store/clips.ts';
import type { Store } from '../../store/open.ts';
import { findPersona } from '../../store/personas.ts';
import type { Executor } from '../../store/schema.ts';
import { words } from '../../words/words.ts';
import { explainNoSpending } from '../interactions/access.ts';
import { originOf } from '../interactions/origin.ts';

/** Who asks, and in which server. */
type Asker = Pick<Origin, 'userId' | 'guildId'>;

/**
 * The account that a request is made with: that of the clips and the voice that it names, since no other knows them;
 * else the member's own, else the server's, else the operator's.
 *
 * @throws UserError when they belong to several accounts, or to one that the person may not spend from.
 */
export async function findAccount(
  executor: Executor,
  { clip, secondClip, persona }: Pick<Request, 'clip' | 'secondClip' | 'persona'>,
  asker: Asker,
): Promise<string> {
  const accounts = new Set<string>();
  for (const reference of [clip, secondClip]) {
    const found = reference && (await findClip(executor, reference.clipId));
    if (found) accounts.add(found.accountId);
  }
  const singer = persona && (await findPersona(executor, asker.userId, persona.personaId));
  if (singer) accounts.add(singer.accountId);
  const [only, ...others] = accounts;
  if (others.length > 0) throw new UserError(words().drafts.differentKeys);
  if (only === undefined) return await findPayer(executor, asker);
  requireOwn(only, asker);
  return only;
}

/** The account that pays for what belongs to none yet. */
export async function findPayer(executor: Executor, { userId, guildId }: Asker): Promise<string> {
  const candidates = [memberAccount(userId), ...(guildId === undefined ? [] : [serverAccount(guildId)])];
  const withKey = await listAccountsWithKey(executor, candidates);
  return candidates.find((account) => withKey.includes(account)) ?? OPERATOR_ACCOUNT;
}

/** Whether something can be asked for about a clip here and now: each account knows only its own. */
export async function canUseClip(
  interaction: BaseInteraction,
  clip: ClipReference,
  { store, config, keys }: Omit<Means, 'origin'> & { readonly store: Store },
): Promise<boolean> {
  const origin = originOf(interaction);
  try {
    await requireAccount(await findAccount(store.db, { clip }, origin), { origin, config, keys });
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

/** @throws UserError when the account is somebody else's: nobody spends what another one pays for. */
function requireOwn(accountId: string, { userId, guildId }: Asker): void {
  const owner = ownerOf(accountId);
  const { keys } = words().settings;
  if (owner.kind === 'member' && owner.userId !== userId) {
    throw new UserError(keys.ofAnotherMember({ member: `<@${owner.userId}>` }));
  }
  if (owner.kind === 'server' && owner.guildId !== guildId) throw new UserError(keys.ofAnotherServer);
}

interface Means {
  readonly origin: Asker;
  readonly config: Pick<Config, 'allowDms'>;
  readonly keys: Pick<AccountKeys, 'look'>;
}

/**
 * Checks that an account can pay here and now.
 *
 * @throws UserError when its key was removed or is refused, or it is the operator's and there is no server.
 */
export async function requireAccount(accountId: string, { origin, config, keys }: Means): Promise<void> {
  const owner = ownerOf(accountId);
  if (owner.kind === 'operator') {
    const reason = explainNoSpending(origin, config);
    if (reason) throw new UserError(reason);
    return;
  }
  const key = await keys.look(accountId);
  const { removed, unreadable, ofMemberRefused, ofServerRefused } = words().settings.keys;
  if (!key) throw new UserError(removed);
  if (!key.isReadable) throw new UserError(unreadable);
  if (key.isRefused) throw new UserError(owner.kind === 'member' ? ofMemberRefused : ofServerRefused);
}
