import type { CommandView, OptionView } from '../../../../sandbox/page/protocol.ts';

/** An option as the server shows it, optional text unless said otherwise. */
export function option(name: string, rest: Partial<OptionView> = {}): OptionView {
  return {
    option: name,
    name,
    description: `What ${name} is for`,
    kind: 'string',
    required: false,
    autocomplete: false,
    choices: [],
    min: null,
    max: null,
    fileTypes: [],
    ...rest,
  };
}

/** A slash command as the server shows it. */
export function command(name: string, options: readonly OptionView[] = [], description = ''): CommandView {
  return { kind: 'slash', command: name, name, description, options };
}

/** Some of the commands of the bot, with an option of every kind that matters to the message box. */
export const COMMANDS: readonly CommandView[] = [
  command(
    'create',
    [
      option('prompt', { required: true }),
      option('tags'),
      option('title', { max: 80 }),
      option('instrumental', { kind: 'boolean' }),
      option('engine', {
        choices: [
          { name: 'Sonic', value: 'sonic' },
          { name: 'Producer', value: 'producer' },
        ],
      }),
    ],
    'Make a new song from a description',
  ),
  command(
    'extend',
    [option('clip', { required: true, autocomplete: true }), option('at')],
    'Go on from a moment',
  ),
  command('upload', [option('file', { kind: 'file', required: true })], 'Bring in a recording of yours'),
  command('persona create', [option('clip', { required: true })], 'Keep the voice of a song'),
  command('persona list', [], 'Your voices'),
  command('library', [option('owner', { kind: 'user' })], 'Find songs again'),
  { kind: 'message', command: 'Use this audio', name: 'Use this audio', description: '', options: [] },
];
