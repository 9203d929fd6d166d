import { UserError } from '../../errors.ts';
import { words } from '../../words/words.ts';
import { type Control, markSeen } from '../messages/settings-ids.ts';

/** What a control was about has been changed since it was shown. */
export class SettingMovedError extends UserError {
  constructor() {
    super(words().settingsPanel.moved);
  }
}

/**
 * Checks that somebody was shown what holds at this moment.
 *
 * @throws SettingMovedError
 */
export function requireSeen({ seen }: Control<string>, present: unknown): void {
  if (seen !== markSeen(present)) throw new SettingMovedError();
}
