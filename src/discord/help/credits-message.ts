/** The private answer of `/credits`. */
import { EmbedBuilder } from '@discordjs/builders';
import { ENGINES } from '../../domain/request.ts';
import type { Operation } from '../../musicapi/operation.ts';
import type { Credits } from '../../musicapi/types.ts';
import type { BudgetRule } from '../../tracker/budget.ts';
import { operationWords } from '../../words/operation-words.ts';
import { formatPeriod } from '../../words/periods.ts';
import { words } from '../../words/words.ts';
import { buildButton, buildMessage, buildRow, type CardMessage, COLOURS } from '../messages/message.ts';
import { formatCredits } from '../messages/text.ts';

/** What was used of a budget in the last 24 hours, held credits included. */
interface Usage {
  readonly used: number;
  /** Infinity = no limit. */
  readonly limit: number;
}

/** A further rule, e.g. of the server or of a role. */
interface RuleUsage extends Usage {
  readonly rule: BudgetRule;
}

type Price = Pick<Operation, 'engine' | 'id' | 'price' | 'isLearnt'>;

/** What `/credits` tells. */
export interface CreditsView {
  /** Absent where an own key pays. */
  readonly member?: Usage | undefined;
  /** Absent outside of servers. */
  readonly server?: Usage | undefined;
  /** Rules beyond these two. @defaultValue none */
  readonly others?: readonly RuleUsage[];
  readonly prices: readonly Price[];
  /** The account's balance at MusicAPI, or why it is not known: for the operator only. */
  readonly balance?: Credits | string | undefined;
  /** Whose own key pays here. @defaultValue the operator's pays */
  readonly payer?: 'member' | 'server' | undefined;
  /** Balance of that key, or why it is not known: for those whose key it is. */
  readonly ownBalance?: Credits | string | undefined;
  /** Whether the person decides about others here. */
  readonly isManager?: boolean;
}

/** Builds the answer of `/credits`. */
export function buildCreditsMessage(view: CreditsView): CardMessage {
  const { member, server, others = [], prices, balance, payer, ownBalance, isManager = false } = view;
  const { credits: text } = words().help;
  const usages = [
    ...(member ? [`- ${text.rules.member}: ${formatUsage(member)}`] : []),
    ...(server ? [`- ${text.rules.server}: ${formatUsage(server)}`] : []),
    ...others.map((usage) => `- ${nameOf(usage.rule)}: ${formatUsage(usage)}`),
  ];
  const lines = [
    ...(payer ? [text.payer[payer]] : []),
    ...(ownBalance ? [formatOwnBalance(ownBalance)] : []),
    ...(usages.length > 0 ? [text.period, ...usages, text.settled] : []),
  ];
  if (balance) lines.push('', formatBalance(balance));
  const rows = isManager ? [buildRow(buildButton(text.members, { action: 'members' }))] : [];
  const embed = new EmbedBuilder()
    .setColor(COLOURS.working)
    .setTitle(text.title)
    .setDescription(listPrices(prices));
  return buildMessage({ content: lines.join('\n'), embed, rows });
}

/** By engine, since what they charge differs. */
function listPrices(prices: readonly Price[]): string {
  const parts = ENGINES.flatMap((engine) => {
    const lines = prices.filter((price) => price.engine === engine).map(formatPrice);
    return lines.length > 0 ? [[`**${engine}**`, ...lines].join('\n')] : [];
  });
  return parts.join('\n');
}

function formatPrice(operation: Price): string {
  const { price, isLearnt } = operation;
  const { label } = operationWords(operation);
  const shown = formatCredits(price);
  return `- ${label}: ${isLearnt ? words().help.price.learnt({ price: shown }) : shown}`;
}

function nameOf({ source, roleId, period }: BudgetRule): string {
  const { rules } = words().help.credits;
  const name = source === 'own-role' ? rules[source]({ role: `<@&${roleId ?? ''}>` }) : rules[source];
  return `${name}, ${formatPeriod(period)}`;
}

function formatUsage({ used, limit }: Usage): string {
  const { unlimited, usage } = words().help.credits;
  if (limit === Number.POSITIVE_INFINITY) return unlimited({ used });
  return usage({ used, limit, left: Math.max(0, limit - used) });
}

function formatBalance(balance: Credits | string): string {
  const { credits: text } = words().help;
  if (typeof balance === 'string') return text.noBalance({ reason: balance });
  const { plan, extra } = balance;
  return text.balance({ all: plan + extra, plan, extra });
}

function formatOwnBalance(balance: Credits | string): string {
  const { credits: text } = words().help;
  if (typeof balance === 'string') return text.noOwnBalance({ reason: balance });
  const { plan, extra } = balance;
  return text.ownBalance({ all: plan + extra, plan, extra });
}
