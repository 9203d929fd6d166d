/** Commands and options as people see them in their client. */
import { words } from './words.ts';

/** An option by the name that people see: `at` is `ab` in German. What is no option stays as it is. */
export function shownOption(option: string): string {
  const names: Readonly<Record<string, string>> = words().commands.names;
  return names[option] ?? option;
}

/** A command by the name that people see: `/persona sing` is `/persona singen` in German. */
export function shownCommand(command: string): string {
  return `/${command.replace(/^\//, '').split(' ').map(shownOption).join(' ')}`;
}
