/** The tables of README.md, made from what is registered and from the catalogue. */
import {
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  type RESTPostAPIApplicationCommandsJSONBody,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { listClipEntries } from '../../src/discord/clips/clip-menu.ts';
import type { MenuEntry } from '../../src/discord/clips/menu-message.ts';
import { commandsOf } from '../../src/discord/help/asking.ts';
import { MY_SECTIONS, SERVER_SECTIONS } from '../../src/discord/messages/settings-ids.ts';
import { buildToolCard } from '../../src/discord/tools/tool-card.ts';
import { type ClipSource, ENGINES, type OperationId } from '../../src/domain/request.ts';
import type { Catalogue, Operation } from '../../src/musicapi/catalogue.ts';
import { operationWords } from '../../src/words/operation-words.ts';
import { words } from '../../src/words/words.ts';
import { CLIP_REFERENCE, TASKS, viewOf } from '../discord/support/examples.ts';
import { actionsOf, labelsOf } from '../discord/support/limits.ts';

type Body = RESTPostAPIApplicationCommandsJSONBody;

/** A slash command or one of its subcommands, as a person types it. */
interface Typed {
  /** `/persona create`. */
  readonly name: string;
  readonly description: string;
  readonly options: readonly APIApplicationCommandOption[];
}

/** Every command that a person can type, subcommands on their own. */
export function listTyped(bodies: readonly Body[]): readonly Typed[] {
  return bodies.flatMap((body) => {
    if (!isSlashCommand(body)) return [];
    const { name, description, options = [] } = body;
    const subcommands = options.flatMap((option) =>
      option.type === ApplicationCommandOptionType.Subcommand
        ? [
            {
              name: `/${name} ${option.name}`,
              description: option.description,
              options: option.options ?? [],
            },
          ]
        : [],
    );
    return subcommands.length > 0 ? subcommands : [{ name: `/${name}`, description, options }];
  });
}

function isSlashCommand(body: Body): body is RESTPostAPIChatInputApplicationCommandsJSONBody {
  return (body.type ?? ApplicationCommandType.ChatInput) === ApplicationCommandType.ChatInput;
}

/** Command, options and description of every command. */
export function buildCommandTable(bodies: readonly Body[]): string {
  const rows = listTyped(bodies).map(({ name, description, options }) => {
    const names = options.map((option) => `\`${option.name}${option.required ? '*' : ''}\``);
    return [`\`${name}\``, names.join(', '), description];
  });
  return buildTable(['command', 'options (`*` required)', 'what it does'], rows);
}

/** What can be set, as its panels call it, and in which of them. */
export function buildSettingsTable(): string {
  const { sections } = words().settingsPanel;
  const places = [
    ['`/settings server`', SERVER_SECTIONS],
    ['`/settings me`', MY_SECTIONS],
  ] as const;
  const rows = [...new Set([...SERVER_SECTIONS, ...MY_SECTIONS])].map((section) => {
    const where = places.filter(([, list]) => list.some((one) => one === section)).map(([name]) => name);
    return [sections[section].label, sections[section].hint, where.join(', ')];
  });
  return buildTable(['setting', 'what it is about', 'where'], rows);
}

/** Buttons of a clip card, which need no way through **More**. */
const CARD_BUTTONS: Readonly<Partial<Record<OperationId, string>>> = {
  extend: '**Extend**',
  cover: '**Cover**',
  'stems-basic': '**Stems** → **Basic**',
  'stems-full': '**Stems** → **Full**',
};

/** The buttons that lead to an operation; empty where only commands do. */
export function describeButtons(operation: Operation, catalogue: Catalogue): string {
  const labels = new Set(listMenu(operation, catalogue).map(({ label }) => `**${label}**`));
  if (labels.size > 0) return CARD_BUTTONS[operation.id] ?? `**More** → ${[...labels].join(', ')}`;
  return listResultButtons(operation).join(', ');
}

/** The entries of **More** that ask for an operation, whatever the clip is. */
function listMenu(operation: Operation, catalogue: Catalogue): readonly MenuEntry[] {
  const sources: readonly ClipSource[] = ['generated', 'uploaded'];
  const entries = ENGINES.flatMap((engine) =>
    sources.flatMap((source) => {
      const facts = { reference: { ...CLIP_REFERENCE, engine, source }, madeBy: 'extend' } as const;
      const menu = listClipEntries(catalogue, facts, { hasAudio: true, now: 0 });
      return menu.entries.filter((entry) => asksFor(entry, operation));
    }),
  );
  return entries;
}

function asksFor({ id }: MenuEntry, wanted: Operation): boolean {
  if (!('clip' in id)) return false;
  const isTransfer = id.action === 'do' && id.operation === 'upload';
  if (wanted.engine !== (isTransfer ? 'producer' : id.clip.engine)) return false;
  if (id.action === 'do') return id.operation === wanted.id;
  if (id.action === 'stems') return wanted.id === 'stems-basic' || wanted.id === 'stems-full';
  return id.action === wanted.id;
}

const SHOWN_RESULTS = {
  lyrics: { kind: 'lyrics', drafts: [{ title: 'One', lyrics: 'La' }] },
  tags: { kind: 'tags', tags: 'pop' },
  persona: { kind: 'persona', personaId: 'p1', name: 'Ada' },
} as const;

/** What the buttons under a result that is no song ask for, by the action in their custom ids. */
const ASKED_BY: Readonly<Record<string, OperationId>> = {
  'compose-1': 'create',
  'create-with': 'create',
  sing: 'persona-song',
};

/** The buttons under results that are no songs: `**Compose** under lyrics`. */
function listResultButtons({ engine, id }: Operation): readonly string[] {
  if (engine !== 'sonic') return [];
  return Object.entries(SHOWN_RESULTS).flatMap(([kind, result]) => {
    const task = { ...TASKS.succeeded, request: { operation: result.kind, engine } } as const;
    const { body } = buildToolCard(viewOf(task), result);
    const labels = labelsOf(body);
    return actionsOf(body).flatMap((button, index) => {
      const asked = button?.action === 'retry' ? result.kind : ASKED_BY[button?.action ?? ''];
      return asked === id ? [`**${labels[index]}** under ${kind}`] : [];
    });
  });
}

/** Operation, command, button path, price and engine of everything in the catalogue. */
export function buildOperationTable(catalogue: Catalogue): string {
  const rows = catalogue.list().map((operation) => {
    const { price, engine } = operation;
    const { label, does } = operationWords(operation);
    const commands = commandsOf(operation).map((command) => `\`${command}\``);
    return [
      `${label}: ${does}`,
      commands.join(', '),
      describeButtons(operation, catalogue),
      String(price),
      engine,
    ];
  });
  return buildTable(['operation', 'command', 'button', 'credits', 'engine'], rows);
}

/** README.md with both tables as they have to be. */
export function renewTables(readme: string, tables: Readonly<Record<string, string>>): string {
  return Object.entries(tables).reduce((text, [name, table]) => replaceTable(text, name, table), readme);
}

function replaceTable(text: string, name: string, table: string): string {
  const start = `<!-- ${name} -->\n`;
  const end = `<!-- end of ${name} -->`;
  const from = text.indexOf(start);
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`README.md has no place for "${name}"`);
  return `${text.slice(0, from)}${start}${table}\n${text.slice(to)}`;
}

function buildTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`.replaceAll(/ {2,}\|/g, ' |');
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}
