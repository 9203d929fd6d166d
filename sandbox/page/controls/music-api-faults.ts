import type { TaskBehaviourInput } from '../../musicapi/behaviours.ts';
import { UNAUTHORIZED } from '../../musicapi/errors.ts';
import type { FaultInput } from '../../musicapi/faults.ts';
import type { LocalMusicApi } from '../../musicapi/server.ts';
import type { ActiveSwitch, FaultSwitch } from './fault-switch.ts';

/** All of the API, and none of the files. */
const API = '^/api/v1/';
const TASKS = `${API}(sonic|producer|nuro)/`;

/** What the local MusicAPI can be told to do, and what becomes of it. */
export function listMusicApiFaults(api: LocalMusicApi): readonly FaultSwitch[] {
  const task = (behaviours: TaskBehaviourInput) => () => api.nextTask(behaviours);
  const fault = (input: FaultInput) => (): ActiveSwitch => {
    const active = api.fault(input);
    return { waits: () => active.remaining > 0, cancel: () => api.clearFault(active) };
  };
  return [
    {
      id: 'task-fails',
      label: 'The next task fails',
      expect: 'The card says why, that nothing was spent, and offers Try again and Edit.',
      once: true,
      arm: task('fail'),
    },
    {
      id: 'task-half',
      label: 'The next task yields half',
      expect: 'The take that was made is posted, and the card says what is missing.',
      once: true,
      arm: task('half'),
    },
    {
      id: 'task-slow',
      label: 'The next task takes ten times as long',
      expect:
        'The card goes on counting, says that it takes longer than usual, and the songs come all the same.',
      once: true,
      arm: task({ kind: 'slow', factor: 10 }),
    },
    {
      id: 'create-429',
      label: 'The next request is too much (429)',
      expect:
        'The card says that MusicAPI asked for a pause, and the request is sent again after it: paid once.',
      once: true,
      arm: fault({
        method: 'POST',
        path: TASKS,
        answer: {
          status: 429,
          headers: { 'retry-after': '3' },
          body: { error: 'Too many requests. Please slow down.' },
        },
      }),
    },
    {
      id: 'answer-lost',
      label: 'The next answer is lost after MusicAPI accepted',
      expect:
        'The card says that nobody knows whether it was taken. It is never sent again by itself: people decide.',
      once: true,
      arm: fault({ method: 'POST', path: TASKS, answer: 'lose-answer' }),
    },
    {
      id: 'audio-late',
      label: "The next song's file address changes",
      expect: 'The bot asks for the new address and posts the song with its file, a little later.',
      once: true,
      arm: task('changed-url'),
    },
    {
      id: 'audio-missing',
      label: "The next song's file is missing",
      expect: 'The card says that the song exists and why it is not posted yet; the bot keeps trying.',
      once: true,
      arm: task('audio-404'),
    },
    {
      id: 'outage',
      label: 'MusicAPI cannot be reached',
      expect:
        'Cards say so; nothing is lost or spent, and everything goes on as soon as this is switched off.',
      once: false,
      arm() {
        api.setReachable(false);
        return { waits: () => true, cancel: () => api.setReachable(true) };
      },
    },
    {
      id: 'key-refused',
      label: 'MusicAPI refuses the key',
      expect: 'Nothing is made or spent; whoever asked is told privately, and so is the operator.',
      once: false,
      arm: fault({
        path: API,
        times: 'all',
        answer: { status: 401, body: { error: UNAUTHORIZED.unknownKey } },
      }),
    },
    {
      id: 'balance-empty',
      label: 'The balance is empty',
      expect: 'Nothing is made or spent; whoever asked is told privately, and so is the operator.',
      once: false,
      arm() {
        const before = api.credits();
        api.setCredits({ credits: 0, extraCredits: 0 });
        const cancel = () => {
          // What failed tasks brought back meanwhile stays.
          const now = api.credits();
          api.setCredits({
            credits: before.credits + now.credits,
            extraCredits: before.extraCredits + now.extraCredits,
          });
        };
        return { waits: () => true, cancel };
      },
    },
  ];
}
