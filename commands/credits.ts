import { SlashCommandBuilder } from '@discordjs/builders';
import type { ChatInputCommandInteraction } from 'discord.js';
import { findPayer } from '../src/discord/drafts/request-account.ts';
import { buildCreditsMessage } from '../src/discord/help/credits-message.ts';
import { type Command, privately } from '../src/discord/interactions/command.ts';
import { everywhere } from '../src/discord/interactions/command-places.ts';
import { isManager, rolesOf } from '../src/discord/interactions/origin.ts';
import type { Services } from '../src/discord/interactions/services.ts';
import { describeError } from '../src/discord/messages/describe-error.ts';
import { localised } from '../src/discord/options/localised.ts';
import { membersPanel } from '../src/discord/people/members.ts';
import { coerceError } from '../src/errors.ts';
import type { Credits } from '../src/musicapi/types.ts';
import { OPERATOR_ACCOUNT, ownerOf } from '../src/store/accounts.ts';
import { findStanding } from '../src/store/member-rules.ts';
import { loadUsage } from '../src/tracker/admission.ts';
import type { RuleSource } from '../src/tracker/budget.ts';

export default {
  data: everywhere(localised(new SlashCommandBuilder(), 'credits', (w) => w.credits.does)),

  ...membersPanel,

  answer(interaction, services) {
    const { answers, catalogue, operators } = services;
    return privately(async () => {
      const asker = { userId: interaction.user.id, guildId: interaction.guildId ?? undefined };
      const accountId = await findPayer(services.store.db, asker);
      const usages = await loadRules(interaction, accountId, services);
      const find = (source: RuleSource) => usages.find(({ rule }) => rule.source === source);
      const isOperator = await operators.has(interaction.user.id);
      const balance = isOperator ? await findBalance(interaction.id, OPERATOR_ACCOUNT, services) : undefined;
      const { kind } = ownerOf(accountId);
      const isTheirs = kind === 'member' || (kind === 'server' && isManager(interaction));
      const message = buildCreditsMessage({
        member: find('member'),
        server: find('server'),
        others: usages.filter(({ rule }) => rule.source !== 'member' && rule.source !== 'server'),
        prices: catalogue.list(),
        balance,
        payer: kind === 'operator' ? undefined : kind,
        ownBalance: isTheirs ? await findBalance(interaction.id, accountId, services) : undefined,
        isManager: interaction.guildId !== null && (isOperator || isManager(interaction)),
      });
      await answers.fill(interaction, message);
    });
  },
} satisfies Command;

/** Every rule that the person's spending has to keep to here, and what is used of it. */
async function loadRules(
  interaction: ChatInputCommandInteraction,
  accountId: string,
  { config, store }: Services,
) {
  const guildId = interaction.guildId ?? undefined;
  const userId = interaction.user.id;
  const now = await store.now();
  const standing = await findStanding(store.db, guildId, userId);
  const usages = await loadUsage(
    store.db,
    { memberDay: config.budgetMemberDay, serverDay: config.budgetServerDay },
    { accountId, origin: { guildId, userId }, roleIds: rolesOf(interaction) },
    { standing, now },
  );
  return usages.flatMap(({ states }) =>
    states.map(({ rule, spent }) => ({ rule, used: spent, limit: rule.credits })),
  );
}

/** The balance, or one sentence why MusicAPI does not tell it: the budgets are of use without it. */
async function findBalance(
  reference: string,
  accountId: string,
  { getBalance, log }: Services,
): Promise<Credits | string> {
  try {
    return await getBalance(accountId);
  } catch (error) {
    log.warn({ reference, err: coerceError(error) }, 'balance not known');
    return describeError(error, reference);
  }
}
