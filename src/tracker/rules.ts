import { findBlockedWord } from '../domain/blocked-words.ts';
import { EXPLICIT_WORDS } from '../domain/explicit-words.ts';
import type { Origin } from '../domain/origin.ts';
import type { Request } from '../domain/request.ts';
import type { ServerSettings } from '../domain/settings.ts';
import { UserError } from '../errors.ts';
import type { Executor } from '../store/schema.ts';
import { findServerSettings } from '../store/settings.ts';
import { operationWords } from '../words/operation-words.ts';
import { words } from '../words/words.ts';

/** Where somebody asks, as far as the rules of a server differ by it. */
export interface AskingPlace {
  readonly channelId: string;
  /** Of a thread: the channel that it belongs to. */
  readonly parentId?: string | undefined;
  /** Discord calls the channel age-restricted; what is not known is not. */
  readonly isAgeRestricted: boolean;
}

/** Who asks, as far as the rules of a server differ by it. */
export interface RuleAsker {
  readonly origin: Pick<Origin, 'guildId' | 'userId'>;
  readonly roleIds: readonly string[];
  /** Has Manage Server. @defaultValue false */
  readonly isManager?: boolean | undefined;
  /** Undefined where it cannot differ: the rules of channels then let nothing pass. */
  readonly place?: AskingPlace | undefined;
}

/** A rule of the server stands in the way. */
export class RuleError extends UserError {}

/**
 * Checks what holds for everything that may be asked for: the pause switch, channels and roles. Managers keep to the
 * rules too, except for the pause, which is theirs.
 *
 * @throws RuleError that names the rule, and who can change it
 * @throws StoredDataError when the rules cannot be read
 */
export async function requireRules(
  executor: Executor,
  asker: RuleAsker,
  requests: readonly Request[] = [],
): Promise<void> {
  const { guildId } = asker.origin;
  if (guildId === undefined) return;
  const settings = await findServerSettings(executor, guildId);
  const reason =
    explainRules(settings, { ...asker, guildId }) ?? explainRequests(settings, requests, asker.place);
  if (reason) throw new RuleError(reason);
}

type Member = RuleAsker & { readonly guildId: string };

function explainRules(settings: ServerSettings, asker: Member): string | undefined {
  const { refused } = words().settings;
  if (settings.isPaused && !asker.isManager) return refused.paused;
  if (settings.channelIds.length > 0 && !isIn(settings.channelIds, asker.place)) {
    return refused.channel({ channels: listAll(settings.channelIds, (id) => `<#${id}>`) });
  }
  if (settings.roleIds.length > 0 && !hasRole(settings.roleIds, asker)) {
    return refused.role({ roles: listAll(settings.roleIds, (id) => nameRole(id, asker.guildId)) });
  }
  return undefined;
}

/** The rules about what is asked for. */
function explainRequests(
  { offOperations, blockedWords, explicit }: ServerSettings,
  requests: readonly Request[],
  place: AskingPlace | undefined,
): string | undefined {
  const { refused } = words().settings;
  const off = requests.find(({ operation }) => offOperations.includes(operation));
  if (off)
    return refused.operation({ operation: operationWords({ engine: off.engine, id: off.operation }).label });
  const texts = requests.flatMap(listTexts);
  const blocked = findBlockedWord(texts, blockedWords);
  if (blocked !== undefined) return refused.word({ word: blocked });
  if (explicit === 'anywhere' || place?.isAgeRestricted) return undefined;
  const word = findBlockedWord(texts, EXPLICIT_WORDS);
  return word === undefined ? undefined : refused.explicit({ word });
}

/** Somebody who presses a button of a card that everybody sees. */
export interface Presser extends Omit<RuleAsker, 'place'> {
  /** Who asked for what the card shows; undefined when nobody knows any more. */
  readonly findRequester: () => Promise<string | undefined>;
}

/**
 * Checks who may press.
 *
 * @throws RuleError
 * @throws StoredDataError when the rules cannot be read
 */
export async function requirePresser(executor: Executor, presser: Presser): Promise<void> {
  const { guildId, userId } = presser.origin;
  if (guildId === undefined) return;
  const { pressers, presserRoleIds } = await findServerSettings(executor, guildId);
  if (pressers === 'anyone' || (pressers === 'roles' && hasRole(presserRoleIds, { ...presser, guildId })))
    return;
  const requesterId = await presser.findRequester();
  if (requesterId === userId) return;
  const { refused } = words().settings;
  if (pressers === 'roles' && presserRoleIds.length > 0) {
    throw new RuleError(
      refused.notPresser({ roles: listAll(presserRoleIds, (id) => nameRole(id, guildId)) }),
    );
  }
  throw new RuleError(
    requesterId === undefined
      ? refused.notRequesterUnknown
      : refused.notRequester({ member: `<@${requesterId}>` }),
  );
}

/** Every text that somebody typed, and the texts of the clip that go along with it. */
function listTexts(request: Request): readonly string[] {
  const { prompt, lyrics, tags, title, avoid, name, describe, persona, file } = request;
  return [prompt, lyrics, tags, title, avoid, name, describe, persona?.name, file?.name].flatMap(
    (text) => text ?? [],
  );
}

function isIn(channelIds: readonly string[], place: AskingPlace | undefined): boolean {
  if (!place) return false;
  const { channelId, parentId } = place;
  return channelIds.includes(channelId) || (parentId !== undefined && channelIds.includes(parentId));
}

/** The role of everybody has the id of its server, and no member has it in their list. */
function hasRole(
  roleIds: readonly string[],
  { roleIds: own, guildId }: Pick<Member, 'roleIds' | 'guildId'>,
): boolean {
  return roleIds.some((id) => id === guildId || own.includes(id));
}

function nameRole(roleId: string, guildId: string): string {
  return roleId === guildId ? '@everyone' : `<@&${roleId}>`;
}

/** Names at most so many: the list of a large server would fill the message. */
const MAX_NAMED = 10;

function listAll(ids: readonly string[], name: (id: string) => string): string {
  const named = ids.slice(0, MAX_NAMED).map(name);
  return words().units.or({ parts: ids.length > MAX_NAMED ? [...named, '…'] : named });
}
