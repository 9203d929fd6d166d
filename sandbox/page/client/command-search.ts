import type { CommandView } from '../protocol.ts';

/** Commands that share their first word: a command with its sub-commands, or one alone. */
export interface CommandGroup {
  readonly name: string;
  readonly commands: readonly CommandView[];
}

/** The slash commands that match what was typed, best first: by their name, its words, then their description. */
export function findCommands(commands: readonly CommandView[], typed: string): readonly CommandView[] {
  const wanted = normalise(typed.replace(/^\//, ''));
  return commands
    .filter((one) => one.kind === 'slash')
    .map((command) => ({ command, rank: rankOf(command, wanted) }))
    .filter(({ rank }) => rank < NO_MATCH)
    .sort((a, b) => a.rank - b.rank || a.command.name.localeCompare(b.command.name))
    .map(({ command }) => command);
}

const NO_MATCH = 4;

function rankOf({ name, description }: CommandView, wanted: string): number {
  const own = normalise(name);
  if (own.startsWith(wanted)) return 0;
  if (own.split(/[ -]/).some((word) => word.startsWith(wanted))) return 1;
  if (own.includes(wanted)) return 2;
  return normalise(description).includes(wanted) ? 3 : NO_MATCH;
}

/** The command whose whole name was typed, with a space after it: the client takes it without being asked. */
export function findTyped(commands: readonly CommandView[], typed: string): CommandView | undefined {
  if (!typed.startsWith('/') || !typed.endsWith(' ')) return undefined;
  const wanted = normalise(typed.slice(1));
  return commands.find((one) => one.kind === 'slash' && normalise(one.name) === wanted);
}

/** Puts neighbours with the same first word together; the order stays, since the best ones come first. */
export function groupCommands(commands: readonly CommandView[]): readonly CommandGroup[] {
  const groups: { readonly name: string; readonly commands: CommandView[] }[] = [];
  for (const command of commands) {
    const [name = ''] = command.name.split(' ', 1);
    const last = groups.at(-1);
    if (last?.name === name) last.commands.push(command);
    else groups.push({ name, commands: [command] });
  }
  return groups;
}

function normalise(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ').toLowerCase();
}
