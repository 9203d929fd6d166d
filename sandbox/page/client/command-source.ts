import type { CommandView } from '../protocol.ts';
import { api } from './api.ts';

/** For whom, where, and as of which change commands are asked for; nothing is asked where one of them is empty. */
interface CommandQuery {
  readonly as: string;
  readonly channel: string;
  readonly version: number;
}

/** Holds the commands of the person and channel that are shown. */
export interface CommandSource {
  /** Empty until they have come. */
  readonly commands: readonly CommandView[];
  /** Asks for them if they are others than those at hand. */
  follow(query: CommandQuery): void;
}

/** @param onChange - called when other commands have come */
export function createCommandSource(onChange: () => void): CommandSource {
  let commands: readonly CommandView[] = [];
  let current: CommandQuery | undefined;

  async function load(query: CommandQuery): Promise<void> {
    current = query;
    const loaded = await api.commands(query.as, query.channel).catch(() => undefined);
    if (query !== current) return;
    if (loaded) {
      commands = loaded;
      onChange();
    } else {
      // The next change of the page, such as its connection coming back, asks again.
      current = undefined;
    }
  }

  return {
    get commands() {
      return commands;
    },
    follow(query) {
      const isSamePlace = query.as === current?.as && query.channel === current.channel;
      if (isSamePlace && query.version === current?.version) return;
      if (!isSamePlace) {
        // One must not see for a moment what only another person may use.
        commands = [];
        current = undefined;
      }
      if (query.as !== '' && query.channel !== '') void load(query);
    },
  };
}
