/** The private answer of `/help`. */
import { EmbedBuilder } from '@discordjs/builders';
import {
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  type RESTPostAPIApplicationCommandsJSONBody,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import type { Operation } from '../../musicapi/operation.ts';
import type { Words } from '../../words/en.ts';
import { type Language, languageOf, words, wordsOf } from '../../words/words.ts';
import { buildMessage, type CardMessage, COLOURS } from '../messages/message.ts';
import { descriptionOf, shownNameOf } from '../options/localised.ts';
import { pricesOf } from './asking.ts';

type Wish = keyof Words['help']['wishes'];

/** The commands, by what one wants to do; one that stands nowhere here comes last. */
const WISHES: readonly { readonly wish: Wish; readonly commands: readonly string[] }[] = [
  { wish: 'make', commands: ['create', 'compose', 'batch'] },
  { wish: 'words', commands: ['lyrics', 'tags'] },
  {
    wish: 'further',
    commands: ['extend', 'cover', 'replace', 'remaster', 'concat', 'mashup', 'sample'],
  },
  { wish: 'recording', commands: ['upload', 'add'] },
  { wish: 'voice', commands: ['persona', 'voice'] },
  { wish: 'apart', commands: ['stems', 'inspect', 'export'] },
  { wish: 'stand', commands: ['tasks', 'library', 'clip', 'credits', 'help'] },
  { wish: 'settle', commands: ['settings', 'privacy'] },
];

/** One asks for all of its operations at once. */
const TOGETHER: readonly string[] = ['inspect'];

/** One asks for several of the same. */
const EACH: readonly string[] = ['batch'];

/** How things are called where the help is read. */
interface Surroundings {
  /** Of the person's client, which decides under which names it shows commands. */
  readonly locale: string;
  /** Of the cards there. */
  readonly cardLanguage: Language;
}

/** Builds the answer of `/help`: a line for every command, with what it costs. */
export function buildHelp(
  commands: readonly RESTPostAPIApplicationCommandsJSONBody[],
  operations: readonly Operation[],
  { locale, cardLanguage }: Surroundings,
): CardMessage {
  const placed = new Set(WISHES.flatMap((wish) => wish.commands));
  const others = commands.map(({ name }) => name).filter((name) => !placed.has(name));
  const embed = new EmbedBuilder().setColor(COLOURS.working);
  for (const { wish, commands: names } of [...WISHES, { wish: 'else', commands: others } as const]) {
    const found = names.flatMap((name) => commands.find((command) => command.name === name) ?? []);
    const lines = found.flatMap((command) => describeCommand(command, operations, locale) ?? []);
    if (lines.length > 0) embed.addFields({ name: words().help.wishes[wish], value: lines.join('\n') });
  }
  const { buttons } = wordsOf(cardLanguage).clips.card;
  const { help, recipe } = words();
  const { entries } = wordsOf(languageOf(locale)).recipe;
  return buildMessage({ content: `${help.buttons(buttons)}\n${recipe.inMenu(entries)}`, embed });
}

/** Undefined for menus of messages: those have no words of their own. */
function describeCommand(
  command: RESTPostAPIApplicationCommandsJSONBody,
  operations: readonly Operation[],
  locale: string,
): string | undefined {
  if (!isSlashCommand(command)) return undefined;
  const { name, options = [] } = command;
  const parts = options.filter(isSubcommand).map((option) => shownNameOf(option, locale));
  const shown = `\`/${shownNameOf(command, locale)}\`${parts.length > 0 ? ` ${parts.join(', ')}` : ''}`;
  return `${shown}: ${descriptionOf(command)}${formatPrice(name, operations)}`;
}

function isSlashCommand(
  command: RESTPostAPIApplicationCommandsJSONBody,
): command is RESTPostAPIChatInputApplicationCommandsJSONBody {
  return (command.type ?? ApplicationCommandType.ChatInput) === ApplicationCommandType.ChatInput;
}

function isSubcommand({ type }: APIApplicationCommandOption): boolean {
  return type === ApplicationCommandOptionType.Subcommand;
}

function formatPrice(name: string, operations: readonly Operation[]): string {
  const prices = pricesOf(`/${name}`, operations);
  if (prices.length === 0) return '';
  const { one, range, each } = words().help.price;
  if (TOGETHER.includes(name)) return ` (${one({ price: prices.reduce((sum, price) => sum + price, 0) })})`;
  const lowest = Math.min(...prices);
  const highest = Math.max(...prices);
  const price = lowest === highest ? one({ price: highest }) : range({ lowest, highest });
  return ` (${EACH.includes(name) ? each({ price }) : price})`;
}
