import type { Task } from '../domain/task.ts';
import { createArchiveFiles } from '../media/archive-files.ts';
import type { Decisions } from '../tracker/decisions.ts';
import { Farewells } from '../tracker/farewells.ts';
import { PrivacyKeeper } from '../tracker/privacy-keeper.ts';
import type { Basis } from './basis.ts';

interface PrivacyOptions {
  readonly decisions: Decisions;
  /** Called after every committed change of a task. */
  readonly onChange: (task: Task) => void;
  /** Called when nothing about a person is stored any more. */
  readonly onGone: (userId: string) => Promise<void>;
}

/** What looks that no more is stored about people than they want. */
interface Privacy {
  readonly farewells: Farewells;
  readonly keeper: PrivacyKeeper;
}

/** Creates what deletes people, and what is not to be kept for ever. */
export function createPrivacy(
  { config, store, log, observe }: Basis,
  { decisions, onChange, onGone }: PrivacyOptions,
): Privacy {
  const farewells = new Farewells({
    store,
    log,
    decisions,
    onChange,
    observe,
    onGone: async (userId) => {
      await onGone(userId);
      // Whoever has the folder of the archive removes the files.
      keeper.wake();
    },
  });
  const files = createArchiveFiles(config.mediaDir);
  const keeper = new PrivacyKeeper({ store, log, farewells, removeFile: (name) => files.remove(name) });
  return { farewells, keeper };
}
