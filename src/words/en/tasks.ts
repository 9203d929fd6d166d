import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('en-GB');

/** A person's open tasks, and what can be done with a task. */
export const tasks = {
  none: 'You have no open tasks. Start one with /create.',
  open: 'Your open tasks:',
  more: ({ tasks: count }: { tasks: number }) => `and ${numbers.number(count)} more`,
  lost: 'Made for you, but I could not send it to you:',
  show: 'Show',

  refusals: {
    mayShow: 'Only the person who asked for this may see it.',
    shown: 'This was shown already. Use the command again if the message is gone.',
    mayCancel: ({ who }: { who: string }) => `Only ${who}, who asked for this, or a moderator may cancel it.`,
    mayStop: ({ who }: { who: string }) =>
      `Only ${who}, who asked for this, or a moderator may stop waiting for it.`,
    submitting:
      'It is being handed to MusicAPI at this moment. If MusicAPI does not take it, it is cancelled; as soon as it runs, you can stop waiting for it.',
    running:
      'MusicAPI is already making it, so it cannot be taken back. You can stop waiting for it on its card.',
    ended: 'It has ended already.',
    fixed: 'There is nothing to edit in this request. Press "Try again" instead.',
    gone: 'I do not know this task any more. Use the command again: /help lists them.',
    open: 'This task is still under way, so there is nothing to try again.',
    nothingLeft: 'Nothing of this was left unmade, so there is nothing to try again.',
  },
};
